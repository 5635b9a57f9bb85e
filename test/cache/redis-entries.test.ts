import assert from "node:assert/strict";
import { type TestContext, it } from "node:test";
import { openCache } from "../../src/cache/open-cache.ts";
import { type RedisServer, startRedis, withoutRedisServer } from "../support/redis.ts";
import { until } from "../support/until.ts";
import { LogDouble } from "./log-double.ts";

const skip = withoutRedisServer;
const EPOCH = "footnote:cache:epoch";

it("an entry lies under wiki:<prefix>:<hash> as JSON", { skip }, async (t) => {
  const redis = await startRedis(t);
  const cache = replica(t, redis);
  const { loadedAt } = await cache.getOrLoad("article", { title: "Tokyo" }, async () => ({ text: "capital" }));
  await cache.close();

  const [key] = await redis.client.keys("wiki:*");
  const entry = JSON.parse((await redis.client.get(key!)) ?? "");
  const { freshUntil, keepUntil } = entry;

  assert.match(key!, /^wiki:article:[0-9a-f]{32}$/);
  assert.deepEqual(entry, { value: { text: "capital" }, loadedAt, freshUntil, keepUntil });
});

it("what is seldom asked for lies in Redis alone", { skip }, async (t) => {
  const redis = await startRedis(t);
  const cache = replica(t, redis);
  await cache.put("revision", "42", "text", { isSeldomAsked: true });
  const kept = await until(
    () => redis.client.keys("wiki:*"),
    (keys) => keys.length > 0,
  );
  await redis.client.flushall();

  const found = await cache.getOrLoad("revision", "42", async () => "new");

  assert.deepEqual([kept.length, found.value], [1, "new"]);
});

it("an entry leaves Redis after its time to live and its grace", { skip }, async (t) => {
  const redis = await startRedis(t);
  const cache = replica(t, redis);
  await cache.put("article", "Tokyo", "text");
  await cache.close();

  const [key] = await redis.client.keys("wiki:*");
  const seconds = (await redis.client.pttl(key!)) / 1_000;

  assert.ok(seconds > 86_400 + 3_600 * 0.9 - 60 && seconds <= 86_400 + 3_600 * 1.1);
});

it("entries made together expire at different times", { skip }, async (t) => {
  const redis = await startRedis(t);
  const cache = replica(t, redis);
  await Promise.all(["a", "b", "c", "d", "e"].map((title) => cache.put("article", title, "text")));
  await cache.close();

  const entries = await redis.client.mget(await redis.client.keys("wiki:*"));
  const expirations = new Set(entries.map((entry) => JSON.parse(entry ?? "").freshUntil));

  assert.equal(expirations.size, 5);
});

it("what one replica has loaded is a hit for another", { skip }, async (t) => {
  const redis = await startRedis(t);
  const loader = replica(t, redis);
  const { loadedAt } = await loader.getOrLoad("article", "Tokyo", async () => ({ text: "capital" }));
  await loader.close();

  const found = await replica(t, redis).getOrLoad("article", "Tokyo", async () => ({ text: "loaded twice" }));

  assert.deepEqual(found, { value: { text: "capital" }, outcome: "hit", loadedAt });
});

it("what one replica has loaded is served stale by another during an outage", { skip }, async (t) => {
  const redis = await startRedis(t);
  const loader = replica(t, redis);
  await loader.getOrLoad("article", "Tokyo", async () => "old");
  await loader.close();
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 2 * 3_600_000 });

  const found = await replica(t, redis).getOrLoad("article", "Tokyo", () => Promise.reject(new Error("outage")));

  assert.deepEqual([found.value, found.outcome], ["old", "stale"]);
});

it("of two stale entries the one loaded last is served, be it in memory", { skip }, async (t) => {
  const redis = await startRedis(t);
  const cache = replica(t, redis);
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  await cache.getOrLoad("article", "Tokyo", async () => "old");
  await cache.stats();
  const [key] = await redis.client.keys("wiki:*");
  const old = await redis.client.get(key!);
  t.mock.timers.setTime(Date.now() + 2 * 3_600_000);
  await cache.getOrLoad("article", "Tokyo", async () => "new");
  await cache.stats();
  await redis.client.set(key!, old!);

  t.mock.timers.setTime(Date.now() + 2 * 3_600_000);
  const found = await cache.getOrLoad("article", "Tokyo", () => Promise.reject(new Error("outage")));

  assert.deepEqual([found.value, found.outcome], ["new", "stale"]);
});

it("of two stale entries the one loaded last is served, be it in Redis", { skip }, async (t) => {
  const redis = await startRedis(t);
  const cache = replica(t, redis);
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  await cache.getOrLoad("article", "Tokyo", async () => "old");
  await cache.stats();
  t.mock.timers.setTime(Date.now() + 2 * 3_600_000);
  const other = replica(t, redis);
  await other.getOrLoad("article", "Tokyo", async () => "new");
  await other.close();

  t.mock.timers.setTime(Date.now() + 2 * 3_600_000);
  const found = await cache.getOrLoad("article", "Tokyo", () => Promise.reject(new Error("outage")));

  assert.deepEqual([found.value, found.outcome], ["new", "stale"]);
});

it("what something else has written under an entry's key is a miss", { skip }, async (t) => {
  const redis = await startRedis(t);
  const writer = replica(t, redis);
  await writer.put("article", "Tokyo", "text");
  await writer.put("article", "Kyoto", "text");
  await writer.put("article", "Osaka", "text");
  await writer.close();
  const [one, two, three] = await redis.client.keys("wiki:*");
  await redis.client.set(one!, "<html>");
  await redis.client.set(two!, '{"value":1}');
  await redis.client.del(three!);
  await redis.client.lpush(three!, "a list");

  const cache = replica(t, redis);
  const outcomes = [
    (await cache.getOrLoad("article", "Tokyo", async () => "new")).outcome,
    (await cache.getOrLoad("article", "Kyoto", async () => "new")).outcome,
    (await cache.getOrLoad("article", "Osaka", async () => "new")).outcome,
  ];

  assert.deepEqual(outcomes, ["miss", "miss", "miss"]);
  assert.equal((await cache.stats()).status, "connected");
});

it("clearing removes Footnote's entries and nothing else", { skip }, async (t) => {
  const redis = await startRedis(t);
  const cache = replica(t, redis);
  await redis.client.set("other:app", "stays");
  await cache.put("article", "Tokyo", "text");

  const cleared = await cache.clear();

  assert.equal(cleared, 1);
  assert.deepEqual(await redis.client.keys("*:app"), ["other:app"]);
  assert.deepEqual(await redis.client.keys("wiki:*"), []);
});

it("clearing in one replica empties the memory of the others", { skip }, async (t) => {
  const redis = await startRedis(t);
  const [one, log] = [replica(t, redis), new LogDouble()];
  const other = replica(t, redis, log);
  await other.getOrLoad("article", "Tokyo", async () => "old");

  await one.clear();
  await log.next("cleared by another replica");
  const found = await other.getOrLoad("article", "Tokyo", async () => "new");

  assert.deepEqual([found.value, found.outcome], ["new", "miss"]);
});

it(
  "a Redis that has lost its memory of a clearing, or goes back before it, empties nobody's memory",
  { skip },
  async (t) => {
    const redis = await startRedis(t);
    const log = new LogDouble();
    const cache = replica(t, redis, log);
    await cache.clear();
    const epoch = await redis.client.get(EPOCH);
    await cache.getOrLoad("article", "Tokyo", async () => "text");

    await redis.client.flushall();
    await untilRead(redis);
    await redis.client.set(EPOCH, 1);
    await untilRead(redis);
    const found = await cache.getOrLoad("article", "Tokyo", async () => "new");

    assert.ok(Number(epoch) > 1);
    assert.deepEqual([found.value, found.outcome], ["text", "hit"]);
    assert.ok(log.lines.every(({ message }) => message !== "cleared by another replica"));
  },
);

it("a clearing after Redis was emptied empties the memory of the others", { skip }, async (t) => {
  const redis = await startRedis(t);
  const [one, log] = [replica(t, redis), new LogDouble()];
  const other = replica(t, redis, log);
  await other.stats();
  await one.clear();
  await log.next("cleared by another replica");
  await redis.client.flushall();
  await untilRead(redis);
  await other.getOrLoad("article", "Tokyo", async () => "old");

  const cleared = log.next("cleared by another replica");
  await one.clear();
  await cleared;

  assert.equal((await other.getOrLoad("article", "Tokyo", async () => "new")).value, "new");
});

it(
  "a hundred thousand entries are counted and cleared, while Redis never stops to look at them all",
  { skip },
  async (t) => {
    const redis = await startRedis(t);
    await redis.client.eval(
      'for i = 1, 100000 do redis.call("SET", "wiki:article:" .. i, "{}") redis.call("SET", "other:" .. i, "{}") end',
      0,
    );
    const cache = replica(t, redis);
    await redis.client.config("RESETSTAT");

    const { items } = await cache.stats();
    const cleared = await cache.clear();
    const commands = await redis.client.info("commandstats");

    assert.deepEqual([items, cleared], [100_000, 100_000]);
    assert.doesNotMatch(commands, /cmdstat_(keys|flushdb|flushall|del):/);
  },
);

it("the count is not taken again for those who ask at the same time", { skip }, async (t) => {
  const redis = await startRedis(t);
  const cache = replica(t, redis);
  await cache.put("article", "Tokyo", "text");
  await redis.client.config("RESETSTAT");

  const counts = await Promise.all([cache.stats(), cache.stats(), cache.stats()]);
  const commands = await redis.client.info("commandstats");

  assert.deepEqual(
    counts.map(({ items }) => items),
    [1, 1, 1],
  );
  assert.match(commands, /cmdstat_scan:calls=1,/);
});

it("figures name the server without its password", { skip }, async (t) => {
  const redis = await startRedis(t, "--requirepass", "secret");
  const cache = openCache({
    redis: { host: "127.0.0.1", port: redis.port, password: "secret", db: 1 },
    patienceMs: 10_000,
    ttlSeconds: 3_600,
    log: new LogDouble(),
  });
  t.after(() => cache.close());

  const { status, host, memoryBytes } = await cache.stats();

  assert.deepEqual({ status, host }, { status: "connected", host: `127.0.0.1:${redis.port}` });
  assert.ok(memoryBytes! > 100_000);
});

/** Resolves when a replica has looked at Redis and knows what it saw, for it has looked again: it does once a second. */
async function untilRead(redis: RedisServer): Promise<void> {
  await redis.client.config("RESETSTAT");
  await until(
    () => redis.client.info("commandstats"),
    (commands) => Number(/cmdstat_incrby:calls=(\d+)/.exec(commands)?.[1] ?? 0) >= 2,
  );
}

function replica(t: TestContext, redis: RedisServer, log = new LogDouble()) {
  const cache = openCache({ redis: { url: redis.url }, patienceMs: 10_000, ttlSeconds: 3_600, log });
  t.after(() => cache.close());
  return cache;
}
