import { Redis } from "ioredis";
import { openCache } from "../../src/cache/open-cache.ts";
import type { Cache } from "../../src/core/cache.ts";
import type { Log } from "../../src/core/log.ts";
import { openRedis } from "../support/redis.ts";
import { type BenchRow, round } from "./row.ts";

const ROUNDS = 7;
const LOOKUPS = 400;

/** A cache hit in memory and in Redis against a raw ioredis GET with JSON.parse, for an article of about 30 kB. */
export async function benchCacheHits(redisUrl: string): Promise<readonly BenchRow[]> {
  const article = sampleArticle();
  const client = new Redis(redisUrl);
  const memory = openCache({ ttlSeconds: 3_600, log: silent });
  const redis = openCache({ redis: { url: redisUrl }, ttlSeconds: 3_600, maxMemoryItems: 1, log: silent });
  try {
    await client.set("footnote:bench", JSON.stringify(article), "EX", 600);
    await memory.put("bench", 0, article);
    // Of two entries in turn, a memory with room for one never has the one that is asked for.
    await Promise.all([redis.put("bench", 0, article), redis.put("bench", 1, article)]);
    const micros = await medians([
      async () => void JSON.parse((await client.get("footnote:bench")) ?? ""),
      () => hit(memory, 0),
      (n) => hit(redis, n % 2),
    ]);
    const [raw, inMemory, inRedis] = micros.map((value) => round(value, 10));
    const comparedTo = "ioredis GET and JSON.parse";
    return [
      { name: comparedTo, value: raw!, unit: "µs" },
      { name: "cache hit in memory", value: inMemory!, unit: "µs", comparedTo, ratio: round(inMemory! / raw!, 100) },
      { name: "cache hit in Redis", value: inRedis!, unit: "µs", comparedTo, ratio: round(inRedis! / raw!, 100) },
    ];
  } finally {
    await redis.clear();
    await client.del("footnote:bench");
    await Promise.all([memory.close(), redis.close()]);
    client.disconnect();
  }
}

/** 1,000 simultaneous identical misses against the upstream calls they made. */
export async function benchCacheMisses(redisUrl: string): Promise<readonly BenchRow[]> {
  const cache = openCache({ redis: { url: redisUrl }, ttlSeconds: 3_600, log: silent });
  let calls = 0;
  const load = async () => (calls += 1);
  try {
    const begun = performance.now();
    await Promise.all(Array.from({ length: 1_000 }, () => cache.getOrLoad("bench", "miss", load)));
    const milliseconds = round(performance.now() - begun, 10);
    return [
      {
        name: "upstream calls of 1,000 simultaneous misses",
        value: calls,
        unit: "calls",
        comparedTo: "1",
        ratio: calls,
      },
      { name: "1,000 simultaneous misses", value: milliseconds, unit: "ms" },
    ];
  } finally {
    await cache.clear();
    await cache.close();
  }
}

async function hit(cache: Cache, n: number): Promise<void> {
  const { outcome } = await cache.getOrLoad("bench", n, neverLoad);
  if (outcome !== "hit") throw new Error(`expected a hit, not a ${outcome}`);
}

async function neverLoad(): Promise<never> {
  throw new Error("nothing should be loaded");
}

/** Median microseconds of each operation; they take turns, so that a busy machine is unfair to none. */
async function medians(operations: readonly ((n: number) => Promise<void>)[]): Promise<readonly number[]> {
  const rounds: number[][] = operations.map(() => []);
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    for (const [index, operation] of operations.entries()) {
      const begun = performance.now();
      for (let n = 0; n < LOOKUPS; n += 1) await operation(n);
      rounds[index]!.push(((performance.now() - begun) * 1_000) / LOOKUPS);
    }
  }
  return rounds.map((times) => times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!);
}

function sampleArticle(): object {
  const text = "The honey bee dances to tell its sisters where the flowers are. ".repeat(6);
  const passages = Array.from({ length: 8 }, (_, n) => ({ kind: "paragraph", text: `${n} ${text}` }));
  const sections = Array.from({ length: 10 }, (_, n) => ({
    title: `Section ${n}`,
    anchor: `S${n}`,
    level: 2,
    passages,
  }));
  return { kind: "article", title: "Honey bee", language: "en", revision: "1", sections, choices: [] };
}

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

if (import.meta.main) {
  const ends: (() => Promise<void>)[] = [];
  const url = await openRedis({ after: (end) => void ends.push(end) });
  console.table([...(await benchCacheHits(url)), ...(await benchCacheMisses(url))]);
  await Promise.all(ends.map((end) => end()));
}
