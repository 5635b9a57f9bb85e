import assert from "node:assert/strict";
import { test } from "node:test";
import type { ThreadId } from "../../src/core/message.ts";
import type { OpenStore } from "../../src/store/open-store.ts";
import { question } from "../contracts/store-samples.ts";
import { testStore } from "../support/postgres.ts";
import { until } from "../support/until.ts";

const numbers = Array.from({ length: 60 }, (_, n) => n);

test("messages that come again while they are forgotten are not stored, and nobody waits for ever", async (t) => {
  const store = await testStore(t);
  await forgetLongAgo(store);
  const received = await Promise.all(numbers.map((n) => receive(store, n)));

  const again = await Promise.all(
    received.flatMap(({ exchange }, n) => [
      store.forget(exchange.id).then(() => "forgotten"),
      receive(store, n).then(({ isNew }) => isNew, kindOf),
      store.forgetMessage("slack", `m${n}`).then(() => receive(store, n).then(({ isNew }) => isNew, kindOf)),
    ]),
  );

  assert.deepEqual(new Set(again).difference(new Set(["forgotten", "cancelled", false])), new Set());
  const { conversations, messages } = await store.stats();
  assert.deepEqual([conversations, messages.user], [0, 0]);
  assert.equal((await store.pool.query("SELECT FROM conversation")).rowCount, 0);
  assert.deepEqual(await forgotten(store), numbers.map((n) => `m${n}`).toSorted());
});

test("a message that is deleted while it is being stored is taken back", async (t) => {
  const store = await testStore(t);
  await store.receive(question({ id: "m0" }));
  const lock = await store.pool.connect();
  await lock.query("BEGIN");
  await lock.query("SELECT FROM conversation FOR UPDATE");
  const receiving = store.receive(question({ id: "m1" }));
  const waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  await until(
    () => store.pool.query(waiting),
    ({ rowCount }) => rowCount === 1,
  );

  await store.forgetMessage("slack", "m1");
  await lock.query("COMMIT");
  lock.release();

  const { exchange, isNew } = await receiving;
  assert.equal(isNew, true);
  assert.equal((await store.begin(exchange))?.isWithdrawn, true);
});

test("deleted messages are remembered for two days", async (t) => {
  const store = await testStore(t);
  await forgetLongAgo(store);
  const yesterday = "INSERT INTO forgotten_message VALUES ('slack', 'yesterday', now() - interval '47 hours')";
  await store.pool.query(yesterday);

  await store.forgetMessage("slack", "now");

  assert.deepEqual(await forgotten(store), ["now", "yesterday"]);
  await assert.rejects(store.receive(question({ id: "yesterday" })), { kind: "cancelled" });
});

async function forgetLongAgo({ pool }: OpenStore): Promise<void> {
  await pool.query(`
    INSERT INTO forgotten_message SELECT 'slack', 'old' || n, now() - interval '49 hours' FROM generate_series(1, 50) AS n`);
}

async function forgotten({ pool }: OpenStore): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>("SELECT message_id AS id FROM forgotten_message");
  return rows.map(({ id }) => id).toSorted();
}

function receive(store: OpenStore, n: number) {
  const thread: ThreadId = `slack:T1:C1:${n % 5}`;
  return store.receive(question({ id: `m${n}`, thread }));
}

function kindOf(error: unknown): unknown {
  return error instanceof Error && "kind" in error ? error.kind : error;
}
