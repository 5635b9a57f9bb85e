import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { ExchangeEvent, Store } from "../../src/core/exchange.ts";
import { apology, Failure } from "../../src/core/failure.ts";
import { endingContract } from "./store-endings.ts";
import { forgottenContract } from "./store-forgotten.ts";
import { revisionContract } from "./store-revisions.ts";
import { answerOf, askAndAnswer, at, fullAnswer, listen, question } from "./store-samples.ts";
import { settingsContract } from "./store-settings.ts";
import { verdictContract } from "./store-verdicts.ts";

/** What every Store must do. @param open gives an empty store, and closes it after the test */
export function storeContract(name: string, open: (t: TestContext) => Promise<Store>): void {
  test(`${name} keeps a message as a received exchange`, async (t) => {
    const store = await open(t);

    const { exchange, isNew } = await store.receive(question({ text: "What is **mercury**?" }));

    assert.equal(isNew, true);
    assert.deepEqual(exchange, {
      id: exchange.id,
      messageId: "m1",
      thread: "slack:T1:C1:1.0",
      author: { id: "slack:U1", name: "Ada" },
      question: "What is **mercury**?",
      state: "received",
      revision: 0,
      attempts: 0,
      isWithdrawn: false,
      replyTo: { channel: "C1", ts: "1.0", direct: false, parent: null, n: 7 },
      receivedAt: new Date("2026-11-01T10:00:00.123Z"),
    });
    assert.deepEqual(await store.exchange(exchange.id), exchange);
  });

  test(`${name} gives a redelivered message its earlier exchange`, async (t) => {
    const store = await open(t);
    const first = await store.receive(question());

    const again = await store.receive(question({ text: "edited since" }));

    assert.equal(again.isNew, false);
    assert.deepEqual(again.exchange, first.exchange);
    assert.equal((await store.stats()).messages.user, 1);
  });

  test(`${name} makes one exchange of simultaneous deliveries of one message`, async (t) => {
    const store = await open(t);

    const received = await Promise.all([1, 2, 3, 4, 5, 6].map(() => store.receive(question())));

    assert.equal(new Set(received.map(({ exchange }) => exchange.id)).size, 1);
    assert.equal(received.filter(({ isNew }) => isNew).length, 1);
    assert.equal((await store.conversations({ limit: 10 })).items[0]?.messages, 1);
  });

  test(`${name} keeps the language of the wiki to ask`, async (t) => {
    const store = await open(t);

    const { exchange } = await store.receive(question({ language: "de" }));

    assert.equal(exchange.language, "de");
    assert.equal((await store.begin(exchange.id))?.language, "de");
  });

  test(`${name} counts what somebody has asked since a moment`, async (t) => {
    const store = await open(t);
    const at = (second: number) => new Date(Date.UTC(2026, 10, 1, 10, 0, second));
    await store.receive(question({ id: "m1", receivedAt: at(1) }));
    await store.receive(question({ id: "m2", receivedAt: at(2), thread: "slack:T1:C2:2.0" }));
    await store.receive(question({ id: "m3", receivedAt: at(3), author: { id: "slack:U2", name: "Bob" } }));

    const counts = [at(0), at(1), at(2)].map((since) => store.askedSince("slack:U1", since));

    assert.deepEqual(await Promise.all(counts), [2, 1, 0]);
  });

  test(`${name} tells messages of two platforms with the same id apart`, async (t) => {
    const store = await open(t);
    const slack = await store.receive(question({ thread: "slack:T1:C1:1.0" }));

    const discord = await store.receive(question({ thread: "discord:1:2" }));

    assert.equal(discord.isNew, true);
    assert.notEqual(discord.exchange.id, slack.exchange.id);
  });

  test(`${name} knows nothing of an exchange it never had`, async (t) => {
    const store = await open(t);

    assert.equal(await store.exchange("0199d1a2-0000-7000-8000-000000000000"), undefined);
    assert.equal(await store.exchange("no id of ours"), undefined);
    assert.equal(await store.begin("no id of ours"), undefined);
    assert.equal(await store.nextUnfinished("slack:T1:C1:1.0"), undefined);
    assert.equal(await store.messages("slack:T1:C1:1.0", { limit: 5 }), undefined);
    assert.equal(await store.erase("slack:T1:C1:1.0"), false);
  });

  test(`${name} keeps text that PostgreSQL could not hold as it is`, async (t) => {
    const store = await open(t);

    const { exchange } = await store.receive(
      question({ text: "a\u0000b \uD800 c 👍🏽 東京", author: { id: "slack:U1", name: "\u0000" } }),
    );
    await store.answer(exchange, answerOf("d\u0000e \uDC00"));

    const stored = await store.exchange(exchange.id);
    assert.equal(stored?.question, "a\uFFFDb \uFFFD c 👍🏽 東京");
    assert.equal(stored?.answer?.sentences[0]?.text, "d\uFFFDe \uFFFD");
  });

  test(`${name} marks an exchange running and counts its attempts`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());

    const first = await store.begin(exchange.id);
    const second = await store.begin(exchange.id);

    assert.deepEqual(first, { ...exchange, state: "running", attempts: 1 });
    assert.deepEqual(second, { ...exchange, state: "running", attempts: 2 });
  });

  test(`${name} gives back a stored answer whole`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    await store.begin(exchange.id);

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

    const stored = await store.begin(exchange.id);
    assert.equal(stored?.state, "answered");
    assert.deepEqual([isFirstKept, isSecondKept], [true, false]);
    assert.equal(stored?.answer?.sentences[0]?.text, "The first.");
    assert.equal((await store.messages(exchange.thread, { limit: 10 }))?.items.length, 2);
  });

  test(`${name} keeps a reply's progress until it is delivered`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    await store.begin(exchange.id);

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
    await store.begin(exchange.id);

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
    await store.answer(first, answerOf("Yes."));
    const answered = await store.nextUnfinished(first.thread);
    await store.delivered(first, {});
    const after = await store.nextUnfinished(first.thread);
    await store.fail(second, "bug");
    const none = await store.nextUnfinished(first.thread);

    assert.deepEqual([before, answered, after, none], [first.id, first.id, second.id, undefined]);
  });

  test(`${name} tells a thread's latest answered turns before an exchange, oldest first`, async (t) => {
    const store = await open(t);
    await askAndAnswer(store, { id: "m1", text: "One?" }, answerOf("1."));
    await askAndAnswer(store, { id: "m2", text: "Two?" }, fullAnswer);
    const failed = await store.receive(question({ id: "m3", text: "Three?" }));
    await store.fail(failed.exchange, "bug");
    await askAndAnswer(store, { id: "m4", text: "Four?" }, answerOf("4."));
    await askAndAnswer(store, { id: "m5", text: "Elsewhere?", thread: "slack:T1:C1:2.0" }, answerOf("5."));
    const now = (await store.receive(question({ id: "m6" }))).exchange;
    await askAndAnswer(store, { id: "m7", text: "Later?" }, answerOf("7."));

    const history = await store.history(now.thread, now.id, 2);

    assert.deepEqual(history, [
      {
        question: "Two?",
        answer: "Mercury is a planet.\n\nIt is hot. Some say so.",
        subjects: ["Mercury (planet)", "Ångström"],
      },
      { question: "Four?", answer: "4.", subjects: [] },
    ]);
  });

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

  test(`${name} refuses a cursor it did not make`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());

    await assert.rejects(store.conversations({ limit: 2, cursor: "e30" }), isInvalidInput);
    await assert.rejects(store.messages(exchange.thread, { limit: 2, cursor: "'; --" }), isInvalidInput);
  });

  test(`${name} erases a conversation with all that belongs to it`, async (t) => {
    const store = await open(t);
    const gone = await askAndAnswer(store, { id: "m1" }, fullAnswer);
    const kept = await askAndAnswer(store, { id: "m2", thread: "slack:T1:C1:2.0" }, answerOf("Kept."));

    const erased = await store.erase(gone.thread);

    const stats = await store.stats();
    assert.equal(erased, true);
    assert.equal(await store.exchange(gone.id), undefined);
    assert.equal(await store.begin(gone.id), undefined);
    assert.equal(await store.messages(gone.thread, { limit: 5 }), undefined);
    assert.equal((await store.exchange(kept.id))?.state, "answered");
    assert.deepEqual(
      [stats.conversations, stats.messages, stats.exchanges.answered, stats.citations],
      [1, { user: 1, assistant: 1 }, 1, 0],
    );
  });

  test(`${name} takes no harm when an erased exchange is changed`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    await store.erase(exchange.thread);

    await store.answer(exchange, fullAnswer);
    await store.progress(exchange.id, { upTo: 1 });
    await store.delivered(exchange, {});
    await store.fail(exchange, "bug");

    assert.deepEqual(await store.history(exchange.thread, exchange.id, 5), []);
    assert.equal((await store.stats()).messages.assistant, 0);
  });

  test(`${name} counts what it keeps`, async (t) => {
    const store = await open(t);
    await store.receive(question({ id: "m1" }));
    await store.begin((await store.receive(question({ id: "m2" }))).exchange.id);
    await askAndAnswer(store, { id: "m3" }, fullAnswer);
    const delivered = await askAndAnswer(store, { id: "m4", thread: "slack:T1:C1:2.0" }, fullAnswer);
    await store.delivered(delivered, {});
    await store.fail((await store.receive(question({ id: "m5" }))).exchange, "deadline");

    const stats = await store.stats();

    assert.equal(stats.conversations, 2);
    assert.deepEqual(stats.messages, { user: 5, assistant: 3 });
    assert.deepEqual(stats.exchanges, { received: 1, running: 1, answered: 1, delivered: 1, failed: 1 });
    assert.equal(stats.citations, 4);
  });

  test(`${name} tells how it was used`, async (t) => {
    const store = await open(t);
    const today = new Date();
    await askAndAnswer(store, { id: "m1", receivedAt: today }, fullAnswer);
    await askAndAnswer(store, { id: "m2", receivedAt: today }, { ...fullAnswer, cache: "hit" });
    const failed = await store.receive(question({ id: "m3", receivedAt: today }));
    await store.fail(failed.exchange, "bug");

    const usage = await store.usage(2);

    const day = today.toISOString().slice(0, 10);
    const yesterday = new Date(today.getTime() - 86_400_000).toISOString().slice(0, 10);
    assert.deepEqual(usage.perDay, [
      { day: yesterday, exchanges: 0, failed: 0 },
      { day, exchanges: 3, failed: 1 },
    ]);
    assert.deepEqual(usage.cache, { hit: 1, miss: 0, stale: 1 });
    assert.deepEqual(usage.tokens, { input: 246, output: 90 });
    assert.deepEqual(
      usage.topArticles.toSorted((a, b) => (a.title < b.title ? -1 : 1)),
      [
        { title: "Mercury (planet)", url: "https://wiki.test/w?title=Mercury_%28planet%29&oldid=12", citations: 2 },
        { title: "Ångström", url: "https://wiki.test/w?oldid=3", citations: 2 },
      ],
    );
    assert.ok(usage.latencyMs !== null && usage.latencyMs.p50 <= usage.latencyMs.p99);
  });

  test(`${name} has no latencies before the first answer`, async (t) => {
    const store = await open(t);

    assert.equal((await store.usage(1)).latencyMs, null);
  });

  test(`${name} tells subscribers of an exchange what is published about it`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    const heard = listen(store, exchange.id);

    await store.feed.publish("0199d1a2-0000-7000-8000-000000000000", { type: "status", text: "not for us" });
    await store.feed.publish(exchange.id, { type: "status", text: "Reading “Mercury”\u0000" });
    await store.feed.publish(exchange.id, {
      type: "sentence",
      index: 0,
      sentence: { before: "", text: "x".repeat(10_000), footnotes: [], verdict: "structural" },
    });

    assert.deepEqual(await heard.next(2), [{ type: "status", text: "Reading “Mercury”\uFFFD" }, { type: "changed" }]);
  });

  test(`${name} tells subscribers when an exchange is answered, delivered or failed`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question({ id: "m1" }));
    const other = (await store.receive(question({ id: "m2" }))).exchange;
    const heard = listen(store, exchange.id);
    const heardOfOther = listen(store, other.id);

    await store.answer(exchange, answerOf("Yes."));
    await store.delivered(exchange, {});
    await store.fail(other, "bug");

    assert.deepEqual(await heard.next(2), [{ type: "changed" }, { type: "changed" }]);
    assert.deepEqual(await heardOfOther.next(1), [{ type: "changed" }]);
  });

  test(`${name} tells subscribers when an unfinished exchange is erased`, async (t) => {
    const store = await open(t);
    const received = (await store.receive(question({ id: "m1" }))).exchange;
    const running = (await store.receive(question({ id: "m2" }))).exchange;
    await store.begin(running.id);
    const heardOfReceived = listen(store, received.id);
    const heardOfRunning = listen(store, running.id);

    await store.erase("slack:T1:C1:1.0");

    assert.deepEqual(await heardOfReceived.next(1), [{ type: "changed" }]);
    assert.deepEqual(await heardOfRunning.next(1), [{ type: "changed" }]);
  });

  test(`${name} tells nobody of a message that is received`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question({ id: "m1" }));
    const heard = listen(store, exchange.id);

    await store.receive(question({ id: "m1" }));
    await store.receive(question({ id: "m2" }));
    await store.feed.publish(exchange.id, { type: "status", text: "Searching" });

    assert.deepEqual(await heard.next(1), [{ type: "status", text: "Searching" }]);
  });

  test(`${name} tells nothing to those who have unsubscribed`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    const gone: ExchangeEvent[] = [];
    const unsubscribe = store.feed.subscribe(exchange.id, (event) => gone.push(event));
    const heard = listen(store, exchange.id);

    unsubscribe();
    await store.feed.publish(exchange.id, { type: "status", text: "Searching" });

    await heard.next(1);
    assert.deepEqual(gone, []);
  });

  revisionContract(name, open);
  endingContract(name, open);
  forgottenContract(name, open);
  verdictContract(name, open);
  settingsContract(name, open);

  test(`${name} answers a ping`, async (t) => {
    const store = await open(t);

    await assert.doesNotReject(store.ping());
  });
}

function isInvalidInput(error: unknown): boolean {
  return error instanceof Failure && error.kind === "invalid-input";
}
