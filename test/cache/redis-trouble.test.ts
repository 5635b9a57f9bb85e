import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { type TestContext, describe, it } from "node:test";
import { openCache } from "../../src/cache/open-cache.ts";
import type { Cache } from "../../src/core/cache.ts";
import { freePort, startRedis, withoutRedisServer } from "../support/redis.ts";
import { LogDouble } from "./log-double.ts";

const skip = withoutRedisServer;
const BACK = "redis is connected";
const AWAY = "redis is away, memory serves alone";
const REFUSING = "redis answers with errors";

describe("the cache in times of trouble", { concurrency: 4 }, () => {
  it("a Redis that is not there costs nothing but its entries", async (t) => {
    const { cache } = open(t, `redis://127.0.0.1:${await freePort()}`);

    await assertServes(cache);

    const { status, items, memoryBytes } = await cache.stats();
    assert.deepEqual({ status, items, memoryBytes }, { status: "disconnected", items: null, memoryBytes: null });
  });

  it("a Redis that is killed is missed without an error, and used again when it is back", { skip }, async (t) => {
    const redis = await startRedis(t);
    const { cache, log } = open(t, redis.url);
    await cache.put("article", "Tokyo", "text");

    await redis.kill();
    await assertServes(cache);
    const { status } = await cache.stats();
    const back = log.next(BACK);
    await redis.restart();
    await back;
    await cache.getOrLoad("article", "Osaka", async () => "text");

    assert.equal(status, "disconnected");
    const { status: afterwards, items } = await cache.stats();
    assert.deepEqual({ status: afterwards, items }, { status: "connected", items: 1 });
  });

  it("a Redis that hangs is waited for once, not by every caller", { skip }, async (t) => {
    const redis = await startRedis(t);
    const { cache, log } = open(t, redis.url);
    await cache.put("article", "Tokyo", "text");

    redis.freeze();
    await assertServes(cache);
    const { status } = await cache.stats();
    const back = log.next(BACK);
    redis.thaw();
    await back;
    const found = await cache.getOrLoad("article", "Tokyo", async () => "new");

    assert.equal(status, "disconnected");
    assert.equal(found.outcome, "hit");
  });

  it("a Redis that hangs from the start is waited for once", { skip }, async (t) => {
    const redis = await startRedis(t);
    redis.freeze();
    const { cache, log } = open(t, redis.url);

    await assertServes(cache);
    const { status } = await cache.stats();
    const back = log.next(BACK);
    redis.thaw();
    await back;

    assert.equal(status, "disconnected");
  });

  it("a Redis that hangs while callers already wait fails none of them", { skip }, async (t) => {
    const redis = await startRedis(t);
    const { cache } = open(t, redis.url);
    await cache.stats();

    redis.freeze();
    const titles = Array.from({ length: 100 }, (_, n) => `Title ${n}`);
    const values = await Promise.all(titles.map((title) => cache.getOrLoad("article", title, async () => title)));

    assert.deepEqual(
      values.map(({ value }) => value),
      titles,
    );
  });

  it("a slow Redis is left alone until it is quick again", { skip }, async (t) => {
    const redis = await startRedis(t);
    const proxy = await startSlowProxy(t, redis.port);
    const { cache, log } = open(t, `redis://127.0.0.1:${proxy.port}`);
    await cache.stats();

    proxy.delayMs = 400;
    await assertServes(cache);
    const { status } = await cache.stats();
    const back = log.next(BACK);
    proxy.delayMs = 0;
    await back;

    assert.equal(status, "disconnected");
  });

  it("a Redis that is unreachable without a word is connected to anew", { skip }, async (t) => {
    const redis = await startRedis(t);
    const proxy = await startSlowProxy(t, redis.port);
    const { cache, log } = open(t, `redis://127.0.0.1:${proxy.port}`);
    await cache.stats();

    proxy.delayMs = Infinity;
    await assertServes(cache);
    const anew = once(proxy.listener, "connection");
    const back = log.next(BACK);
    await anew;
    proxy.delayMs = 0;

    await back;
  });

  it(
    "a wrong password is an error in the figures, and in the log once and without the password",
    { skip },
    async (t) => {
      const redis = await startRedis(t, "--requirepass", "right");
      const proxy = await startSlowProxy(t, redis.port);
      const { cache, log } = open(t, `redis://:wrong-secret@127.0.0.1:${proxy.port}`);

      await assertServes(cache);
      await once(proxy.listener, "connection");
      await once(proxy.listener, "connection");

      assert.equal((await cache.stats()).status, "error");
      const warnings = log.lines.filter(({ level }) => level === "warn");
      assert.deepEqual(warnings, [
        { level: "warn", fields: { redis: `127.0.0.1:${proxy.port}`, reason: "WRONGPASS" }, message: REFUSING },
      ]);
    },
  );

  it("a missing password is an error in the figures", { skip }, async (t) => {
    const redis = await startRedis(t, "--requirepass", "right");
    const { cache } = open(t, redis.url);

    await assertServes(cache);

    assert.equal((await cache.stats()).status, "error");
  });

  it("a full Redis goes on serving what it has, and is an error in the figures", { skip }, async (t) => {
    const redis = await startRedis(t);
    const writer = open(t, redis.url);
    await writer.cache.put("article", "Tokyo", "text");
    await writer.cache.close();
    const { cache, log } = open(t, redis.url);
    await cache.stats();

    const refusing = log.next(REFUSING);
    await redis.client.config("SET", "maxmemory", "1");
    await refusing;
    const found = await cache.getOrLoad("article", "Tokyo", async () => "new");
    await assertServes(cache);
    const { status, items } = await cache.stats();
    const back = log.next(BACK);
    await redis.client.config("SET", "maxmemory", "0");
    await back;

    assert.deepEqual([found.outcome, status, items], ["hit", "error", 1]);
  });

  it("a Redis that has become read-only is an error in the figures", { skip }, async (t) => {
    const redis = await startRedis(t);
    const { cache, log } = open(t, redis.url);
    await cache.stats();

    const refusing = log.next(REFUSING);
    await redis.client.replicaof("127.0.0.1", await freePort());
    await refusing;
    await assertServes(cache);

    assert.equal((await cache.stats()).status, "error");
  });

  it("a clearing that Redis misses is made up for when it is back", { skip }, async (t) => {
    const redis = await startRedis(t);
    const { cache, log } = open(t, redis.url);
    await cache.put("article", "Tokyo", "bad text");
    await cache.stats();
    const away = log.next(AWAY);
    redis.freeze();
    await away;

    await cache.clear();
    const cleared = log.next("cache cleared");
    redis.thaw();
    await cleared;

    assert.deepEqual(await redis.client.keys("wiki:*"), []);
  });

  it("a cache closes while Redis hangs", { skip }, async (t) => {
    const redis = await startRedis(t);
    const { cache } = open(t, redis.url);
    await cache.stats();

    redis.freeze();
    await cache.put("article", "Tokyo", "text");

    await cache.close();
  });
});

function open(t: TestContext, url: string) {
  const log = new LogDouble();
  const cache = openCache({ redis: { url }, ttlSeconds: 3_600, log });
  t.after(() => cache.close());
  return { cache, log };
}

/** Fifty lookups in a row, of which one at the most waits its tenth of a second: all of them waiting would take five. */
async function assertServes(cache: Cache): Promise<void> {
  const begun = performance.now();
  for (let n = 0; n < 50; n += 1) {
    const { value } = await cache.getOrLoad("served", n, async () => n);
    assert.equal(value, n);
  }
  assert.ok(performance.now() - begun < 2_500);
}

/** A TCP proxy that passes on what the server says `delayMs` later; never, for Infinity. */
async function startSlowProxy(t: TestContext, serverPort: number) {
  const port = await freePort();
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    const server = connect(serverPort, "127.0.0.1");
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => [client, server].forEach((end) => end.destroy()));
    }
    client.pipe(server);
    server.on("data", (data) => {
      if (proxy.delayMs < Infinity) setTimeout(() => client.write(data), proxy.delayMs).unref();
    });
  }).listen(port, "127.0.0.1");
  await once(listener, "listening");
  t.after(() => {
    listener.close();
    for (const socket of sockets) socket.destroy();
  });
  const proxy = { listener, port, delayMs: 0 };
  return proxy;
}
