import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Store } from "../../src/core/exchange.ts";
import { answerOf, at, question } from "./store-samples.ts";

/** What every Store must do with a message it is given. */
export function receivingContract(name: string, open: (t: TestContext) => Promise<Store>): void {
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

  test(`${name} keeps the article that a question names`, async (t) => {
    const store = await open(t);

    const { exchange } = await store.receive(question({ subject: "Mercury (planet)\u0000" }));

    assert.equal(exchange.subject, "Mercury (planet)\uFFFD");
    assert.equal((await store.nextUnfinished(exchange.thread))?.subject, "Mercury (planet)\uFFFD");
  });

  test(`${name} keeps the language of the wiki to ask`, async (t) => {
    const store = await open(t);

    const { exchange } = await store.receive(question({ language: "de" }));

    assert.equal(exchange.language, "de");
    assert.equal((await store.nextUnfinished(exchange.thread))?.language, "de");
  });

  test(`${name} counts what somebody has asked since a moment`, async (t) => {
    const store = await open(t);
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
    assert.equal(await store.begin({ id: "no id of ours", revision: 0 }), undefined);
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
}
