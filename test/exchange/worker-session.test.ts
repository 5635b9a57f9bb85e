import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { describe, test } from "node:test";
import { type SessionClient, WorkerSession } from "../../src/exchange/worker-session.ts";
import { silentLog } from "../fakes/log.ts";

/** Advisory locks as PostgreSQL keeps them: by session, as often as taken, gone with the session. */
class Locks {
  readonly held = new Map<string, { owner: unknown; count: number }>();
  /** While it is set, statements wait for it. */
  slow: Promise<void> | undefined;
  /** While it is set, their results wait for it. */
  slowReply: Promise<void> | undefined;
  readonly clients: FakeClient[] = [];

  connect = (): Promise<FakeClient> => {
    const client = new FakeClient(this);
    this.clients.push(client);
    return Promise.resolve(client);
  };
}

class FakeClient extends EventEmitter implements SessionClient {
  readonly #locks: Locks;
  constructor(locks: Locks) {
    super();
    this.#locks = locks;
  }

  async query(text: string, [name]: unknown[]): Promise<{ rows: Record<string, unknown>[] }> {
    await this.#locks.slow;
    const rows = this.#run(text, name);
    await this.#locks.slowReply;
    return { rows };
  }

  #run(text: string, name: unknown): Record<string, unknown>[] {
    const { held } = this.#locks;
    const key = String(name);
    const lock = held.get(key);
    if (text.includes("unlock")) {
      if (lock?.owner === this && (lock.count -= 1) === 0) held.delete(key);
      return [];
    }
    if (!text.includes("lock")) return [];
    if (lock !== undefined && lock.owner !== this) return [{ taken: false }];
    held.set(key, { owner: this, count: (lock?.count ?? 0) + 1 });
    return [{ taken: true }];
  }

  release(): void {
    for (const [key, { owner }] of this.#locks.held) if (owner === this) this.#locks.held.delete(key);
  }

  lose(): void {
    this.release();
    this.emit("end");
  }
}

async function open() {
  const locks = new Locks();
  const session = new WorkerSession(locks, silentLog);
  await session.open();
  return { locks, session };
}

const THREAD = "http:t";
const LOCK = "footnote:thread:http:t";

describe("a worker's session", () => {
  test("lets one of many in the same process serve a thread", async () => {
    const { session } = await open();

    const leases = await Promise.all([session.tryThread(THREAD), session.tryThread(THREAD), session.tryThread(THREAD)]);

    assert.deepEqual(
      leases.map((lease) => lease?.thread),
      [THREAD, undefined, undefined],
    );
  });

  test("does not serve a thread that another worker holds, until it is free", async () => {
    const { session, locks } = await open();
    locks.held.set(LOCK, { owner: "another", count: 1 });

    const before = await session.tryThread(THREAD);
    locks.held.delete(LOCK);
    const after = await session.tryThread(THREAD);

    assert.deepEqual([before, after?.thread], [undefined, THREAD]);
  });

  test("waits for an attempt under way before it takes a thread for served", async () => {
    const { session, locks } = await open();
    locks.held.set(LOCK, { owner: "another", count: 1 });

    const reply = Promise.withResolvers<void>();
    locks.slowReply = reply.promise;

    const first = session.tryThread(THREAD);
    await new Promise(setImmediate);
    locks.held.delete(LOCK);
    const second = session.tryThread(THREAD);
    reply.resolve();

    assert.deepEqual([await first, (await second)?.thread], [undefined, THREAD]);
  });

  test("keeps its threads over the loss of the session", async () => {
    const { session, locks } = await open();
    const lease = await session.tryThread(THREAD);

    locks.clients[0]?.lose();
    await reopened(locks);

    assert.equal(locks.held.get(LOCK)?.owner, locks.clients[1]);
    assert.equal(lease?.lost.aborted, false);
  });

  test("gives up a thread that another worker took while the session was lost", async () => {
    const { session, locks } = await open();
    const lease = await session.tryThread(THREAD);

    locks.clients[0]?.lose();
    locks.held.set(LOCK, { owner: "another", count: 1 });
    await reopened(locks);
    await session.announce("after");

    assert.equal(lease?.lost.aborted, true);
  });

  test("holds no lock of a thread that was left while the session was opened again", async () => {
    const { session, locks } = await open();
    const lease = await session.tryThread(THREAD);
    const opening = Promise.withResolvers<void>();

    locks.clients[0]?.lose();
    locks.slow = opening.promise;
    await reopened(locks);
    const leaving = lease && session.leaveThread(lease);
    opening.resolve();
    await leaving;

    assert.equal(locks.held.has(LOCK), false);
  });
});

/** Resolves once a second connection is being opened. */
async function reopened(locks: Locks): Promise<void> {
  while (locks.clients.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise(setImmediate);
}
