import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { StoreStats, UsageFigures } from "../../src/core/exchange.ts";
import { Failure } from "../../src/core/failure.ts";
import type { CacheFigures, Stats, WikiFigures } from "../../src/core/stats.ts";
import { figureRows, gatherFigures, type Figures } from "../../src/platforms/figures.ts";

const CACHE: CacheFigures = {
  status: "connected",
  host: "127.0.0.1:6379",
  items: 1_234,
  memoryBytes: 1_258_291,
  memoryUsed: "1.2M",
  ttlSeconds: 3_600,
  hits: 5,
  misses: 1,
  stale: 0,
  hitRate: 5 / 6,
};

const DATABASE: StoreStats = {
  engine: "embedded",
  version: "18.4",
  conversations: 1,
  messages: { user: 1_500, assistant: 1_490 },
  exchanges: { received: 1, running: 2, answered: 3, delivered: 1_484, failed: 10 },
  citations: 4_000,
  sizeBytes: 12_000_000,
  migrations: ["1"],
};

const article = (title: string) => ({ title, url: `https://w.example/${title}`, citations: 3 });

const USAGE: UsageFigures = {
  perDay: [
    { day: "2026-03-01", exchanges: 1_200, failed: 3 },
    { day: "2026-03-02", exchanges: 1, failed: 0 },
  ],
  cache: { hit: 1, miss: 2, stale: 0 },
  latencyMs: { p50: 850, p90: 2_340, p99: 90_000 },
  topArticles: [article("Mars"), article("Venus"), article("Earth"), article("Moon")],
  tokens: { input: 1_234_567, output: 89 },
  verdicts: { good: 12, bad: 1 },
};

const WIKI: WikiFigures = {
  name: "Wikipedia",
  state: "ok",
  budget: { perMinute: 200, left: 187, inFlight: 1, pausedForMs: 0 },
};

const FIGURES: Figures = { cache: CACHE, database: DATABASE, usage: USAGE, wiki: WIKI, topArticles: [] };

const gone = () => Promise.reject(new Failure("store-unavailable", "gone"));
const never = () => new Promise<never>(() => undefined);

function statsWith(parts: Partial<Stats> = {}): Stats {
  return {
    cache: async () => CACHE,
    database: async () => DATABASE,
    usage: async () => USAGE,
    wiki: async () => WIKI,
    readiness: never,
    metrics: never,
    ...parts,
  };
}

/** The row of that name, line by line. */
function linesOf(name: string, figures: Partial<Figures>): readonly string[] | undefined {
  return figureRows({ ...FIGURES, ...figures })
    .find((row) => row.name === name)
    ?.value.split("\n");
}

describe("figures in words", () => {
  it("are a row for each part", () => {
    assert.deepEqual(figureRows(FIGURES), [
      {
        name: "Cache",
        value: "Connected to Redis\n1,234 items, 1.2M of memory\nHit rate: 83% since the start\nKept for 1 h",
      },
      { name: "Database", value: "1 conversation\n2,990 messages\n1,500 questions, 10 failed" },
      {
        name: "Answers",
        value: [
          "Today (UTC): 1 question, 0 failed",
          "In 2 days: 1,201 questions, 3 failed",
          "Time to an answer: p50 850 ms, p90 2.3 s, p99 1.5 min",
          "Tokens: 1,234,567 in, 89 out",
          "Verdicts: 12 good, 1 bad",
        ].join("\n"),
      },
      { name: "Wiki", value: "Wikipedia answers\n187 of 200 requests left this minute" },
    ]);
  });

  it("say that Redis is down, and what is known without it", () => {
    const cache = { ...CACHE, status: "disconnected", items: null, memoryUsed: null, hitRate: null } as const;

    assert.deepEqual(linesOf("Cache", { cache }), [
      "Redis cannot be reached: memory serves alone.",
      "Hit rate: nothing looked up yet",
      "Kept for 1 h",
    ]);
  });

  it("say that the cache keeps nothing", () => {
    const cache = { ...CACHE, status: "memory", items: 0, memoryUsed: "0B", hitRate: 0, ttlSeconds: 0 } as const;

    assert.deepEqual(linesOf("Cache", { cache }), [
      "In memory, without Redis",
      "0 items, 0B of memory",
      "Hit rate: 0% since the start",
      "Nothing is kept",
    ]);
  });

  it("say that nothing was answered yet", () => {
    assert.equal(
      linesOf("Answers", { usage: { ...USAGE, latencyMs: null } })?.[2],
      "Time to an answer: nothing answered yet",
    );
  });

  it("say that the wiki is failing, and why", () => {
    const wiki: WikiFigures = { name: "Wikipedia", state: "failing", reason: "timed out", budget: null };

    assert.deepEqual(linesOf("Wiki", { wiki }), ["Wikipedia is failing (timed out)"]);
  });

  it("say that the wiki asked for a pause", () => {
    const wiki = { ...WIKI, budget: { perMinute: 200, left: 0, inFlight: 0, pausedForMs: 12_000 } };

    assert.deepEqual(linesOf("Wiki", { wiki }), [
      "Wikipedia answers",
      "0 of 200 requests left this minute",
      "Asked for a pause: 12 s left",
    ]);
  });

  it("say in its place what could not be reached", () => {
    const nothing = { cache: undefined, database: undefined, usage: undefined, wiki: undefined, topArticles: [] };

    assert.deepEqual(figureRows(nothing), [
      { name: "Cache", value: "Cannot be reached just now." },
      { name: "Database", value: "Cannot be reached just now." },
      { name: "Answers", value: "Not known while the database is away." },
      { name: "Wiki", value: "Nothing is known just now." },
    ]);
  });
});

describe("gathered figures", () => {
  it("are those of the last seven days, with the three articles cited most", async () => {
    let asked = 0;
    const stats = statsWith({
      async usage(days) {
        asked = days;
        return USAGE;
      },
    });

    const figures = await gatherFigures(stats);

    assert.equal(asked, 7);
    assert.deepEqual(figures, {
      ...FIGURES,
      topArticles: [article("Mars"), article("Venus"), article("Earth")],
    });
  });

  it("are all but the database's while it is away", async () => {
    const figures = await gatherFigures(statsWith({ database: gone, usage: gone }));

    assert.deepEqual(figures, { ...FIGURES, database: undefined, usage: undefined });
  });

  it("are all but the cache's while it cannot tell", async () => {
    const figures = await gatherFigures(statsWith({ cache: gone, wiki: gone }));

    assert.deepEqual(
      [figures.cache, figures.wiki, figures.database, figures.usage],
      [undefined, undefined, DATABASE, USAGE],
    );
  });

  it("do not wait for a part that never answers", async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const gathered = gatherFigures(statsWith({ database: never, cache: never }));

    t.mock.timers.tick(2_000);

    const { cache, database, usage, wiki } = await gathered;
    assert.deepEqual([cache, database, usage, wiki], [undefined, undefined, USAGE, WIKI]);
  });
});
