import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { Cache } from "../../src/core/cache.ts";
import { Failure } from "../../src/core/failure.ts";

export interface CacheTimes {
  readonly ttlSeconds: number;
  readonly graceSeconds: number;
}

/** What every cache does. `open` gives an empty one, and registers its end with `t.after`. Its clock is `Date`. */
export function describeCache(
  name: string,
  open: (t: TestContext, times: CacheTimes) => Cache | Promise<Cache>,
  { skip = false }: { readonly skip?: string | false } = {},
): void {
  const hourAndDay: CacheTimes = { ttlSeconds: 3_600, graceSeconds: 86_400 };

  describe(`${name} as a cache`, { skip }, () => {
    it("loads a value once and marks it as a hit from then on", async (t) => {
      const cache = await open(t, hourAndDay);
      const load = t.mock.fn(async () => ({ title: "Ångström" }));

      const first = await cache.getOrLoad("article", { title: "Ångström" }, load);
      const second = await cache.getOrLoad("article", { title: "Ångström" }, load);

      assert.deepEqual(first, { value: { title: "Ångström" }, outcome: "miss", loadedAt: first.loadedAt });
      assert.deepEqual(second, { value: { title: "Ångström" }, outcome: "hit", loadedAt: first.loadedAt });
      assert.equal(load.mock.callCount(), 1);
    });

    it("keeps values of different prefixes and arguments apart", async (t) => {
      const cache = await open(t, hourAndDay);
      await cache.getOrLoad("article", { title: "Mercury" }, async () => 1);

      const other = await cache.getOrLoad("search", { title: "Mercury" }, async () => 2);
      const another = await cache.getOrLoad("article", { title: "mercury" }, async () => 3);

      assert.deepEqual([other.value, another.value], [2, 3]);
    });

    it("keeps an answer of nothing", async (t) => {
      const cache = await open(t, hourAndDay);
      await cache.getOrLoad("search", "qwertz", async () => null);

      const found = await cache.getOrLoad("search", "qwertz", async () => "something");

      assert.deepEqual([found.value, found.outcome], [null, "hit"]);
    });

    it("makes one load for a thousand simultaneous callers", async (t) => {
      const cache = await open(t, hourAndDay);
      const gate = Promise.withResolvers<string>();
      const load = t.mock.fn(() => gate.promise);

      const callers = Array.from({ length: 1_000 }, () => cache.getOrLoad("article", "Tokyo", load));
      gate.resolve("text");
      const values = new Set((await Promise.all(callers)).map(({ value }) => value));

      assert.equal(load.mock.callCount(), 1);
      assert.deepEqual(values, new Set(["text"]));
    });

    it("gives the same failure to all who waited for the load", async (t) => {
      const cache = await open(t, hourAndDay);
      const gate = Promise.withResolvers<void>();
      const failure = new Failure("wiki-unavailable", "down");
      const load = t.mock.fn(async () => {
        await gate.promise;
        throw failure;
      });

      const callers = Array.from({ length: 10 }, () => cache.getOrLoad("article", "Tokyo", load));
      gate.resolve();
      const outcomes = await Promise.allSettled(callers);

      assert.ok(outcomes.every((outcome) => outcome.status === "rejected" && outcome.reason === failure));
      assert.equal(load.mock.callCount(), 1);
    });

    it("never keeps a failure", async (t) => {
      const cache = await open(t, hourAndDay);
      const failure = new Failure("wiki-unavailable", "down");
      await assert.rejects(
        cache.getOrLoad("article", "Tokyo", () => Promise.reject(failure)),
        failure,
      );

      const next = await cache.getOrLoad("article", "Tokyo", async () => "text");

      assert.deepEqual([next.value, next.outcome], ["text", "miss"]);
    });

    it("loads anew what is older than its time to live", async (t) => {
      const cache = await open(t, hourAndDay);
      t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
      await cache.getOrLoad("article", "Tokyo", async () => "old");

      t.mock.timers.setTime(Date.now() + 1.2 * 3_600_000);
      const found = await cache.getOrLoad("article", "Tokyo", async () => "new");

      assert.deepEqual([found.value, found.outcome], ["new", "miss"]);
    });

    it("serves what is past its time to live, marked stale, when it cannot be loaded", async (t) => {
      const cache = await open(t, hourAndDay);
      t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
      const { loadedAt } = await cache.getOrLoad("article", "Tokyo", async () => "old");

      t.mock.timers.setTime(Date.now() + 20 * 3_600_000);
      const first = await cache.getOrLoad("article", "Tokyo", unavailable);
      const second = await cache.getOrLoad("article", "Tokyo", unavailable);

      assert.deepEqual(first, { value: "old", outcome: "stale", loadedAt });
      assert.deepEqual(second, { value: "old", outcome: "stale", loadedAt });
    });

    it("marks a value stale also when it has expired a moment ago", async (t) => {
      const cache = await open(t, { ttlSeconds: 10, graceSeconds: 86_400 });
      t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
      await cache.getOrLoad("article", "Tokyo", async () => "old");

      t.mock.timers.setTime(Date.now() + 11_001);
      const outcomes = [
        (await cache.getOrLoad("article", "Tokyo", unavailable)).outcome,
        (await cache.getOrLoad("article", "Tokyo", unavailable)).outcome,
      ];

      assert.deepEqual(outcomes, ["stale", "stale"]);
    });

    it("serves fresh values again within ten seconds of when they can be loaded", async (t) => {
      const cache = await open(t, hourAndDay);
      t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
      await cache.getOrLoad("article", "Tokyo", async () => "old");
      t.mock.timers.setTime(Date.now() + 2 * 3_600_000);
      await cache.getOrLoad("article", "Tokyo", unavailable);

      t.mock.timers.setTime(Date.now() + 10_000);
      const loaded = await cache.getOrLoad("article", "Tokyo", async () => "new");
      const found = await cache.getOrLoad("article", "Tokyo", unavailable);

      assert.deepEqual([loaded.outcome, found.outcome, found.value], ["miss", "hit", "new"]);
    });

    it("waits once for what hangs, and then serves stale at once whatever comes from there", async (t) => {
      const cache = await open(t, hourAndDay);
      t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
      await cache.getOrLoad("search", "Tokyo", async () => "old", { origin: "wiki" });
      await cache.getOrLoad("article", "Tokyo", async () => "old", { origin: "wiki" });
      const hang = t.mock.fn(hanging(t));

      t.mock.timers.setTime(Date.now() + 2 * 3_600_000);
      const found = [
        await cache.getOrLoad("search", "Tokyo", hang, { origin: "wiki" }),
        await cache.getOrLoad("article", "Tokyo", hang, { origin: "wiki" }),
      ];

      assert.deepEqual(
        found.map(({ outcome }) => outcome),
        ["stale", "stale"],
      );
      assert.equal(hang.mock.callCount(), 1);
    });

    it("fails at once, while what it comes from hangs, what it never had, and tries again after ten seconds", async (t) => {
      const cache = await open(t, hourAndDay);
      t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
      const load = t.mock.fn(async () => "text");
      await assert.rejects(cache.getOrLoad("search", "Tokyo", hanging(t), { origin: "wiki" }));

      await assert.rejects(cache.getOrLoad("article", "Tokyo", load, { origin: "wiki" }), { kind: "wiki-unavailable" });
      const elsewhere = await cache.getOrLoad("article", "Tokyo", load, { origin: "another wiki" });
      t.mock.timers.setTime(Date.now() + 10_000);
      const later = await cache.getOrLoad("article", "Kyoto", load, { origin: "wiki" });

      assert.deepEqual([elsewhere.outcome, later.outcome], ["miss", "miss"]);
      assert.equal(load.mock.callCount(), 2);
    });

    it("lets one caller alone find out whether something still hangs, and nobody who can be served stale wait for it", async (t) => {
      const cache = await open(t, hourAndDay);
      t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
      await cache.getOrLoad("article", "Tokyo", async () => "old", { origin: "wiki" });
      t.mock.timers.setTime(Date.now() + 2 * 3_600_000);
      await cache.getOrLoad("article", "Tokyo", hanging(t), { origin: "wiki" });
      const gate = Promise.withResolvers<string>();
      const load = t.mock.fn(() => gate.promise);

      t.mock.timers.setTime(Date.now() + 10_000);
      const during = [
        await cache.getOrLoad("article", "Tokyo", load, { origin: "wiki" }),
        await cache.getOrLoad("article", "Tokyo", load, { origin: "wiki" }),
      ];
      await assert.rejects(cache.getOrLoad("article", "Kyoto", load, { origin: "wiki" }), { kind: "wiki-unavailable" });
      gate.resolve("new");
      await new Promise(setImmediate);
      const after = await cache.getOrLoad("article", "Tokyo", unavailable, { origin: "wiki" });

      assert.deepEqual(
        [...during, after].map(({ value, outcome }) => [value, outcome]),
        [
          ["old", "stale"],
          ["old", "stale"],
          ["new", "hit"],
        ],
      );
      assert.equal(load.mock.callCount(), 1);
    });

    it("takes one thing that is slow to fail for no more than that, when another was loaded meanwhile", async (t) => {
      const cache = await open(t, hourAndDay);
      t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
      const slow = async (): Promise<string> => {
        t.mock.timers.setTime(Date.now() + 5_000);
        await cache.getOrLoad("article", "Tokyo", async () => "text", { origin: "wiki" });
        return hanging(t)();
      };

      await assert.rejects(cache.getOrLoad("article", "Very long", slow, { origin: "wiki" }));
      const kyoto = await cache.getOrLoad("article", "Kyoto", async () => "text", { origin: "wiki" });

      assert.equal(kyoto.outcome, "miss");
    });

    it("serves nothing that is past its grace", async (t) => {
      const cache = await open(t, hourAndDay);
      t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
      await cache.getOrLoad("article", "Tokyo", async () => "old");

      t.mock.timers.setTime(Date.now() + 26 * 3_600_000);
      const lookup = cache.getOrLoad("article", "Tokyo", unavailable);

      await assert.rejects(lookup, { kind: "wiki-unavailable" });
    });

    it("keeps a value as briefly as its loader asks, and its grace is brief too", async (t) => {
      const cache = await open(t, hourAndDay);
      t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
      await cache.getOrLoad("article", "Tokio", async () => "missing", { ttlSeconds: aMinute });

      t.mock.timers.setTime(Date.now() + 67_000);
      const reloaded = await cache.getOrLoad("article", "Tokio", async () => "found", { ttlSeconds: aMinute });
      t.mock.timers.setTime(Date.now() + 3_600_000);
      const lookup = cache.getOrLoad("article", "Tokio", unavailable, { ttlSeconds: aMinute });

      assert.equal(reloaded.outcome, "miss");
      await assert.rejects(lookup, { kind: "wiki-unavailable" });
    });

    it("keeps nothing whose time to live is 0", async (t) => {
      const cache = await open(t, hourAndDay);
      const load = t.mock.fn(async () => "text");
      const first = await cache.getOrLoad("article", "Tokyo", load, { ttlSeconds: () => 0 });

      const second = await cache.getOrLoad("article", "Tokyo", load, { ttlSeconds: () => 0 });

      assert.deepEqual([first.value, first.outcome, second.value, second.outcome], ["text", "miss", "text", "miss"]);
    });

    it("finds what was put under a key without a load", async (t) => {
      const cache = await open(t, hourAndDay);
      await cache.put("revision", { id: "42" }, "text");

      const found = await cache.getOrLoad("revision", { id: "42" }, unavailable);

      assert.deepEqual([found.value, found.outcome], ["text", "hit"]);
    });

    it("keeps what was put as long as it was put for, be it seldom asked for", async (t) => {
      const cache = await open(t, hourAndDay);
      t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
      await cache.put("revision", { id: "42" }, "text", { ttlSeconds: 7 * 86_400, isSeldomAsked: true });

      t.mock.timers.setTime(Date.now() + 5 * 86_400_000);
      const found = await cache.getOrLoad("revision", { id: "42" }, unavailable);

      assert.deepEqual([found.value, found.outcome], ["text", "hit"]);
    });

    it("clears every entry and tells how many there were", async (t) => {
      const cache = await open(t, hourAndDay);
      await cache.put("article", "Tokyo", "text");
      await cache.put("article", "Kyoto", "text");

      const cleared = await cache.clear();
      const found = await cache.getOrLoad("article", "Tokyo", async () => "new");

      assert.equal(cleared, 2);
      assert.equal(found.outcome, "miss");
    });

    it("lets a caller go at once when its signal aborts, while the load goes on for the others", async (t) => {
      const cache = await open(t, hourAndDay);
      const gate = Promise.withResolvers<string>();
      const leaving = new AbortController();
      const signals: AbortSignal[] = [];
      const load = (signal: AbortSignal) => {
        signals.push(signal);
        return gate.promise;
      };

      const gone = cache.getOrLoad("article", "Tokyo", load, { signal: leaving.signal });
      const staying = cache.getOrLoad("article", "Tokyo", load);
      leaving.abort();
      await assert.rejects(gone, { kind: "cancelled" });
      gate.resolve("text");

      assert.equal((await staying).value, "text");
      assert.deepEqual(
        signals.map((signal) => signal.aborted),
        [false],
      );
    });

    it("aborts the load when the last caller has gone, and does not hand it to the next", async (t) => {
      const cache = await open(t, hourAndDay);
      const leaving = new AbortController();
      const started = Promise.withResolvers<AbortSignal>();
      const hang = (signal: AbortSignal) => {
        started.resolve(signal);
        return new Promise<string>((_, reject) => {
          signal.addEventListener("abort", () => reject(new Failure("cancelled", "cancelled")));
        });
      };

      const gone = Promise.allSettled([
        cache.getOrLoad("article", "Tokyo", hang, { signal: leaving.signal }),
        cache.getOrLoad("article", "Tokyo", hang, { signal: leaving.signal }),
      ]);
      const loading = await started.promise;
      leaving.abort();
      await gone;
      const next = await cache.getOrLoad("article", "Tokyo", async () => "text");

      assert.equal(loading.aborted, true);
      assert.deepEqual([next.value, next.outcome], ["text", "miss"]);
    });

    it("rejects with the failure that the caller's signal gives as its reason", async (t) => {
      const cache = await open(t, hourAndDay);
      const reason = new Failure("deadline", "out of time");
      const load = t.mock.fn(async () => "text");

      const lookup = cache.getOrLoad("article", "Tokyo", load, { signal: AbortSignal.abort(reason) });

      await assert.rejects(lookup, reason);
      assert.equal(load.mock.callCount(), 0);
    });

    it("tells its time to live and counts hits, misses and stale answers", async (t) => {
      const cache = await open(t, hourAndDay);
      t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
      await cache.getOrLoad("article", "Tokyo", async () => "text");
      await cache.getOrLoad("article", "Tokyo", unavailable);
      await cache.getOrLoad("article", "Tokyo", unavailable);
      t.mock.timers.setTime(Date.now() + 2 * 3_600_000);
      await cache.getOrLoad("article", "Tokyo", unavailable);

      const { ttlSeconds, hits, misses, stale, hitRate, items } = await cache.stats();

      assert.deepEqual(
        { ttlSeconds, hits, misses, stale, hitRate, items },
        { ttlSeconds: 3_600, hits: 2, misses: 1, stale: 1, hitRate: 0.75, items: 1 },
      );
    });

    it("counts a miss for everyone who waited for a load that failed", async (t) => {
      const cache = await open(t, hourAndDay);
      await Promise.allSettled([
        cache.getOrLoad("article", "Tokyo", unavailable),
        cache.getOrLoad("article", "Tokyo", unavailable),
        cache.getOrLoad("article", "Kyoto", unavailable),
      ]);

      const { hits, misses, stale, hitRate } = await cache.stats();

      assert.deepEqual({ hits, misses, stale, hitRate }, { hits: 0, misses: 3, stale: 0, hitRate: 0 });
    });

    it("does not count a caller that left before there was an outcome", async (t) => {
      const cache = await open(t, hourAndDay);
      const leaving = new AbortController();
      const gone = cache.getOrLoad("article", "Tokyo", () => new Promise(() => {}), { signal: leaving.signal });
      leaving.abort();
      await assert.rejects(gone, { kind: "cancelled" });

      const { hits, misses, stale } = await cache.stats();

      assert.deepEqual({ hits, misses, stale }, { hits: 0, misses: 0, stale: 0 });
    });

    it("has no hit rate before the first lookup", async (t) => {
      const cache = await open(t, hourAndDay);

      const { hitRate, items } = await cache.stats();

      assert.deepEqual({ hitRate, items }, { hitRate: null, items: 0 });
    });
  });
}

function aMinute(): number {
  return 60;
}

/** Fails as what does not answer does: late. */
function hanging(t: TestContext): () => Promise<string> {
  return async () => {
    t.mock.timers.setTime(Date.now() + 10_000);
    throw new Failure("wiki-unavailable", "no answer");
  };
}

async function unavailable(): Promise<never> {
  throw new Failure("wiki-unavailable", "down");
}
