import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { HISTORY_TURNS, type Store } from "../../src/core/exchange.ts";
import { apology } from "../../src/core/failure.ts";
import { answerOf, askAndAnswer, fullAnswer, question } from "./store-samples.ts";

/** What every Store must do with exchanges from their beginning to their end. */
export function exchangeContract(name: string, open: (t: TestContext) => Promise<Store>): void {
  test(`${name} marks an exchange running and counts its attempts`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());

    const first = await store.begin(exchange);
    const second = await store.begin(exchange);

    assert.deepEqual(first, { state: "running", attempts: 1, isWithdrawn: false });
    assert.deepEqual(second, { state: "running", attempts: 2, isWithdrawn: false });
    assert.deepEqual(await store.exchange(exchange.id), { ...exchange, state: "running", attempts: 2 });
  });

  test(`${name} gives back a stored answer whole`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    await store.begin(exchange);

    await store.answer(exchange, fullAnswer);

    const stored = await store.exchange(exchange.id);
    assert.equal(stored?.state, "answered");
    assert.deepEqual(stored?.answer, fullAnswer);
    assert.ok(stored?.finishedAt instanceof Date);
  });

  test(`${name} keeps the first answer`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    const isFirstKept = await store.answer(exchange, answerOf("The first."));

    const isSecondKept = await store.answer(exchange, answerOf("The second."));

    const stored = await store.exchange(exchange.id);
    assert.equal(stored?.state, "answered");
    assert.deepEqual([isFirstKept, isSecondKept], [true, false]);
    assert.equal(stored?.answer?.sentences[0]?.text, "The first.");
    assert.equal((await store.messages(exchange.thread, { limit: 10 }))?.items.length, 2);
  });

  test(`${name} keeps a reply's progress until it is delivered`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    await store.begin(exchange);

    await store.progress(exchange.id, { messages: ["1.1"], upTo: 2 });
    const running = await store.exchange(exchange.id);
    await store.answer(exchange, answerOf("Yes."));
    await store.delivered(exchange, { messages: ["1.1", "1.2"] });
    await store.delivered(exchange, { messages: ["1.1", "1.2"] });

    const delivered = await store.exchange(exchange.id);
    assert.deepEqual(running?.progress, { messages: ["1.1"], upTo: 2 });
    assert.equal(delivered?.state, "delivered");
    assert.deepEqual(delivered?.progress, { messages: ["1.1", "1.2"] });
    assert.equal((await store.stats()).exchanges.delivered, 1);
  });

  test(`${name} keeps a failure with its apology`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    await store.begin(exchange);

    await store.fail(exchange, "wiki-unavailable");
    await store.fail(exchange, "bug");
    await store.answer(exchange, answerOf("Too late."));

    const failed = await store.exchange(exchange.id);
    const page = await store.messages(exchange.thread, { limit: 10 });
    assert.equal(failed?.state, "failed");
    assert.equal(failed?.failure, "wiki-unavailable");
    assert.ok(failed?.finishedAt instanceof Date);
    assert.equal(failed?.answer, undefined);
    assert.deepEqual(
      page?.items.map(({ role, text, failure }) => [role, text, failure]),
      [
        ["user", "What is mercury?", undefined],
        ["assistant", apology("wiki-unavailable"), "wiki-unavailable"],
      ],
    );
  });

  test(`${name} begins nothing that is delivered or failed, and leaves an answered exchange as it is`, async (t) => {
    const store = await open(t);
    const delivered = await askAndAnswer(store, { id: "m1" }, answerOf("1."));
    await store.delivered(delivered, {});
    const failed = (await store.receive(question({ id: "m2" }))).exchange;
    await store.fail(failed, "bug");
    const answered = await askAndAnswer(store, { id: "m3" }, answerOf("3."));
    const before = await store.exchange(answered.id);

    const begun = [await store.begin(delivered), await store.begin(failed), await store.begin(answered)];

    assert.deepEqual(begun, [undefined, undefined, { state: "answered", attempts: 1, isWithdrawn: false }]);
    assert.deepEqual(await store.exchange(answered.id), before);
    assert.deepEqual((await store.stats()).exchanges, {
      received: 0,
      running: 0,
      answered: 1,
      delivered: 1,
      failed: 1,
    });
  });

  test(`${name} can fail an answered exchange, which keeps its answer, but no delivered one`, async (t) => {
    const store = await open(t);
    const answered = (await store.receive(question({ id: "m1" }))).exchange;
    const delivered = (await store.receive(question({ id: "m2" }))).exchange;
    await store.answer(answered, answerOf("One."));
    await store.answer(delivered, answerOf("Two."));
    await store.delivered(delivered, {});

    await store.fail(answered, "delivery-failed");
    await store.fail(delivered, "delivery-failed");

    const failed = await store.exchange(answered.id);
    assert.equal(failed?.state, "failed");
    assert.equal(failed?.answer?.sentences[0]?.text, "One.");
    assert.equal((await store.exchange(delivered.id))?.state, "delivered");
    const page = await store.messages(answered.thread, { limit: 10 });
    assert.deepEqual(
      page?.items.map(({ failure }) => failure),
      [undefined, undefined, undefined, undefined],
    );
  });

  test(`${name} names a thread's unfinished exchanges in the order of their questions`, async (t) => {
    const store = await open(t);
    const first = (await store.receive(question({ id: "m1" }))).exchange;
    const second = (await store.receive(question({ id: "m2" }))).exchange;
    await store.receive(question({ id: "m3", thread: "slack:T1:C1:2.0" }));

    const before = await store.nextUnfinished(first.thread);
    await store.answer(first, fullAnswer);
    const answered = await store.nextUnfinished(first.thread);
    await store.delivered(first, {});
    const after = await store.nextUnfinished(first.thread);
    await store.fail(second, "bug");
    const none = await store.nextUnfinished(first.thread);

    assert.deepEqual(before, { ...first, history: [] });
    assert.deepEqual([answered?.id, answered?.answer], [first.id, fullAnswer]);
    assert.deepEqual([after?.id, none], [second.id, undefined]);
  });

  test(`${name} tells a thread's answered turns before an exchange, oldest first`, async (t) => {
    const store = await open(t);
    await store.delivered(await askAndAnswer(store, { id: "m1", text: "One?" }, fullAnswer), {});
    const failed = await store.receive(question({ id: "m2", text: "Two?" }));
    await store.fail(failed.exchange, "bug");
    await store.delivered(await askAndAnswer(store, { id: "m3", text: "Three?" }, answerOf("3.")), {});
    await askAndAnswer(store, { id: "m4", text: "Elsewhere?", thread: "slack:T1:C1:2.0" }, answerOf("4."));
    const now = (await store.receive(question({ id: "m5" }))).exchange;
    await askAndAnswer(store, { id: "m6", text: "Later?" }, answerOf("6."));

    const next = await store.nextUnfinished(now.thread);

    assert.equal(next?.id, now.id);
    assert.deepEqual(next?.history, [
      {
        question: "One?",
        answer: "Mercury is a planet.\n\nIt is hot. Some say so.",
        subjects: ["Mercury (planet)", "Ångström"],
      },
      { question: "Three?", answer: "3.", subjects: [] },
    ]);
  });

  test(`${name} tells no more of a long thread than its latest turns`, async (t) => {
    const store = await open(t);
    for (let n = 1; n <= HISTORY_TURNS + 2; n += 1) {
      await store.delivered(await askAndAnswer(store, { id: `m${n}`, text: `${n}?` }, answerOf(`${n}.`)), {});
    }
    const now = (await store.receive(question({ id: "now" }))).exchange;

    const next = await store.nextUnfinished(now.thread);

    assert.equal(next?.history.length, HISTORY_TURNS);
    assert.deepEqual([next?.history[0]?.question, next?.history.at(-1)?.question], ["3?", "22?"]);
  });
}
