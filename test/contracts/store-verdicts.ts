import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Store, UsageFigures } from "../../src/core/exchange.ts";
import { answerOf, askAndAnswer } from "./store-samples.ts";

/** What every Store must do with people's verdicts. */
export function verdictContract(name: string, open: (t: TestContext) => Promise<Store>): void {
  test(`${name} counts one verdict of each person on each answer`, async (t) => {
    const store = await open(t);
    const first = await answered(store, "m1");
    const second = await answered(store, "m2");

    const isKnown = await store.judge(first, "slack:U1", "good");
    await store.judge(first, "slack:U1", "good");
    await store.judge(first, "slack:U2", "good");
    await store.judge(second, "slack:U1", "bad");

    assert.equal(isKnown, true);
    assert.deepEqual(await verdicts(store), { good: 2, bad: 1 });
  });

  test(`${name} counts a person who changes sides on the new one`, async (t) => {
    const store = await open(t);
    const id = await answered(store, "m1");

    await store.judge(id, "slack:U1", "good");
    await store.judge(id, "slack:U1", "bad");
    const bad = await verdicts(store);
    await store.judge(id, "slack:U1", "good");

    assert.deepEqual(bad, { good: 0, bad: 1 });
    assert.deepEqual(await verdicts(store), { good: 1, bad: 0 });
  });

  test(`${name} takes a verdict back, once`, async (t) => {
    const store = await open(t);
    const id = await answered(store, "m1");
    await store.judge(id, "slack:U1", "bad");
    await store.judge(id, "slack:U2", "bad");

    const isKnown = await store.judge(id, "slack:U1", undefined);
    await store.judge(id, "slack:U1", undefined);
    await store.judge(id, "slack:U3", undefined);
    const left = await verdicts(store);
    await store.judge(id, "slack:U1", "good");

    assert.equal(isKnown, true);
    assert.deepEqual(left, { good: 0, bad: 1 });
    assert.deepEqual(await verdicts(store), { good: 1, bad: 1 });
  });

  test(`${name} counts simultaneous verdicts of many, some of them given twice`, async (t) => {
    const store = await open(t);
    const id = await answered(store, "m1");
    const people = ["U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8"];

    await Promise.all([...people, ...people].map((person) => store.judge(id, `slack:${person}`, "good")));
    await Promise.all([...people, ...people].map((person) => store.judge(id, `slack:${person}`, "bad")));

    assert.deepEqual(await verdicts(store), { good: 0, bad: 8 });
  });

  test(`${name} has no verdict on what it does not know`, async (t) => {
    const store = await open(t);
    const id = await answered(store, "m1");
    await store.forget(id);

    assert.equal(await store.judge(id, "slack:U1", "good"), false);
    assert.equal(await store.judge(id, "slack:U1", undefined), false);
    assert.equal(await store.judge("no id of ours", "slack:U1", "good"), false);
    assert.deepEqual(await verdicts(store), { good: 0, bad: 0 });
  });

  test(`${name} counts verdicts on every answer that a question had`, async (t) => {
    const store = await open(t);
    const id = await answered(store, "m1");
    await store.judge(id, "slack:U1", "bad");

    await store.revise(id, {});
    await store.judge(id, "slack:U1", undefined);
    await store.judge(id, "slack:U1", "good");
    await store.erase("slack:T1:C1:1.0");

    assert.deepEqual(await verdicts(store), { good: 1, bad: 1 });
  });
}

async function answered(store: Store, id: string): Promise<string> {
  return (await askAndAnswer(store, { id, receivedAt: new Date() }, answerOf("Yes."))).id;
}

async function verdicts(store: Store): Promise<UsageFigures["verdicts"]> {
  return (await store.usage(2)).verdicts;
}
