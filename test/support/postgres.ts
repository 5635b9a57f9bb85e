import { randomUUID } from "node:crypto";
import { after, type TestContext } from "node:test";
import type { Log } from "../../src/core/log.ts";
import { openStore, type OpenStore } from "../../src/store/open-store.ts";
import {
  emptyTables,
  execute,
  SERVER_VARIABLE,
  silent,
  startTestPostgres,
  TEMPLATE,
  urlOf,
  type TestPostgres,
} from "./postgres-server.ts";

/** For a file that is run alone, without the server of a whole run. */
let own: Promise<TestPostgres> | undefined;
after(async () => (await own)?.stop());

/** Databases of tests that are over. Making one takes five times as long as emptying one. */
const free: string[] = [];

/**
 * A store on a database that only this test uses, empty and migrated, the queue's tables included. It is closed after the test, before
 * whatever the test registers with `t.after` later on: what uses the store should end within the test.
 */
export async function testStore(t: TestContext, { log = silent }: { readonly log?: Log } = {}): Promise<OpenStore> {
  const databaseUrl = await testDatabase(t);
  const store = await openStore({ databaseUrl, dataDir: "unused", log });
  t.after(() => store.close());
  return store;
}

/** The address of a database that only this test uses, empty and migrated, the queue's tables included. */
export async function testDatabase(t: TestContext): Promise<string> {
  const known = free.shift();
  if (known !== undefined) await emptyTables(known);
  const url = known ?? (await createDatabase(`TEMPLATE ${TEMPLATE}`));
  t.after(() => void free.push(url));
  return url;
}

/** The address of a database without any tables. */
export async function emptyDatabase(): Promise<string> {
  return createDatabase("");
}

async function createDatabase(options: string): Promise<string> {
  const host = process.env[SERVER_VARIABLE] ?? (await (own ??= startTestPostgres())).host;
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await execute(urlOf(host, "postgres"), `CREATE DATABASE ${name} ${options}`);
  return urlOf(host, name);
}
