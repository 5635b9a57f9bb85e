import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Store } from "../../src/core/exchange.ts";
import { answerOf, askAndAnswer, at, fullAnswer, question } from "./store-samples.ts";

/** What every Store must do for whoever looks back at conversations. */
export function conversationContract(name: string, open: (t: TestContext) => Promise<Store>): void {
  test(`${name} lists conversations by page, latest activity first`, async (t) => {
    const store = await open(t);
    await store.receive(question({ id: "a", thread: "slack:T:C:1", text: "First\n  question?", receivedAt: at(1) }));
    await store.receive(question({ id: "b", thread: "discord:1:2", text: "Second?", receivedAt: at(2) }));
    await store.receive(question({ id: "c", thread: "http:x", text: "Third?", receivedAt: at(2) }));
    await store.receive(question({ id: "d", thread: "slack:T:C:1", text: "More?", receivedAt: at(3) }));

    const first = await store.conversations({ limit: 2 });
    const second = await store.conversations({ limit: 2, cursor: first.nextCursor! });

    assert.deepEqual(first.items, [
      {
        thread: "slack:T:C:1",
        title: "First question?",
        platform: "slack",
        messages: 2,
        createdAt: at(1),
        lastActivityAt: at(3),
      },
      {
        thread: "http:x",
        title: "Third?",
        platform: "http",
        messages: 1,
        createdAt: at(2),
        lastActivityAt: at(2),
      },
    ]);
    assert.deepEqual(
      second.items.map(({ thread }) => thread),
      ["discord:1:2"],
    );
    assert.equal(second.nextCursor, undefined);
  });

  test(`${name} gives a thread's messages by page, oldest first, with their citations`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question({ id: "m1", text: "One?" }));
    await store.answer(exchange, fullAnswer);
    await store.receive(question({ id: "m2", text: "Two?" }));

    const first = await store.messages(exchange.thread, { limit: 2 });
    const second = await store.messages(exchange.thread, { limit: 2, cursor: first!.nextCursor! });

    assert.deepEqual(
      first?.items.map(({ role, text, exchangeId, citations }) => ({ role, text, exchangeId, citations })),
      [
        { role: "user", text: "One?", exchangeId: exchange.id, citations: [] },
        {
          role: "assistant",
          text: "Mercury is a planet. [1][2]\n\nIt is hot. [2] Some say so. (not in the sources)",
          exchangeId: exchange.id,
          citations: fullAnswer.citations,
        },
      ],
    );
    assert.deepEqual(first?.items[0]?.createdAt, exchange.receivedAt);
    assert.deepEqual(
      second?.items.map(({ text }) => text),
      ["Two?"],
    );
    assert.equal(second?.nextCursor, undefined);
  });

  test(`${name} tells of an answer's message how the answer was had`, async (t) => {
    const store = await open(t);
    const receivedAt = new Date();
    const { thread } = await askAndAnswer(store, { id: "m1", receivedAt }, fullAnswer);
    await askAndAnswer(store, { id: "m2", receivedAt }, answerOf("Whole."));

    const page = await store.messages(thread, { limit: 4 });

    const [asked, limited, , whole] = page!.items;
    assert.equal(asked?.record, undefined);
    assert.deepEqual(limited?.record, {
      outcome: "answered",
      suggestions: ["Mercury (element)", "Mercury, “the god”"],
      limit: "rounds",
      model: "gpt-x",
      cache: "stale",
      elapsedMs: limited!.createdAt.getTime() - receivedAt.getTime(),
    });
    assert.equal(whole?.record && "limit" in whole.record, false);
  });

  test(`${name} refuses a cursor it did not make`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());

    await assert.rejects(store.conversations({ limit: 2, cursor: "e30" }), { kind: "invalid-input" });
    await assert.rejects(store.messages(exchange.thread, { limit: 2, cursor: "'; --" }), { kind: "invalid-input" });
  });

  test(`${name} erases a conversation with all that belongs to it`, async (t) => {
    const store = await open(t);
    const gone = await askAndAnswer(store, { id: "m1" }, fullAnswer);
    const kept = await askAndAnswer(store, { id: "m2", thread: "slack:T1:C1:2.0" }, answerOf("Kept."));

    const erased = await store.erase(gone.thread);

    const stats = await store.stats();
    assert.equal(erased, true);
    assert.equal(await store.exchange(gone.id), undefined);
    assert.equal(await store.begin(gone), undefined);
    assert.equal(await store.messages(gone.thread, { limit: 5 }), undefined);
    assert.equal((await store.exchange(kept.id))?.state, "answered");
    assert.deepEqual(
      [stats.conversations, stats.messages, stats.exchanges.answered, stats.citations],
      [1, { user: 1, assistant: 1 }, 1, 0],
    );
  });

  test(`${name} erases conversations in which nothing was said for long, the oldest first`, async (t) => {
    const store = await open(t);
    const said = async (n: number) =>
      (await store.receive(question({ id: `m${n}`, thread: `slack:T1:C1:${n}`, receivedAt: at(n) }))).exchange.thread;
    const [first, second, third] = [await said(1), await said(2), await said(3)];
    await store.receive(question({ id: "m4", thread: first, receivedAt: at(4) }));

    const counts = [
      await store.eraseQuiet(at(4), 1),
      await store.eraseQuiet(at(4), 10),
      await store.eraseQuiet(at(4), 10),
    ];

    const left = (await store.conversations({ limit: 10 })).items.map(({ thread }) => thread);
    assert.deepEqual(counts, [1, 1, 0]);
    assert.deepEqual(left, [first]);
    assert.deepEqual(
      [await store.messages(second, { limit: 1 }), await store.messages(third, { limit: 1 })],
      [undefined, undefined],
    );
    assert.equal((await store.stats()).messages.user, 2);
  });

  test(`${name} takes no harm when an erased exchange is changed`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    await store.erase(exchange.thread);

    await store.answer(exchange, fullAnswer);
    await store.progress(exchange.id, { upTo: 1 });
    await store.delivered(exchange, {});
    await store.fail(exchange, "bug");

    assert.equal(await store.nextUnfinished(exchange.thread), undefined);
    assert.equal((await store.stats()).messages.assistant, 0);
  });
}
