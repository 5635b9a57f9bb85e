import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import type { ThreadId } from "../core/message.ts";

/** The part of a `pg.Pool` that is used here; the pool itself belongs to the store. */
export interface SessionPool {
  connect(): Promise<SessionClient>;
}

export interface SessionClient {
  query(text: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  on(event: "error" | "end", listener: () => void): unknown;
  release(destroy: boolean): void;
}

/** Leave to serve a thread. */
export interface ThreadLease {
  readonly thread: ThreadId;
  /** Aborted when the lease could not be kept: another worker serves the thread now. */
  readonly lost: AbortSignal;
}

const RECONNECT_MS = 250;
const LOCK = "select pg_advisory_lock(hashtextextended($1, 0))";
const TRY_LOCK = "select pg_try_advisory_lock(hashtextextended($1, 0)) as taken";
const UNLOCK = "select pg_advisory_unlock(hashtextextended($1, 0))";

/** Notices within seconds when the other end of a TCP connection is gone without a word. */
const KEEPALIVE = "select set_config(name, '3', false) from pg_settings where name like 'tcp_keepalives%'";

/** What advisory locks are called; other replicas try the same names. */
export const workerLock = (poolId: string): string => `footnote:worker:${poolId}`;
const threadLock = (thread: ThreadId): string => `footnote:thread:${thread}`;

interface Held extends ThreadLease {
  readonly giveUp: AbortController;
}

/**
 * One database session whose advisory locks tell all replicas that this worker lives and which threads it serves.
 * PostgreSQL frees them the moment the process dies. When only the session is lost, it is opened again and the locks are
 * taken anew. All that is done with it is done in turn, the opening too, so that no lock outlives what it was taken for.
 */
export class WorkerSession {
  readonly #pool: SessionPool;
  readonly #log: Log;
  readonly #poolIds = new Set<string>();
  /** Threads this process serves, or finds out whether it may. */
  readonly #threads = new Map<ThreadId, Promise<Held | undefined>>();
  readonly #held = new Set<Held>();
  #client: SessionClient | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(pool: SessionPool, log: Log) {
    this.#pool = pool;
    this.#log = log;
  }

  open(): Promise<void> {
    return this.#inTurn(() => this.#connect());
  }

  /** Tells others that jobs locked by this pool are being worked on. */
  async announce(poolId: string): Promise<void> {
    this.#poolIds.add(poolId);
    // Waits if need be: a sweep that looks whether the lock is free holds it for that moment.
    await this.#inTurn(async () => this.#client?.query(LOCK, [workerLock(poolId)]));
  }

  /** The pools have ended: what they left locked may be taken over by any worker, this one too. */
  async retireAll(): Promise<void> {
    for (const poolId of this.#poolIds) {
      this.#poolIds.delete(poolId);
      await this.#unlock(workerLock(poolId));
    }
  }

  get poolIds(): readonly string[] {
    return [...this.#poolIds];
  }

  /** Leave to serve the thread; `undefined` when this worker, or another one, already does. @throws {Failure} `store-unavailable` */
  async tryThread(thread: ThreadId): Promise<ThreadLease | undefined> {
    // A session may take its own lock twice, so the process asks itself first. An attempt under way counts only once it
    // has succeeded: whoever fails to take a thread counts on its holder to look again.
    for (let other = this.#threads.get(thread); other !== undefined; other = this.#threads.get(thread)) {
      if ((await other.catch(() => undefined)) !== undefined) return undefined;
    }
    const attempt = this.#inTurn(() => this.#lease(thread));
    this.#threads.set(thread, attempt);
    try {
      const lease = await attempt;
      if (lease === undefined) this.#threads.delete(thread);
      return lease;
    } catch (error) {
      this.#threads.delete(thread);
      throw new Failure("store-unavailable", "the worker's session is lost", { cause: error });
    }
  }

  async leaveThread({ thread, lost }: ThreadLease): Promise<void> {
    this.#threads.delete(thread);
    for (const held of this.#held) if (held.lost === lost) this.#held.delete(held);
    if (!lost.aborted) await this.#unlock(threadLock(thread));
  }

  /** Ends the session; every lock is free for others. */
  close(): void {
    this.#closed = true;
    const client = this.#client;
    this.#client = undefined;
    client?.release(true);
  }

  async #lease(thread: ThreadId): Promise<Held | undefined> {
    if (this.#client === undefined) throw new Failure("store-unavailable", "no session is open");
    if (!(await tryLock(this.#client, threadLock(thread)))) return undefined;
    const giveUp = new AbortController();
    const held = { thread, lost: giveUp.signal, giveUp };
    this.#held.add(held);
    return held;
  }

  async #connect(): Promise<void> {
    const client = await this.#pool.connect();
    client.on("error", () => this.#lost(client));
    client.on("end", () => this.#lost(client));
    try {
      await client.query(KEEPALIVE, []);
      for (const poolId of this.#poolIds) await client.query(LOCK, [workerLock(poolId)]);
      for (const held of this.#held) await this.#keepOrGiveUp(client, held);
    } catch (error) {
      client.release(true);
      throw error;
    }
    this.#client = client;
  }

  async #keepOrGiveUp(client: SessionClient, held: Held): Promise<void> {
    if (await tryLock(client, threadLock(held.thread))) return;
    this.#held.delete(held);
    held.giveUp.abort(new Failure("cancelled", "another worker serves the thread"));
    this.#log.warn({ thread: held.thread }, "thread taken over by another worker");
  }

  async #unlock(name: string): Promise<void> {
    try {
      await this.#inTurn(async () => this.#client?.query(UNLOCK, [name]));
    } catch (error) {
      this.#log.debug({ err: error }, "a lost session holds no lock any more");
    }
  }

  /** One step at a time: a connection of pg takes no second statement while it is busy. */
  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(step);
    // Whoever asked hears of a failure; whoever is next has nothing to do with it.
    this.#turn = Promise.allSettled([result]);
    return result;
  }

  #lost(client: SessionClient): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    client.release(true);
    this.#log.warn({}, "worker session lost");
    void this.#reopen();
  }

  async #reopen(): Promise<void> {
    while (!this.#closed) {
      await sleep(RECONNECT_MS);
      try {
        await this.open();
        this.#log.info({}, "worker session open again");
        return;
      } catch (error) {
        this.#log.debug({ err: error }, "worker session still lost");
      }
    }
  }
}

async function tryLock(client: SessionClient, name: string): Promise<boolean> {
  const { rows } = await client.query(TRY_LOCK, [name]);
  return rows[0]?.["taken"] === true;
}
