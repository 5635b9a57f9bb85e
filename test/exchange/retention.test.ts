import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Failure } from "../../src/core/failure.ts";
import { startRetention } from "../../src/exchange/retention.ts";
import { silentLog } from "../fakes/log.ts";

const NOW = Date.UTC(2026, 10, 28);
const HOUR_MS = 3_600_000;

/** A store that has so many old conversations, and remembers what it was asked. */
function storeOf(conversations: number) {
  let left = conversations;
  const asked: string[] = [];
  return {
    asked,
    left: () => left,
    eraseQuiet: async (since: Date, limit: number) => {
      asked.push(since.toISOString());
      const count = Math.min(left, limit);
      left -= count;
      return count;
    },
  };
}

test("Old conversations are erased batch by batch, and again every hour", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval", "Date"], now: NOW });
  const store = storeOf(250);
  const retention = startRetention({ store, days: 30, log: silentLog });
  await setImmediate();
  const first = [...store.asked];

  t.mock.timers.tick(HOUR_MS);
  await retention.stop();

  assert.deepEqual(
    first,
    Array.from({ length: 3 }, () => "2026-10-29T00:00:00.000Z"),
  );
  assert.equal(store.left(), 0);
  assert.deepEqual(store.asked.slice(3), ["2026-10-29T01:00:00.000Z"]);
});

test("A database that is away keeps old conversations for the next look", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  let looks = 0;
  const store = {
    eraseQuiet: async () => {
      looks += 1;
      throw new Failure("store-unavailable", "away");
    },
  };
  const retention = startRetention({ store, days: 1, log: silentLog });
  await setImmediate();

  t.mock.timers.tick(HOUR_MS);
  await retention.stop();

  assert.equal(looks, 2);
});

test("Stopping waits for the batch that is being erased, and begins no other", async () => {
  const store = storeOf(100_000);
  const retention = startRetention({ store, days: 1, log: silentLog });

  await retention.stop();

  assert.equal(store.asked.length, 1);
});
