import assert from "node:assert/strict";
import { type TestContext, it } from "node:test";
import { type CacheSettings, openCache } from "../../src/cache/open-cache.ts";
import { Failure } from "../../src/core/failure.ts";
import { describeCache } from "../contracts/cache.ts";
import { openRedis, withoutRedis } from "../support/redis.ts";
import { LogDouble } from "./log-double.ts";

describeCache("memory alone", (t, times) => open(t, times));

describeCache(
  "memory in front of Redis",
  async (t, times) => open(t, { ...times, patienceMs: 10_000, redis: { url: await openRedis(t) } }),
  {
    skip: withoutRedis,
  },
);

it("memory alone tells its size and names no host", async (t) => {
  const cache = open(t, {});
  await cache.put("article", "Tokyo", "x".repeat(1_000));

  const { status, host, items, memoryBytes } = await cache.stats();

  assert.deepEqual({ status, host, items }, { status: "memory", host: null, items: 1 });
  assert.ok(memoryBytes! > 2_000 && memoryBytes! < 3_000);
});

it("memory drops what was used least recently when it holds too many items", async (t) => {
  const cache = open(t, { maxMemoryItems: 2 });
  await cache.put("article", "Tokyo", "Tokyo");
  await cache.put("article", "Kyoto", "Kyoto");
  await cache.getOrLoad("article", "Tokyo", async () => "new");
  await cache.put("article", "Osaka", "Osaka");

  const tokyo = await cache.getOrLoad("article", "Tokyo", async () => "new");
  const kyoto = await cache.getOrLoad("article", "Kyoto", async () => "new");

  assert.deepEqual([tokyo.outcome, kyoto.outcome], ["hit", "miss"]);
});

it("memory stays below its limit in bytes", async (t) => {
  const cache = open(t, { maxMemoryBytes: 10_000 });
  await cache.put("article", "Tokyo", "x".repeat(3_000));
  await cache.put("article", "Kyoto", "x".repeat(3_000));
  await cache.put("article", "Osaka", "x".repeat(30_000));

  const { items, memoryBytes } = await cache.stats();

  assert.ok(memoryBytes! <= 10_000);
  assert.equal(items, 1);
});

it("a value that is not JSON is given to the caller and not kept", async (t) => {
  const cache = open(t, {});
  const circular: { self?: object } = {};
  circular.self = circular;

  const first = await cache.getOrLoad("article", "Tokyo", async () => circular);
  const second = await cache.getOrLoad("article", "Tokyo", async () => circular);

  assert.equal(first.value, circular);
  assert.deepEqual([first.outcome, second.outcome], ["miss", "miss"]);
});

it("a value that is not JSON can be put in vain", async (t) => {
  const cache = open(t, {});
  const circular: { self?: object } = {};
  circular.self = circular;

  await cache.put("article", "Tokyo", circular);

  assert.equal((await cache.stats()).items, 0);
});

it("hits and misses are logged without what was asked for", async (t) => {
  const log = new LogDouble();
  const cache = open(t, { log });
  await cache.getOrLoad("article", "secret question", async () => 1);
  await cache.getOrLoad("article", "secret question", async () => 1);

  const outcomes = log.lines.map(({ fields }) => "outcome" in fields && fields.outcome);

  assert.deepEqual(outcomes, ["miss", "hit"]);
  assert.doesNotMatch(JSON.stringify(log.lines), /secret question/);
});

it("during an outage stale values are served without another try, until ten seconds have passed", async (t) => {
  const cache = open(t, {});
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  await cache.put("article", "Tokyo", "old");
  await cache.put("article", "Kyoto", "old");
  t.mock.timers.setTime(Date.now() + 2 * 3_600_000);
  const load = t.mock.fn(unavailable);

  const stale = [
    await cache.getOrLoad("article", "Tokyo", load),
    await cache.getOrLoad("article", "Tokyo", load),
    await cache.getOrLoad("article", "Kyoto", load),
  ];
  t.mock.timers.setTime(Date.now() + 10_000);
  await cache.getOrLoad("article", "Kyoto", load);

  assert.deepEqual(
    stale.map(({ value, outcome }) => [value, outcome]),
    [
      ["old", "stale"],
      ["old", "stale"],
      ["old", "stale"],
    ],
  );
  assert.equal(load.mock.callCount(), 2);
});

it("during an outage what was never loaded is tried all the same, and ends the outage", async (t) => {
  const cache = open(t, {});
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  await cache.put("article", "Tokyo", "old");
  t.mock.timers.setTime(Date.now() + 2 * 3_600_000);
  await cache.getOrLoad("article", "Tokyo", unavailable);

  const osaka = await cache.getOrLoad("article", "Osaka", async () => "new");
  const tokyo = await cache.getOrLoad("article", "Tokyo", async () => "new");

  assert.deepEqual([osaka.outcome, tokyo.outcome], ["miss", "miss"]);
});

it("a load that was cancelled is no outage, and nothing is said of stale values", async (t) => {
  const log = new LogDouble();
  const cache = open(t, { log });
  const leaving = new AbortController();
  const loading = Promise.withResolvers<void>();
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  await cache.put("article", "Tokyo", "old");
  t.mock.timers.setTime(Date.now() + 2 * 3_600_000);
  const hang = (signal: AbortSignal) => {
    loading.resolve();
    return new Promise<string>((_, reject) => {
      signal.addEventListener("abort", () => reject(new Failure("deadline", "out of time")));
    });
  };

  const gone = cache.getOrLoad("article", "Tokyo", hang, { signal: leaving.signal });
  await loading.promise;
  leaving.abort();
  await assert.rejects(gone, { kind: "cancelled" });
  const next = await cache.getOrLoad("article", "Tokyo", async () => "new");

  assert.equal(next.value, "new");
  assert.deepEqual(
    log.lines.filter(({ level }) => level === "warn"),
    [],
  );
});

function unavailable(): Promise<string> {
  return Promise.reject(new Failure("wiki-unavailable", "no answer"));
}

function open(t: TestContext, settings: Partial<CacheSettings>) {
  const cache = openCache({ ttlSeconds: 3_600, log: new LogDouble(), ...settings });
  t.after(() => cache.close());
  return cache;
}
