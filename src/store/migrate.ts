import { randomUUID } from "node:crypto";
import { Client, type ClientConfig } from "pg";
import { Failure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import { guarded } from "./failure.ts";
import { readMigrations, type Migration } from "./migrations.ts";

/** The advisory lock under which Prisma migrates too (prisma-engines, *sql-schema-connector*, `acquire_lock`). */
const PRISMA_LOCK = 72_707_369;

/** As `prisma migrate deploy` makes and fills it, so that either can go on where the other stopped. */
const LEDGER = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

interface LedgerRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/**
 * Applies what is missing, each migration in a transaction of its own; of several replicas that start at once, one does it.
 * @throws {Failure} `invalid-config` when the database's past is not ours: a migration changed since, failed half-way, or unknown here
 */
export async function migrate(connection: ClientConfig, log: Log, migrations?: readonly Migration[]): Promise<void> {
  const wanted = migrations ?? (await readMigrations());
  await guarded(async () => {
    // A migration, or the waiting for another replica's, may take longer than any other statement.
    const client = new Client({ ...connection, query_timeout: 0 });
    client.on("error", (error) => log.debug({ err: error }, "the connection that migrates is lost"));
    await client.connect();
    try {
      await client.query("SET statement_timeout = 0");
      await client.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
      for (const migration of await missing(client, wanted)) {
        await apply(client, migration);
        log.info({ migration: migration.name }, "migration applied");
      }
    } finally {
      // Gives back the lock too.
      await client.end();
    }
  });
}

async function missing(client: Client, wanted: readonly Migration[]): Promise<readonly Migration[]> {
  await client.query(LEDGER);
  const { rows } = await client.query<LedgerRow>(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at",
  );
  const known = new Map(wanted.map((migration) => [migration.name, migration]));
  for (const row of rows) checkPast(row, known.get(row.migration_name));
  const applied = new Set(rows.map((row) => row.migration_name));
  return wanted.filter(({ name }) => !applied.has(name));
}

function checkPast(row: LedgerRow, migration: Migration | undefined): void {
  const name = row.migration_name;
  if (migration === undefined) {
    throw new Failure(
      "invalid-config",
      `the database has migration ${name}, which this version of Footnote does not know`,
    );
  }
  if (row.finished_at === null) {
    throw new Failure("invalid-config", `migration ${name} has failed half-way: see prisma migrate resolve`);
  }
  if (row.checksum !== migration.checksum) {
    throw new Failure(
      "invalid-config",
      `migration ${name} was changed after it had been applied: restore its migration.sql`,
    );
  }
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
