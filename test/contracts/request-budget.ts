import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { describe, it, type TestContext } from "node:test";
import { Failure } from "../../src/core/failure.ts";
import type { RequestBudget } from "../../src/core/wiki.ts";

export interface BudgetLimits {
  readonly perMinute: number;
  readonly concurrent: number;
  /** Milliseconds an `acquire` waits at the most. */
  readonly maxWaitMs: number;
}

/** What every request budget does. `open` gives one of which nothing is spent, and registers its end with `t.after`. */
export function describeRequestBudget(
  name: string,
  open: (t: TestContext, limits: BudgetLimits) => RequestBudget | Promise<RequestBudget>,
  { skip = false }: { readonly skip?: string | false } = {},
): void {
  const plenty: BudgetLimits = { perMinute: 100, concurrent: 3, maxWaitMs: 10_000 };

  describe(`${name} as a request budget`, { skip }, () => {
    it("grants as many permits at once as may be in flight", async (t) => {
      const budget = await open(t, plenty);

      await Promise.all([budget.acquire(), budget.acquire(), budget.acquire()]);

      assert.deepEqual(await budget.figures(), { perMinute: 100, left: 97, inFlight: 3, pausedForMs: 0 });
    });

    it("lets the next request wait until a permit is released", async (t) => {
      const budget = await open(t, { ...plenty, concurrent: 1 });
      const order: string[] = [];
      const first = await budget.acquire();

      const second = budget.acquire().then(() => order.push("granted"));
      await budget.figures();
      order.push("released");
      first.release();
      await second;

      assert.deepEqual(order, ["released", "granted"]);
    });

    it("takes a permit back once, however often it is released", async (t) => {
      const budget = await open(t, { ...plenty, concurrent: 2 });
      const [first] = await Promise.all([budget.acquire(), budget.acquire()]);

      first.release();
      first.release();
      await budget.acquire();

      assert.equal((await budget.figures()).inFlight, 2);
    });

    it("serves those who wait in the order of their coming", async (t) => {
      const budget = await open(t, { ...plenty, concurrent: 1 });
      const order: number[] = [];
      const holder = await budget.acquire();

      const waiting = [1, 2, 3].map(async (n) => {
        const permit = await budget.acquire();
        order.push(n);
        permit.release();
      });
      holder.release();
      await Promise.all(waiting);

      assert.deepEqual(order, [1, 2, 3]);
    });

    it("refuses at once when the minute is spent for longer than anyone may wait, and tells when to come again", async (t) => {
      const budget = await open(t, { ...plenty, perMinute: 2 });
      (await budget.acquire()).release();
      (await budget.acquire()).release();

      const refusal = await failureOf(budget.acquire());

      assert.equal(refusal.kind, "over-budget");
      assert.ok(refusal.retryAfterMs! > 50_000 && refusal.retryAfterMs! <= 60_000);
      assert.equal((await budget.figures()).left, 0);
    });

    it("refuses when no permit is released in time", async (t) => {
      const budget = await open(t, { ...plenty, concurrent: 1, maxWaitMs: 50 });
      await budget.acquire();

      const refusal = await failureOf(budget.acquire());

      assert.equal(refusal.kind, "over-budget");
      assert.ok(refusal.retryAfterMs! > 0);
    });

    it("spends nothing on a refused request", async (t) => {
      const budget = await open(t, { ...plenty, concurrent: 1, maxWaitMs: 50 });
      await budget.acquire();
      await failureOf(budget.acquire());

      const figures = await budget.figures();

      assert.deepEqual([figures.left, figures.inFlight], [99, 1]);
    });

    it("sends nobody off before a pause is over", async (t) => {
      const budget = await open(t, plenty);
      const begun = performance.now();
      await budget.pause(150);

      const permit = await budget.acquire();

      // Timers and clocks of two processes round differently.
      assert.ok(performance.now() - begun >= 145);
      permit.release();
    });

    it("refuses at once during a pause longer than anyone may wait", async (t) => {
      const budget = await open(t, plenty);
      await budget.pause(60_000);

      const refusal = await failureOf(budget.acquire());

      assert.equal(refusal.kind, "over-budget");
      assert.ok(refusal.retryAfterMs! > 50_000 && refusal.retryAfterMs! <= 60_000);
    });

    it("keeps the longer of two pauses", async (t) => {
      const budget = await open(t, plenty);
      await budget.pause(60_000);
      await budget.pause(10);

      const { pausedForMs } = await budget.figures();

      assert.ok(pausedForMs > 50_000 && pausedForMs <= 60_000);
    });

    it("stops those who already wait when a pause begins", async (t) => {
      const budget = await open(t, { ...plenty, concurrent: 1 });
      const holder = await budget.acquire();

      const waiting = failureOf(budget.acquire());
      await budget.pause(60_000);
      holder.release();

      assert.equal((await waiting).kind, "over-budget");
    });

    it("rejects a waiting request as cancelled as soon as its signal aborts", async (t) => {
      const budget = await open(t, { ...plenty, concurrent: 1 });
      const controller = new AbortController();
      await budget.acquire();

      const waiting = failureOf(budget.acquire(controller.signal));
      await budget.figures();
      controller.abort();

      assert.equal((await waiting).kind, "cancelled");
    });

    it("rejects with the failure that the signal gives as its reason", async (t) => {
      const budget = await open(t, { ...plenty, concurrent: 1 });
      const reason = new Failure("deadline", "out of time");
      await budget.acquire();

      const refusal = await failureOf(budget.acquire(AbortSignal.abort(reason)));

      assert.equal(refusal, reason);
    });

    it("passes the turn of a cancelled request on to the next", async (t) => {
      const budget = await open(t, { ...plenty, concurrent: 1 });
      const controller = new AbortController();
      const holder = await budget.acquire();

      const cancelled = failureOf(budget.acquire(controller.signal));
      const next = budget.acquire();
      controller.abort();
      holder.release();
      await cancelled;

      assert.ok(await Promise.race([next, delay(5_000, false, { ref: false })]));
    });
  });
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const thrown = await promise.then(
    () => assert.fail("was not refused"),
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof Failure);
  return thrown;
}
