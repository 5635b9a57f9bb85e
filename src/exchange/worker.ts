import { setTimeout as sleep } from "node:timers/promises";
import { type Runner, type RunnerOptions, run, runMigrations } from "graphile-worker";
import { z } from "zod";
import type { Agent } from "../core/agent.ts";
import type { Exchange, PendingExchange, Store } from "../core/exchange.ts";
import { Failure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import { type ThreadId, platformOf } from "../core/message.ts";
import type { Platform } from "../core/platform.ts";
import { announcing, workerLogger } from "./graphile-bridge.ts";
import { whenStoreAnswers } from "./patience.ts";
import { startRecovery, unlockWorkers } from "./recovery.ts";
import { runExchange } from "./run-exchange.ts";
import { WorkerSession } from "./worker-session.ts";

export type WorkerPool = NonNullable<RunnerOptions["pgPool"]>;

export interface WorkerOptions {
  readonly store: Store;
  readonly pool: WorkerPool;
  readonly agent: Agent;
  readonly platforms: readonly Platform[];
  readonly log: Log;
  /** Threads served at the same time by this process. */
  readonly concurrency?: number;
}

export interface Worker {
  start(): Promise<void>;
  /** Takes no new exchange, gives the running ones so many milliseconds, and leaves the rest to the next start, in order. */
  stop(drainMs: number): Promise<void>;
}

const jobPayload = z.object({ thread: z.templateLiteral([z.string(), ":", z.string()]) });

/** Milliseconds between two looks for jobs whose notification was lost. */
const POLL_MS = 1_000;
const RESTART_MS = 1_000;
/** Milliseconds that a job taken by this process may wait for others to end, before other processes may have it. */
const HOARDING_MS = 500;

/** Installs or updates the queue's tables. Must have run before the store receives anything. */
export async function migrateQueue(pool: WorkerPool, log: Log): Promise<void> {
  await runMigrations({ pgPool: pool, logger: workerLogger(log) });
}

export function createWorker(options: WorkerOptions): Worker {
  const { store, pool, log, concurrency = 24 } = options;
  const session = new WorkerSession(pool, log);
  const stopping = new AbortController();
  const abandoning = new AbortController();
  const active = new Set<Promise<unknown>>();
  let runner: Promise<Runner> | undefined;
  let leftSome = false;
  let recovery: { stop(): void } | undefined;

  /** All unfinished exchanges of the thread, in order. Some are left when the worker is stopping. */
  async function serveThread(thread: ThreadId): Promise<"done" | "left"> {
    for (;;) {
      const lease = await whenStoreAnswers(() => session.tryThread(thread), abandoning.signal);
      if (lease === undefined) return "done";
      const signal = AbortSignal.any([abandoning.signal, lease.lost]);
      try {
        const exchange = await next(thread);
        if (exchange !== undefined && stopping.signal.aborted) return "left";
        if (exchange !== undefined) await runExchange(exchange, { ...options, platformOf: platformFor }, signal);
      } catch (error) {
        // Another worker has the thread now, with all that is left of it.
        if (lease.lost.aborted && !abandoning.signal.aborted) return "done";
        throw error;
      } finally {
        await session.leaveThread(lease);
      }
      // A job that found the lock taken has counted on us: only a look when it is free again finds all there is.
      if ((await next(thread)) === undefined) return "done";
    }
  }

  function next(thread: ThreadId): Promise<PendingExchange | undefined> {
    return whenStoreAnswers(() => store.nextUnfinished(thread), abandoning.signal);
  }

  function platformFor(exchange: Exchange): Platform {
    const name = platformOf(exchange.thread);
    const platform = options.platforms.find((candidate) => candidate.name === name);
    if (platform === undefined) throw new Failure("delivery-failed", `the platform ${name} is not on`);
    return platform;
  }

  async function task(payload: unknown): Promise<void> {
    const serving = serveThread(jobPayload.parse(payload).thread);
    active.add(serving);
    try {
      if ((await serving) === "done") return;
    } catch (error) {
      if (!abandoning.signal.aborted) throw error;
    } finally {
      active.delete(serving);
    }
    leftSome = true;
    // Neither completed nor failed: stop() unlocks the job, so that the next worker finds it at its old place.
    await new Promise<never>(() => {});
  }

  /** graphile-worker gives up when it cannot complete a job, as in an outage of the database: then a new pool takes over. */
  async function keepRunning(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        runner = run({
          pgPool: pool,
          // Only of platforms that are on here: what another is asked waits for a process that has it.
          taskList: Object.fromEntries(options.platforms.map(({ name }) => [`thread:${name}`, task])),
          concurrency,
          pollInterval: POLL_MS,
          noHandleSignals: true,
          preset: {
            worker: {
              // One look for jobs serves all; without it each of them looks for itself, every second.
              localQueue: { size: concurrency, ttl: HOARDING_MS },
              // Otherwise a job that ends while the database is away takes the process down: nobody awaits its completion.
              completeJobBatchDelay: 0,
              failJobBatchDelay: 0,
            },
          },
          logger: workerLogger(log),
          parsedCronItems: [],
          events: announcing(session, log),
        });
        await (
          await runner
        ).promise;
      } catch (error) {
        log.warn({ err: error }, "worker pool ended");
      }
      if (stopping.signal.aborted) return;
      await session.retireAll();
      await sleep(RESTART_MS);
    }
  }

  return {
    async start() {
      await session.open();
      recovery = startRecovery(pool, log);
      void keepRunning();
    },

    async stop(drainMs) {
      stopping.abort();
      recovery?.stop();
      const draining = runner
        ?.then((running) => running.stop())
        .catch((error: unknown) => log.debug({ err: error }, "worker stopped"));
      await Promise.race([Promise.allSettled(active), sleep(drainMs, undefined, { ref: false })]);
      abandoning.abort(new Failure("cancelled", "stopping"));
      await Promise.allSettled(active);
      // The runner would wait for ever for a job that was left.
      if (!leftSome) await draining;
      await unlockWorkers(pool, session.poolIds).catch((error: unknown) => log.warn({ err: error }, "jobs not freed"));
      session.close();
    },
  };
}
