import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CacheStats } from "../../src/core/cache.ts";
import { Failure } from "../../src/core/failure.ts";
import { createStats, type StatsParts } from "../../src/stats/stats.ts";
import { askAndAnswer, fullAnswer } from "../contracts/store-samples.ts";
import { createMemoryStore } from "../fakes/memory-store.ts";

const CACHE: CacheStats = {
  status: "connected",
  host: "127.0.0.1:6379",
  items: 3,
  memoryBytes: 1_258_291,
  ttlSeconds: 3600,
  hits: 1,
  misses: 1,
  stale: 0,
  hitRate: 0.5,
};

const gone = () => Promise.reject(new Failure("store-unavailable", "gone"));
const never = () => new Promise<never>(() => undefined);

function statsOf(parts: Partial<StatsParts> = {}) {
  return createStats({
    cache: { stats: async () => CACHE },
    store: createMemoryStore(),
    wiki: { name: "Sample", health: () => ({ state: "ok" }) },
    ...parts,
  });
}

describe("stats", () => {
  it("tell the cache's memory for people", async () => {
    const figures = await statsOf().cache();

    assert.deepEqual(figures, { ...CACHE, memoryUsed: "1.2M" });
  });

  it("do not guess a memory that the cache does not know", async () => {
    const figures = await statsOf({ cache: { stats: async () => ({ ...CACHE, memoryBytes: null }) } }).cache();

    assert.equal(figures.memoryUsed, null);
  });

  it("tell the wiki's health with its budget", async () => {
    const budget = { perMinute: 200, left: 199, inFlight: 1, pausedForMs: 0 };

    const figures = await statsOf({ budget: { figures: async () => budget } }).wiki();

    assert.deepEqual(figures, { name: "Sample", state: "ok", budget });
  });

  it("tell the wiki's health without a budget that cannot be asked", async () => {
    const figures = await statsOf({ budget: { figures: gone } }).wiki();

    assert.deepEqual(figures, { name: "Sample", state: "ok", budget: null });
  });

  it("tell Prometheus what they know", async () => {
    const store = createMemoryStore();
    await askAndAnswer(store, { receivedAt: new Date() }, fullAnswer);

    const { contentType, text } = await statsOf({ store }).metrics();

    assert.match(contentType, /^text\/plain/);
    const lines = text.split("\n").filter((line) => /^footnote_(?!answer_seconds)/.test(line));
    assert.deepEqual(lines, [
      'footnote_up{part="database"} 1',
      'footnote_up{part="cache"} 1',
      'footnote_up{part="wiki"} 1',
      'footnote_exchanges{state="received"} 0',
      'footnote_exchanges{state="running"} 0',
      'footnote_exchanges{state="answered"} 1',
      'footnote_exchanges{state="delivered"} 0',
      'footnote_exchanges{state="failed"} 0',
      'footnote_messages{role="user"} 1',
      'footnote_messages{role="assistant"} 1',
      "footnote_conversations 1",
      "footnote_database_bytes 0",
      'footnote_cache_lookups{outcome="hit"} 1',
      'footnote_cache_lookups{outcome="miss"} 1',
      'footnote_cache_lookups{outcome="stale"} 0',
      "footnote_cache_items 3",
      'footnote_tokens_today{direction="input"} 123',
      'footnote_tokens_today{direction="output"} 45',
      'footnote_verdicts_today{verdict="good"} 0',
      'footnote_verdicts_today{verdict="bad"} 0',
    ]);
    assert.match(text, /^footnote_answer_seconds\{quantile="0\.9"\} \d/m);
    assert.match(text, /^process_resident_memory_bytes \d/m);
  });

  it("leave out what is away, which they knew before", async () => {
    const memory = createMemoryStore();
    const store = { ...memory, stats: memory.stats };
    const stats = statsOf({ store });
    await stats.metrics();
    Object.assign(store, { stats: gone, usage: gone });

    const { text } = await stats.metrics();

    assert.match(text, /^footnote_up\{part="database"\} 0$/m);
    assert.doesNotMatch(text, /^footnote_(exchanges|conversations|tokens_today)/m);
  });

  it("pass on that the database is away", async () => {
    const stats = statsOf({ store: { stats: gone, usage: gone, ping: gone } });

    await assert.rejects(stats.database(), Failure);
    await assert.rejects(stats.usage(1), Failure);
  });
});

describe("readiness", () => {
  it("is given when the database answers and is migrated", async () => {
    const readiness = await statsOf().readiness();

    assert.deepEqual(readiness, { ready: true, database: "ok", migrations: 1, cache: "connected", wiki: "ok" });
  });

  it("is not given while the database is away", async () => {
    const readiness = await statsOf({ store: { stats: gone, usage: gone, ping: gone } }).readiness();

    assert.deepEqual(readiness, {
      ready: false,
      database: "unreachable",
      migrations: 0,
      cache: "connected",
      wiki: "ok",
    });
  });

  it("is given whatever state cache and wiki are in", async () => {
    const readiness = await statsOf({
      cache: { stats: gone },
      wiki: { name: "Sample", health: () => ({ state: "failing", reason: "timed out" }) },
    }).readiness();

    assert.deepEqual([readiness.ready, readiness.cache, readiness.wiki], [true, "error", "failing"]);
  });

  it("does not wait for a part that never answers", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const asked = statsOf({ store: { stats: never, usage: never, ping: never }, cache: { stats: never } }).readiness();

    t.mock.timers.tick(2_000);

    assert.deepEqual(await asked, {
      ready: false,
      database: "unreachable",
      migrations: 0,
      cache: "error",
      wiki: "ok",
    });
  });
});
