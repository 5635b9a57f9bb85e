import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runMigrations } from "graphile-worker";
import { Client, Pool } from "pg";
import type { Log } from "../../src/core/log.ts";
import { startEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { migrate } from "../../src/store/migrate.ts";

/** Has Footnote's tables and the queue's, and nothing in them. */
export const TEMPLATE = "footnote_template";

/** How processes of one test run find the server that the run has started for all of them. */
export const SERVER_VARIABLE = "FOOTNOTE_TEST_POSTGRES";

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

export interface TestPostgres {
  /** Folder of its socket. */
  readonly host: string;
  /** Stops it and removes its databases. */
  stop(): Promise<void>;
}

/** A server with the template, in a temporary folder. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const dataDir = await temporaryFolder();
  const server = await startEmbeddedPostgres({ dataDir, log: silent });
  const { host } = server.address;
  // Test data need not survive a power cut.
  await execute(urlOf(host, "postgres"), "ALTER ROLE postgres SET synchronous_commit = off");
  await execute(urlOf(host, "postgres"), `CREATE DATABASE ${TEMPLATE}`);
  await makeTables(urlOf(host, TEMPLATE));
  return {
    host,
    async stop() {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function makeTables(url: string): Promise<void> {
  const pool = openPool(url);
  await migrate({ connectionString: url }, silent);
  await runMigrations({ pgPool: pool });
  await pool.end();
}

/** A pool that does not mind when the server ends while its connections still close. */
export function openPool(url: string): Pool {
  const pool = new Pool({ connectionString: url });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

export async function emptyTables(url: string): Promise<void> {
  await execute(
    url,
    `DELETE FROM conversation; DELETE FROM total; DELETE FROM usage; DELETE FROM article_usage;
     DELETE FROM place_setting; DELETE FROM installation; DELETE FROM forgotten_message;
     DELETE FROM graphile_worker._private_jobs; DELETE FROM graphile_worker._private_job_queues`,
  );
}

/** A folder that PostgreSQL's own user may enter when the tests run as root. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "footnote-test-"));
  await chmod(folder, 0o755);
  return folder;
}

export function urlOf(host: string, database: string): string {
  return `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(host)}`;
}

export async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
