import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Store } from "../../src/core/exchange.ts";
import { apology } from "../../src/core/failure.ts";
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

/** What every Store must do with exchanges that are stopped or forgotten. */
export function endingContract(name: string, open: (t: TestContext) => Promise<Store>): void {
  test(`${name} names the thread's exchanges that can be stopped, oldest first`, async (t) => {
    const store = await open(t);
    const answered = await askAndAnswer(store, { id: "m1" }, answerOf("1."));
    const running = (await store.receive(question({ id: "m2" }))).exchange;
    await store.begin(running);
    const received = (await store.receive(question({ id: "m3" }))).exchange;
    const withdrawn = (await store.receive(question({ id: "m4" }))).exchange;
    await store.revise(withdrawn.id, { isWithdrawn: true });
    await store.receive(question({ id: "m5", thread: "slack:T1:C1:2.0" }));

    const unfinished = await store.unfinished(answered.thread);

    assert.deepEqual(unfinished, [{ ...running, state: "running", attempts: 1 }, received]);
    assert.deepEqual(await store.unfinished("slack:T1:C1:3.0"), []);
  });

  test(`${name} stops an exchange that is received or running`, async (t) => {
    const store = await open(t);
    const receivedAt = new Date();
    const received = (await store.receive(question({ id: "m1", receivedAt }))).exchange;
    const running = (await store.receive(question({ id: "m2", receivedAt }))).exchange;
    await store.begin(running);
    const heard = listen(store, running.id);

    const isStopped = [await store.stop(received.id), await store.stop(running.id)];

    await store.answer(running, fullAnswer);
    await store.fail(running, "cancelled");
    const stopped = await store.exchange(running.id);
    assert.deepEqual(isStopped, [true, true]);
    assert.deepEqual([stopped?.state, stopped?.failure], ["failed", "cancelled"]);
    assert.deepEqual(await heard.next(2), [{ type: "changed" }, { type: "advanced" }]);
    assert.equal(await store.nextUnfinished(received.thread), undefined);
    assert.deepEqual((await texts(store)).slice(2), [apology("cancelled"), apology("cancelled")]);
    const { exchanges, messages } = await store.stats();
    assert.deepEqual(exchanges, { received: 0, running: 0, answered: 0, delivered: 0, failed: 2 });
    assert.deepEqual(messages, { user: 2, assistant: 2 });
    assert.equal(await failures(store), 2);
  });

  test(`${name} leaves it to whoever runs an exchange to say that it was stopped`, async (t) => {
    const store = await open(t);
    const running = (await store.receive(question({ id: "m1" }))).exchange;
    await store.begin(running);
    const shown = (await store.receive(question({ id: "m2" }))).exchange;
    await store.progress(shown.id, { ts: "1.0" });
    await store.revise(shown.id, {});

    const isStopped = [await store.stop(running.id), await store.stop(shown.id), await store.stop(running.id)];

    assert.deepEqual(isStopped, [true, true, false]);
    assert.deepEqual(await store.unfinished(running.thread), []);
    assert.equal((await store.nextUnfinished(running.thread))?.id, running.id);
    assert.equal(await store.answer(running, fullAnswer), false);
    const begun = [await store.begin(running), await store.begin({ id: shown.id, revision: 1 })];
    assert.deepEqual(begun, [
      { state: "running", attempts: 2, isWithdrawn: false, failure: "cancelled" },
      { state: "running", attempts: 1, isWithdrawn: false, failure: "cancelled" },
    ]);
    assert.equal((await store.exchange(running.id))?.finishedAt, undefined);
    const { exchanges, messages } = await store.stats();
    assert.deepEqual(exchanges, { received: 0, running: 2, answered: 0, delivered: 0, failed: 0 });
    assert.deepEqual(messages, { user: 2, assistant: 0 });
  });

  test(`${name} stops nothing that is answered, failed or taken back`, async (t) => {
    const store = await open(t);
    const answered = await askAndAnswer(store, { id: "m1" }, answerOf("1."));
    const failed = (await store.receive(question({ id: "m2" }))).exchange;
    await store.fail(failed, "bug");
    const withdrawn = (await store.receive(question({ id: "m3" }))).exchange;
    await store.revise(withdrawn.id, { isWithdrawn: true });

    const isStopped = await Promise.all(
      [answered.id, failed.id, withdrawn.id, UNKNOWN, "no id of ours"].map((id) => store.stop(id)),
    );

    assert.deepEqual(isStopped, [false, false, false, false, false]);
    const { exchanges, messages } = await store.stats();
    assert.deepEqual(exchanges, { received: 1, running: 0, answered: 1, delivered: 0, failed: 1 });
    assert.deepEqual(messages, { user: 3, assistant: 2 });
  });

  test(`${name} forgets one exchange of a conversation with all that belongs to it`, async (t) => {
    const store = await open(t);
    const receivedAt = new Date();
    const kept = await askAndAnswer(store, { id: "m1", text: "One?", receivedAt }, fullAnswer);
    const gone = (await store.receive(question({ id: "m2", text: "Two?", receivedAt }))).exchange;
    const heard = listen(store, gone.id);
    await store.answer(gone, fullAnswer);
    await heard.next(1);
    await store.judge(gone.id, "slack:U1", "good");

    await store.forget(gone.id);
    await store.forget(gone.id);

    assert.equal(await store.exchange(gone.id), undefined);
    assert.deepEqual(await heard.next(2), [{ type: "advanced" }, { type: "changed" }]);
    assert.deepEqual((await texts(store)).length, 2);
    assert.equal((await store.exchange(kept.id))?.state, "answered");
    assert.equal((await store.conversations({ limit: 1 })).items[0]?.messages, 2);
    const { conversations, exchanges, messages, citations } = await store.stats();
    assert.deepEqual([conversations, exchanges.answered, messages, citations], [1, 1, { user: 1, assistant: 1 }, 2]);
    assert.equal((await store.usage(2)).cache.stale, 2);
  });

  for (const [state, make] of Object.entries(become)) {
    test(`${name} forgets a conversation with its only exchange, which is ${state}`, async (t) => {
      const store = await open(t);
      const { exchange } = await store.receive(question());
      await make(store, exchange);

      await store.forget(exchange.id);
      await store.forget("no id of ours");

      assert.equal(await store.listens(exchange.thread), false);
      assert.equal(await store.messages(exchange.thread, { limit: 5 }), undefined);
      const { conversations, exchanges, messages, citations } = await store.stats();
      assert.deepEqual([conversations, messages, citations], [0, { user: 0, assistant: 0 }, 0]);
      assert.deepEqual(exchanges, { received: 0, running: 0, answered: 0, delivered: 0, failed: 0 });
    });
  }
}
