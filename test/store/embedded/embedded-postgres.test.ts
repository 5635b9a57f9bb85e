import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { access, chmod, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { Failure } from "../../../src/core/failure.ts";
import type { Log } from "../../../src/core/log.ts";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../../src/store/embedded/embedded-postgres.ts";
import { silent, temporaryFolder } from "../../support/postgres-server.ts";
import { until } from "../../support/until.ts";

const asRoot = process.getuid?.() === 0;

/** One DATA_DIR for all tests that do not need a new one: making the data takes longer than all else. */
let dataDir: string;
const folders: string[] = [];
before(async () => {
  dataDir = await newFolder();
});
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

test("embedded PostgreSQL keeps its data from one start to the next", async (t) => {
  const first = await start(t, dataDir);
  await query(first, "CREATE TABLE kept AS SELECT 42 AS answer");
  await first.close();

  const second = await start(t, dataDir);

  assert.deepEqual(await query(second, "SELECT answer FROM kept"), [{ answer: 42 }]);
});

test("embedded PostgreSQL opens no TCP port and syncs what it commits", async (t) => {
  const server = await start(t, dataDir);

  assert.deepEqual(
    await query(server, "SELECT current_setting('listen_addresses') AS tcp, current_setting('fsync') AS fsync"),
    [{ tcp: "", fsync: "on" }],
  );
});

test("embedded PostgreSQL lives in a folder of any name", async (t) => {
  const server = await start(t, join(await newFolder(), `a, "b" & 'c' ä`));

  assert.deepEqual(await query(server, "SELECT 1 AS alive"), [{ alive: 1 }]);
});

test("embedded PostgreSQL refuses a second Footnote on the same DATA_DIR", async (t) => {
  const first = await start(t, dataDir);

  await assert.rejects(
    startEmbeddedPostgres({ dataDir, log: silent }),
    (error) => error instanceof Failure && error.kind === "invalid-config" && error.message.includes("DATA_DIR"),
  );

  assert.deepEqual(await query(first, "SELECT 1 AS alive"), [{ alive: 1 }]);
});

test("embedded PostgreSQL serves one of two Footnotes that start for the first time at once", async (t) => {
  const folder = await newFolder();

  const started = await Promise.allSettled([start(t, folder), start(t, folder)]);

  assert.deepEqual(started.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.startsWith("postgres-new")),
    [],
  );
});

test("embedded PostgreSQL stops after a Footnote that ended without closing it", async (t) => {
  const folder = await newFolder();
  const owner = spawn(process.execPath, [fileURLToPath(new URL("owner.ts", import.meta.url)), folder, "exit"]);

  await once(owner, "exit");
  await until(
    async () => existsSync(join(folder, "postgres", "postmaster.pid")),
    (isThere) => !isThere,
  );

  const next = await start(t, folder);
  assert.deepEqual(await query(next, "SELECT 1 AS alive"), [{ alive: 1 }]);
});

test("embedded PostgreSQL outlives a Footnote that was killed and is taken over by the next", async (t) => {
  const killed = spawn(process.execPath, [fileURLToPath(new URL("owner.ts", import.meta.url)), dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(killed.stdout, "data");
  const postmaster = await postmasterPid(dataDir);

  killed.kill("SIGKILL");
  await once(killed, "exit");
  const heir = await start(t, dataDir);

  assert.equal(await postmasterPid(dataDir), postmaster);
  assert.deepEqual(await query(heir, "SELECT 1 AS alive"), [{ alive: 1 }]);
});

test("embedded PostgreSQL is left running by a Footnote that has lost it to another", async (t) => {
  const lost = Promise.withResolvers<void>();
  const log: Log = { ...silent, error: (_, message) => message.endsWith("does not start") && lost.resolve() };
  const loser = await startEmbeddedPostgres({ dataDir, log });
  const heir = new Client({ ...loser.address, application_name: "heir" });
  await heir.connect();
  t.after(async () => {
    await heir.end();
    await (await startEmbeddedPostgres({ dataDir, log: silent })).close();
  });
  const inherited = heir.query("SELECT pg_advisory_lock(x'666f6f74'::int)");
  await until(
    () => query(loser, "SELECT FROM pg_locks WHERE NOT granted"),
    (waiting) => waiting.length > 0,
  );
  await query(
    loser,
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'footnote owner'",
  );
  await Promise.all([inherited, lost.promise]);

  await loser.close();

  assert.deepEqual((await heir.query("SELECT 1 AS alive")).rows, [{ alive: 1 }]);
});

test("embedded PostgreSQL is started again when it dies", async (t) => {
  const again = Promise.withResolvers<void>();
  const log: Log = { ...silent, info: (_, message) => message.endsWith("runs again") && again.resolve() };
  const server = await start(t, dataDir, log);
  await query(server, "CREATE TABLE kept_through_a_crash AS SELECT 42 AS answer");

  process.kill(await postmasterPid(dataDir), "SIGKILL");
  await again.promise;

  assert.deepEqual(await query(server, "SELECT answer FROM kept_through_a_crash"), [{ answer: 42 }]);
});

test("embedded PostgreSQL starts over a pid file whose number now belongs to another process", async (t) => {
  await (await start(t, dataDir)).close();
  const stale = [process.pid, join(dataDir, "postgres"), 1_700_000_000, 5432, join(dataDir, "socket"), "", "", "ready"];
  await writeFile(join(dataDir, "postgres", "postmaster.pid"), stale.join("\n"));

  const server = await start(t, dataDir);

  assert.deepEqual(await query(server, "SELECT 1 AS alive"), [{ alive: 1 }]);
});

test("embedded PostgreSQL finds room for its socket when DATA_DIR has a long path", async (t) => {
  const folder = join(await newFolder(), "a-rather-long-name-of-a-folder".repeat(4));

  const server = await start(t, folder);

  assert.deepEqual(await query(server, "SELECT 1 AS alive"), [{ alive: 1 }]);
});

test(
  "embedded PostgreSQL keeps its data when root alone may enter DATA_DIR",
  { skip: asRoot ? false : "needs root" },
  async (t) => {
    const closed = await newFolder();
    await chmod(closed, 0o700);
    const folder = join(closed, "data");
    const first = await start(t, folder);
    await query(first, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.close();

    const second = await start(t, folder);

    const place = (await readFile(join(folder, "postgres-location"), "utf8")).trim();
    folders.push(place);
    await assert.rejects(access(join(folder, "postgres")));
    assert.deepEqual(await query(second, "SELECT answer FROM kept"), [{ answer: 42 }]);
  },
);

test("embedded PostgreSQL says why when its data cannot be used", async (t) => {
  await (await start(t, dataDir)).close();
  await writeFile(join(dataDir, "postgres", "PG_VERSION"), "9.6\n");

  await assert.rejects(
    startEmbeddedPostgres({ dataDir, log: silent }),
    (error) => error instanceof Failure && error.kind === "invalid-config" && error.message.includes("9.6"),
  );
});

async function newFolder(): Promise<string> {
  const folder = await temporaryFolder();
  folders.push(folder);
  return folder;
}

async function start(t: TestContext, folder: string, log: Log = silent): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: folder, log });
  t.after(() => server.close());
  return server;
}

async function query(server: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  const client = new Client(server.address);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(folder: string): Promise<number> {
  return Number.parseInt(await readFile(join(folder, "postgres", "postmaster.pid"), "utf8"), 10);
}
