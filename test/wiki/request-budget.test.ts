import assert from "node:assert/strict";
import { it, type TestContext } from "node:test";
import { createRequestBudget } from "../../src/wiki/request-budget.ts";
import { describeRequestBudget } from "../contracts/request-budget.ts";

describeRequestBudget("the budget of one process", (_t, { perMinute, concurrent, maxWaitMs }) =>
  createRequestBudget({ perMinute, concurrent, maxWaitMs }),
);

it("a request waits for the minute to pass when that is soon enough", async (t) => {
  startClock(t);
  const budget = createRequestBudget({ perMinute: 1 });
  (await budget.acquire()).release();
  t.mock.timers.tick(55_000);

  const waiting = budget.acquire();
  t.mock.timers.tick(5_000);
  await waiting;

  assert.deepEqual(await budget.figures(), { perMinute: 1, left: 0, inFlight: 1, pausedForMs: 0 });
});

it("a request that could go in time, but for those before it, is refused at once", async (t) => {
  startClock(t);
  const budget = createRequestBudget({ perMinute: 1 });
  (await budget.acquire()).release();
  t.mock.timers.tick(55_000);

  const first = budget.acquire();
  const second = budget.acquire();

  await assert.rejects(second, { kind: "over-budget", retryAfterMs: 65_000 });
  t.mock.timers.tick(5_000);
  (await first).release();
});

it("a clock that is set back refuses nobody", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const budget = createRequestBudget({ perMinute: 1 });
  await budget.pause(1);
  t.mock.timers.setTime(Date.now() - 3_600_000);

  const permit = await budget.acquire();

  permit.release();
});

it("no timer is left when nobody waits", async () => {
  const budget = createRequestBudget({ perMinute: 10 });

  (await budget.acquire()).release();

  assert.equal(process.getActiveResourcesInfo().includes("Timeout"), false);
});

/** Time that passes only when the test says so, also for what measures it by `performance`. */
function startClock(t: TestContext): void {
  t.mock.timers.enable({ apis: ["Date", "setTimeout"] });
  t.mock.method(performance, "now", () => Date.now());
}
