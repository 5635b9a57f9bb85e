import type { Log } from "../core/log.ts";
import { workerLock } from "./worker-session.ts";

/** The part of a `pg.Pool` that is used here. */
export interface QueryPool {
  query(text: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** Milliseconds between two looks. A worker counts as dead when two looks in a row find its lock free. */
const SWEEP_MS = 1_000;

const DEAD_WORKERS = `
  select locked_by
  from (select distinct locked_by from graphile_worker.jobs where locked_by is not null) as workers
  where pg_try_advisory_xact_lock(hashtextextended('${workerLock("")}' || locked_by, 0))`;

/**
 * Frees the jobs of workers that died: graphile-worker itself would leave them locked for four hours.
 * One free lock is no proof: a worker whose session was lost takes its lock again within a fraction of a second.
 */
export function startRecovery(pool: QueryPool, log: Log): { stop(): void } {
  let suspects = new Set<string>();
  let sweeping = false;

  async function sweep(): Promise<void> {
    const { rows } = await pool.query(DEAD_WORKERS, []);
    const free = rows.map((row) => String(row["locked_by"]));
    const dead = free.filter((worker) => suspects.has(worker));
    suspects = new Set(free);
    if (dead.length === 0) return;
    await unlockWorkers(pool, dead);
    log.warn({ workers: dead }, "jobs of dead workers freed");
  }

  function look(): void {
    if (sweeping) return;
    sweeping = true;
    sweep()
      .catch((error: unknown) => {
        // Without the database there is nothing to free; whoever lost a session meanwhile must not look dead afterwards.
        suspects = new Set();
        log.debug({ err: error }, "sweep failed");
      })
      .finally(() => {
        sweeping = false;
      });
  }

  look();
  const timer = setInterval(look, SWEEP_MS);
  return { stop: () => clearInterval(timer) };
}

/** Lets every replica take the jobs that these workers had locked. Their order and attempts stay as they are. */
export async function unlockWorkers(pool: QueryPool, workers: readonly string[]): Promise<void> {
  await pool.query("select graphile_worker.force_unlock_workers($1::text[])", [workers]);
}
