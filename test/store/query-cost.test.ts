import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { Pool } from "pg";
import type { ThreadId } from "../../src/core/message.ts";
import { openStore, type OpenStore } from "../../src/store/open-store.ts";
import { insertMany } from "../support/many-messages.ts";
import { testDatabase } from "../support/postgres.ts";
import { openPool, silent } from "../support/postgres-server.ts";

test("the store reads as few rows in long threads as in short ones, and scans no table", async (t) => {
  const url = await testDatabase(t);
  const pool = openPool(url);
  await insertMany(pool, { name: "short", threads: 400, exchangesEach: 25 });
  await insertMany(pool, { name: "long", threads: 1, exchangesEach: 5_000 });

  const few = await rowsRead(pool, url, "http:short-7");
  const many = await rowsRead(pool, url, "http:long-1");

  await pool.end();
  assert.deepEqual([few.scanned, many.scanned], [[], []]);
  assert.ok(many.rows < few.rows + 20, `${few.rows} rows for a short thread, ${many.rows} for a long one`);
});

/** What PostgreSQL counted while every method of the store that reads was called once. */
async function rowsRead(pool: Pool, url: string, thread: ThreadId) {
  await pool.query("SELECT pg_stat_reset()");
  const store = await openStore({ databaseUrl: url, dataDir: "unused", log: silent });
  await readEverything(store, thread);
  await store.close();
  await sessionsGone(pool);
  const { rows } = await pool.query<{ table: string; scans: number; fetched: number }>(`
    SELECT relname AS table, seq_scan::int AS scans, idx_tup_fetch::int AS fetched FROM pg_stat_user_tables
    WHERE schemaname = 'public' AND relname IN ('conversation', 'exchange', 'message', 'citation', 'article_usage')`);
  return {
    scanned: rows.filter(({ scans }) => scans > 0).map(({ table }) => table),
    rows: rows.reduce((sum, { fetched }) => sum + fetched, 0),
  };
}

/** A session's counts are all there once it has ended. */
async function sessionsGone(pool: Pool): Promise<void> {
  const others =
    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'footnote%'";
  while ((await pool.query(others)).rowCount !== 0) await setImmediate();
}

async function readEverything(store: OpenStore, thread: ThreadId): Promise<void> {
  const { exchange } = await store.receive({
    id: `asked-${thread}`,
    thread,
    author: { id: "http:ada", name: "Ada" },
    text: "And now?",
    replyTo: {},
    receivedAt: new Date(),
  });
  await store.nextUnfinished(thread);
  await store.unfinished(thread);
  await store.exchangeOf("http", exchange.messageId);
  await store.listens(thread);
  await store.revise(exchange.id, { question: "And then?" });
  await store.begin({ id: exchange.id, revision: 1 });
  await store.fail({ id: exchange.id, revision: 1 }, "bug");
  await store.exchange(exchange.id);
  const conversations = await store.conversations({ limit: 5 });
  await store.conversations({ limit: 5, cursor: conversations.nextCursor! });
  const messages = await store.messages(thread, { limit: 5 });
  await store.messages(thread, { limit: 5, cursor: messages!.nextCursor! });
  await store.stats();
  await store.usage(30);
}
