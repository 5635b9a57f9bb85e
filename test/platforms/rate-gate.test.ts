import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RateGate } from "../../src/platforms/rate-gate.ts";

const LIMITED = { retryAfterMs: 5 };

/** An attempt with these results, that notes when it was made. */
function attempts(name: string, made: string[], results: readonly object[]): () => Promise<{ readonly name: string }> {
  const left = [...results];
  return async () => {
    made.push(name);
    return { name, ...left.shift() };
  };
}

describe("a limit of calls", () => {
  test("lets calls go at the same time until it is reached", async () => {
    const gate = new RateGate();
    const { promise, resolve } = Promise.withResolvers<object>();

    const slow = gate.pass("a", () => promise);
    await gate.pass("a", async () => ({ ok: true }));
    resolve({ ok: true });

    assert.deepEqual(await slow, { ok: true });
    assert.equal(gate.isClosed("a"), false);
  });

  test("once reached, lets them go one by one in the order they came", async () => {
    const gate = new RateGate();
    const made: string[] = [];
    gate.close("a", 5);

    await Promise.all([
      gate.pass("a", attempts("first", made, [LIMITED, LIMITED])),
      gate.pass("a", attempts("second", made, [LIMITED])),
      gate.pass("a", attempts("third", made, [])),
    ]);

    assert.deepEqual(made, ["first", "first", "first", "second", "second", "third"]);
    assert.equal(gate.isClosed("a"), false);
  });

  test("holds nobody else", async () => {
    const gate = new RateGate();
    gate.close("a", 60_000);

    assert.deepEqual(await gate.pass("b", async () => ({ ok: true })), { ok: true });
    assert.equal(gate.isClosed("a"), true);
  });

  test("is left by whoever is told to stop, and the next has its turn", async () => {
    const gate = new RateGate();
    const stopping = new AbortController();
    gate.close("a", 20);
    const stopped = gate.pass("a", async () => ({ ok: true }), stopping.signal);
    const next = gate.pass("a", async () => ({ ok: true }));

    stopping.abort(new Error("stopping"));

    await assert.rejects(stopped, { name: "AbortError" });
    assert.deepEqual(await next, { ok: true });
  });
});
