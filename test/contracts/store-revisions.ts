import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Store } from "../../src/core/exchange.ts";
import {
  answerOf,
  askAndAnswer,
  become,
  failures,
  fullAnswer,
  listen,
  question,
  texts,
  UNKNOWN,
} from "./store-samples.ts";

/** What every Store must do with exchanges that are revised. */
export function revisionContract(name: string, open: (t: TestContext) => Promise<Store>): void {
  for (const [state, make] of Object.entries(become)) {
    test(`${name} begins an exchange anew that is ${state}`, async (t) => {
      const store = await open(t);
      const { exchange } = await store.receive(question({ text: "What is mercury?" }));
      await store.progress(exchange.id, { messages: ["1.1"] });
      await make(store, exchange);

      const revised = await store.revise(exchange.id, { question: "What is Venus?\u0000" });

      const revisedAt = revised?.revisedAt;
      assert.ok(revisedAt instanceof Date);
      assert.deepEqual(revised, {
        ...exchange,
        revisedAt,
        question: "What is Venus?\uFFFD",
        revision: 1,
        progress: { messages: ["1.1"] },
      });
      assert.deepEqual(await store.exchange(exchange.id), revised);
      assert.deepEqual(await store.nextUnfinished(exchange.thread), { ...revised, history: [] });
      assert.deepEqual(await texts(store), ["What is Venus?\uFFFD"]);
      const { exchanges, messages, citations } = await store.stats();
      assert.deepEqual(exchanges, { received: 1, running: 0, answered: 0, delivered: 0, failed: 0 });
      assert.deepEqual([messages, citations], [{ user: 1, assistant: 0 }, 0]);
    });
  }

  test(`${name} lives through a revision as through a first question`, async (t) => {
    const store = await open(t);
    const exchange = await askAndAnswer(store, {}, fullAnswer);
    await store.delivered(exchange, { messages: ["1.1"] });
    await store.revise(exchange.id, {});

    const begun = await store.begin({ id: exchange.id, revision: 1 });
    await store.answer({ id: exchange.id, revision: 1 }, answerOf("Better."));
    await store.delivered({ id: exchange.id, revision: 1 }, { messages: ["1.1", "1.2"] });

    const delivered = await store.exchange(exchange.id);
    assert.deepEqual([begun?.state, begun?.attempts], ["running", 1]);
    assert.deepEqual([delivered?.state, delivered?.progress], ["delivered", { messages: ["1.1", "1.2"] }]);
    assert.deepEqual(delivered?.answer, answerOf("Better."));
    assert.deepEqual(await texts(store), ["What is mercury?", "Better."]);
    assert.equal((await store.conversations({ limit: 1 })).items[0]?.messages, 2);
    const { exchanges, messages, citations } = await store.stats();
    assert.deepEqual(exchanges, { received: 0, running: 0, answered: 0, delivered: 1, failed: 0 });
    assert.deepEqual([messages, citations], [{ user: 1, assistant: 1 }, 0]);
  });

  test(`${name} keeps a chosen subject until another is chosen or the question changes`, async (t) => {
    const store = await open(t);
    const { id } = (await store.receive(question({ text: "Mercury?" }))).exchange;

    const chosen = await store.revise(id, { subject: "Mercury (planet)" });
    const again = await store.revise(id, {});
    const same = await store.revise(id, { question: "Mercury?" });
    const other = await store.revise(id, { subject: "Mercury (element)" });
    const changed = await store.revise(id, { question: "Venus?" });
    const both = await store.revise(id, { question: "Mars?", subject: "Mars (planet)" });

    assert.deepEqual(
      [chosen, again, same, other, changed, both].map((revised) => revised?.subject),
      ["Mercury (planet)", "Mercury (planet)", "Mercury (planet)", "Mercury (element)", undefined, "Mars (planet)"],
    );
  });

  test(`${name} revises no other revision than the one that is meant`, async (t) => {
    const store = await open(t);
    const { id } = (await store.receive(question())).exchange;

    const revised = await Promise.all([1, 2, 3, 4].map(() => store.revise(id, { subject: "Mars", ifRevision: 0 })));
    const later = await store.revise(id, { subject: "Venus", ifRevision: 1 });

    assert.equal(revised.filter((exchange) => exchange !== undefined).length, 1);
    assert.deepEqual([later?.revision, later?.subject], [2, "Venus"]);
  });

  test(`${name} revises nothing that it does not know`, async (t) => {
    const store = await open(t);

    assert.equal(await store.revise(UNKNOWN, {}), undefined);
    assert.equal(await store.revise("no id of ours", {}), undefined);
  });

  test(`${name} never revises an exchange again that was taken back`, async (t) => {
    const store = await open(t);
    const exchange = await askAndAnswer(store, {}, fullAnswer);

    const withdrawn = await store.revise(exchange.id, { isWithdrawn: true });
    const again = await store.revise(exchange.id, { isWithdrawn: true });
    const changed = await store.revise(exchange.id, { question: "What is Venus?" });

    const next = await store.nextUnfinished(exchange.thread);
    assert.deepEqual([withdrawn?.isWithdrawn, withdrawn?.revision, withdrawn?.state], [true, 1, "received"]);
    assert.deepEqual([again, changed], [undefined, undefined]);
    assert.deepEqual([next?.state, next?.isWithdrawn, next?.question], ["received", true, "What is mercury?"]);
  });

  test(`${name} changes nothing on behalf of an earlier revision`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    await store.begin(exchange);
    const revised = await store.revise(exchange.id, {});

    const begun = await store.begin(exchange);
    await store.answer(exchange, fullAnswer);
    await store.delivered(exchange, {});
    await store.fail(exchange, "bug");

    assert.equal(begun, undefined);
    assert.deepEqual(await store.exchange(exchange.id), revised);
    assert.equal(revised?.revision, 1);
    assert.deepEqual(await texts(store), ["What is mercury?"]);
    assert.equal((await store.stats()).exchanges.received, 1);
    await store.answer({ id: exchange.id, revision: 1 }, answerOf("Yes."));
    await store.delivered(exchange, {});
    assert.equal((await store.exchange(exchange.id))?.state, "answered");
  });

  test(`${name} keeps what an earlier revision has shown`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    await store.revise(exchange.id, {});

    await store.progress(exchange.id, { messages: ["1.1"] });

    assert.deepEqual((await store.exchange(exchange.id))?.progress, { messages: ["1.1"] });
  });

  test(`${name} gives a revised exchange its old place in the thread`, async (t) => {
    const store = await open(t);
    const first = await askAndAnswer(store, { id: "m1", text: "One?" }, answerOf("1."));
    const second = await askAndAnswer(store, { id: "m2", text: "Two?" }, answerOf("2."));
    const third = (await store.receive(question({ id: "m3", text: "Three?" }))).exchange;
    await store.delivered(first, {});
    await store.delivered(second, {});

    await store.revise(second.id, { question: "Two and a half?" });

    const next = await store.nextUnfinished(first.thread);
    await store.answer({ id: second.id, revision: 1 }, answerOf("2.5."));
    await store.delivered({ id: second.id, revision: 1 }, {});
    const last = await store.nextUnfinished(first.thread);
    assert.deepEqual([next?.id, last?.id], [second.id, third.id]);
    assert.deepEqual(
      [next?.history.map((turn) => turn.question), last?.history.map((turn) => turn.question)],
      [["One?"], ["One?", "Two and a half?"]],
    );
  });

  test(`${name} calls a conversation what its first question is now`, async (t) => {
    const store = await open(t);
    const first = (await store.receive(question({ id: "m1", text: "One?" }))).exchange;
    const second = (await store.receive(question({ id: "m2", text: "Two?" }))).exchange;

    await store.revise(second.id, { question: "Two and a half?" });
    const untouched = await title(store);
    await store.revise(first.id, { question: "One and a half?" });
    const revised = await title(store);
    await store.forget(first.id);

    assert.deepEqual([untouched, revised, await title(store)], ["One?", "One and a half?", "Two and a half?"]);
  });

  test(`${name} counts what was used for every revision, and as failed what has failed now`, async (t) => {
    const store = await open(t);
    const receivedAt = new Date();
    const exchange = await askAndAnswer(store, { id: "m1", receivedAt }, fullAnswer);
    const failed = (await store.receive(question({ id: "m2", receivedAt }))).exchange;
    await store.fail(failed, "bug");
    const before = await failures(store);

    await store.revise(exchange.id, {});
    await store.answer({ id: exchange.id, revision: 1 }, fullAnswer);
    await store.revise(failed.id, {});

    const { cache, tokens, topArticles } = await store.usage(2);
    assert.equal(before, 1);
    assert.equal(await failures(store), 0);
    assert.deepEqual([cache.stale, tokens.input], [2, 246]);
    assert.deepEqual(topArticles[0]?.citations, 2);
  });

  test(`${name} does not count the time before a revision as waiting`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question({ receivedAt: new Date(Date.now() - 86_400_000) }));
    await store.revise(exchange.id, {});

    await store.answer({ id: exchange.id, revision: 1 }, fullAnswer);

    const { latencyMs } = await store.usage(2);
    assert.ok(latencyMs !== null && latencyMs.p99 < 3_600_000, `${latencyMs?.p99} ms`);
  });

  test(`${name} tells of a revision's answer how long that one took`, async (t) => {
    const store = await open(t);
    const asked = await askAndAnswer(store, { receivedAt: new Date(Date.now() - 86_400_000) }, fullAnswer);

    await store.revise(asked.id, {});
    await store.answer({ id: asked.id, revision: 1 }, fullAnswer);

    const { revisedAt } = (await store.exchange(asked.id))!;
    const [, answer] = (await store.messages(asked.thread, { limit: 2 }))!.items;
    assert.ok(answer!.record!.elapsedMs < 60_000);
    assert.equal(answer!.record!.elapsedMs, answer!.createdAt.getTime() - revisedAt!.getTime());
  });

  test(`${name} finds an exchange by the message that began it`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question({ id: "m1" }));
    await store.receive(question({ id: "m1", thread: "discord:1:2" }));

    assert.deepEqual(await store.exchangeOf("slack", "m1"), exchange);
    assert.equal(await store.exchangeOf("slack", "m2"), undefined);
    assert.equal(await store.exchangeOf("http", "m1"), undefined);
  });

  test(`${name} tells subscribers of a revision`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    const heard = listen(store, exchange.id);

    await store.revise(exchange.id, {});

    assert.deepEqual(await heard.next(1), [{ type: "changed" }]);
  });

  test(`${name} lets a simultaneous revision and answer come in either order, and keeps no answer to another revision`, async (t) => {
    const store = await open(t);
    const all = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => (await store.receive(question({ id: `m${n}` }))).exchange),
    );

    await Promise.all(
      all.flatMap((exchange) => [
        store.begin(exchange).then(() => store.answer(exchange, fullAnswer)),
        store.revise(exchange.id, {}),
        store.stop(exchange.id),
      ]),
    );
    await Promise.all(all.map(({ id }) => store.revise(id, {})));
    await Promise.all(all.map(({ id }) => store.answer({ id, revision: 2 }, answerOf("Now."))));

    const now = await Promise.all(all.map(({ id }) => store.exchange(id)));
    assert.deepEqual(
      now.map((exchange) => [exchange?.state, exchange?.answer]),
      all.map(() => ["answered", answerOf("Now.")]),
    );
    const { exchanges, messages, citations } = await store.stats();
    assert.deepEqual(exchanges, { received: 0, running: 0, answered: 12, delivered: 0, failed: 0 });
    assert.deepEqual([messages, citations], [{ user: 12, assistant: 12 }, 0]);
    assert.equal((await store.conversations({ limit: 1 })).items[0]?.messages, 24);
  });
}

async function title(store: Store): Promise<string | undefined> {
  return (await store.conversations({ limit: 1 })).items[0]?.title;
}
