import assert from "node:assert/strict";
import { type TestContext, it } from "node:test";
import { openCache } from "../../src/cache/open-cache.ts";
import type { RequestBudget } from "../../src/core/wiki.ts";
import { type BudgetLimits, describeRequestBudget } from "../contracts/request-budget.ts";
import { openRedis, startRedis, withoutRedis, withoutRedisServer } from "../support/redis.ts";
import { LogDouble } from "./log-double.ts";

const limits: BudgetLimits = { perMinute: 100, concurrent: 3, maxWaitMs: 10_000 };

describeRequestBudget("a budget in Redis", async (t, given) => replica(t, await openRedis(t), { given }), {
  skip: withoutRedis,
});

it("replicas share what may be in flight", { skip: withoutRedis }, async (t) => {
  const url = await openRedis(t);
  const [one, other] = [replica(t, url), replica(t, url)];
  const order: string[] = [];
  const permit = await one.acquire();
  await Promise.all([one.acquire(), other.acquire()]);

  const fourth = other.acquire().then(() => order.push("granted"));
  await other.figures();
  order.push("released");
  permit.release();
  await fourth;

  assert.deepEqual(order, ["released", "granted"]);
});

it("replicas share what may be sent in a minute", { skip: withoutRedis }, async (t) => {
  const url = await openRedis(t);
  const [one, other] = [
    replica(t, url, { given: { ...limits, perMinute: 2 } }),
    replica(t, url, { given: { ...limits, perMinute: 2 } }),
  ];
  (await one.acquire()).release();
  (await other.acquire()).release();

  const refused = one.acquire();

  await assert.rejects(refused, { kind: "over-budget" });
});

it("a pause holds for every replica", { skip: withoutRedis }, async (t) => {
  const url = await openRedis(t);
  const [one, other] = [replica(t, url), replica(t, url)];

  await one.pause(60_000);

  await assert.rejects(other.acquire(), { kind: "over-budget" });
});

it("budgets of different wikis share a Redis and nothing else", { skip: withoutRedis }, async (t) => {
  const url = await openRedis(t);
  const [one, other] = [replica(t, url, { scope: "wikimedia" }), replica(t, url, { scope: "wiki.example" })];
  await one.acquire();
  await one.pause(60_000);

  await other.acquire();

  assert.deepEqual(await other.figures(), { perMinute: 100, left: 99, inFlight: 1, pausedForMs: 0 });
});

it("a permit of a replica that died comes back when its lease ends", { skip: withoutRedisServer }, async (t) => {
  const redis = await startRedis(t);
  const [dying, living] = [
    replica(t, redis.url, { given: { ...limits, concurrent: 1 } }),
    replica(t, redis.url, { given: { ...limits, concurrent: 1 } }),
  ];
  await dying.acquire();

  const [leases] = await redis.client.keys("footnote:budget:*:leases");
  const [lease, end] = await redis.client.zrange(leases!, 0, 0, "WITHSCORES");
  await redis.client.zadd(leases!, Number(end) - 30_000, lease!);
  await living.acquire();

  assert.equal((await living.figures()).inFlight, 1);
});

it(
  "nothing of the budget is kept among the cached entries, and nothing for ever",
  { skip: withoutRedisServer },
  async (t) => {
    const redis = await startRedis(t);
    const budget = replica(t, redis.url);
    await budget.acquire();
    await budget.pause(5_000);

    const keys = await redis.client.keys("*budget*");
    const lifetimes = await Promise.all(keys.map((key) => redis.client.pttl(key)));

    assert.deepEqual(keys.map((key) => key.replace(/[0-9a-f]{16}/, "…")).toSorted(), [
      "footnote:budget:…:leases",
      "footnote:budget:…:pause",
      "footnote:budget:…:sent",
    ]);
    assert.ok(lifetimes.every((milliseconds) => milliseconds > 0 && milliseconds <= 60_000));
  },
);

it("a replica goes on with its own budget when Redis goes away", { skip: withoutRedisServer }, async (t) => {
  const redis = await startRedis(t);
  const fallback = new FallbackDouble();
  const budget = replica(t, redis.url, { fallback });
  const before = await budget.acquire();

  await redis.kill();
  const after = await budget.acquire();
  before.release();
  after.release();

  assert.deepEqual(fallback.calls, ["acquire", "acquire", "release", "release"]);
});

it("a replica goes on with its own budget while Redis hangs", { skip: withoutRedisServer }, async (t) => {
  const redis = await startRedis(t);
  const fallback = new FallbackDouble();
  const budget = replica(t, redis.url, { fallback, patienceMs: 100 });
  await budget.acquire();

  redis.freeze();
  await budget.acquire();
  await budget.pause(10);

  assert.deepEqual(fallback.calls, ["acquire", "acquire", "pause"]);
});

it("a replica that is refused by its own budget gives its lease back", { skip: withoutRedis }, async (t) => {
  const url = await openRedis(t);
  const fallback = new FallbackDouble();
  const budget = replica(t, url, { fallback });
  fallback.refusal = new Error("refused");

  await assert.rejects(budget.acquire(), fallback.refusal);

  assert.deepEqual(await budget.figures(), { perMinute: 100, left: 100, inFlight: 0, pausedForMs: 0 });
});

it("without Redis the budget of the process is all there is", (t) => {
  const cache = openCache({ ttlSeconds: 3_600, log: new LogDouble() });
  t.after(() => cache.close());
  const fallback = new FallbackDouble();

  const budget = cache.shareBudget(fallback, { scope: "wiki.example", ...limits });

  assert.equal(budget, fallback);
});

interface ReplicaOptions {
  readonly scope?: string;
  readonly given?: BudgetLimits;
  readonly fallback?: RequestBudget;
  readonly patienceMs?: number;
}

function replica(
  t: TestContext,
  url: string,
  { scope = "wiki.example", given = limits, fallback = new FallbackDouble(), patienceMs = 10_000 }: ReplicaOptions = {},
): RequestBudget {
  const cache = openCache({ redis: { url }, patienceMs, ttlSeconds: 3_600, log: new LogDouble() });
  t.after(() => cache.close());
  return cache.shareBudget(fallback, { scope, ...given });
}

/** Grants everything, and keeps account of what it is asked. */
class FallbackDouble implements RequestBudget {
  readonly calls: string[] = [];
  refusal: Error | undefined;

  async acquire() {
    this.calls.push("acquire");
    if (this.refusal) throw this.refusal;
    return { release: () => void this.calls.push("release") };
  }

  async pause() {
    this.calls.push("pause");
  }

  async figures() {
    return { perMinute: 0, left: 0, inFlight: 0, pausedForMs: 0 };
  }
}
