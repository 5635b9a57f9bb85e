import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inOrder } from "../../src/platforms/in-order.ts";

describe("steps in order", () => {
  it("begin when the step before of the same key is done", async () => {
    const steps = inOrder();
    const first = Promise.withResolvers<void>();
    const said: string[] = [];

    const done = [
      steps("a", async () => {
        await first.promise;
        said.push("first of a");
      }),
      steps("a", async () => void said.push("second of a")),
      steps("b", async () => void said.push("first of b")),
    ];
    await done[2];
    first.resolve();
    await Promise.all(done);

    assert.deepEqual(said, ["first of b", "first of a", "second of a"]);
  });

  it("fail by themselves", async () => {
    const steps = inOrder();
    const failure = new Error("not now");
    const said: string[] = [];

    const failed = steps("a", () => Promise.reject(failure));
    const next = steps("a", async () => void said.push("second"));

    await assert.rejects(failed, failure);
    await next;
    assert.deepEqual(said, ["second"]);
  });
});
