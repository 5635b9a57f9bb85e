import assert from "node:assert/strict";
import { test } from "node:test";
import { createVirtualClock } from "./virtual-clock.ts";

test("time that is let pass rings what falls due in it, in order and at its moment", async () => {
  const clock = createVirtualClock();
  const start = clock.now();
  const rung: string[] = [];
  clock.after(2000, () => rung.push("late"));
  clock.after(1000, () => clock.after(500, () => rung.push("set meanwhile")));
  const callOff = clock.after(1500, () => rung.push("called off"));
  callOff();

  await clock.advance(3000);

  assert.deepEqual(rung, ["set meanwhile", "late"]);
  assert.equal(clock.now() - start >= 3000, true);
  clock.stop();
});

test("a fast clock lets minutes pass in milliseconds", () => {
  const clock = createVirtualClock(10_000);

  assert.equal(clock.toReal(60_000), 6);
  clock.stop();
});
