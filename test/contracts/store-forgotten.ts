import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Store } from "../../src/core/exchange.ts";
import { answerOf, become, question } from "./store-samples.ts";

const isDeleted = { kind: "cancelled", message: "its message was deleted" };

/** What every Store must do with questions that were deleted where they were asked. */
export function forgottenContract(name: string, open: (t: TestContext) => Promise<Store>): void {
  for (const [state, make] of Object.entries(become)) {
    test(`${name} receives no message again whose exchange was forgotten when it was ${state}`, async (t) => {
      const store = await open(t);
      const { exchange } = await store.receive(question());
      await make(store, exchange);
      await store.forget(exchange.id);

      await assert.rejects(store.receive(question()), isDeleted);
      await assert.rejects(store.receive(question({ text: "edited since" })), isDeleted);

      assert.equal(await store.exchangeOf("slack", "m1"), undefined);
      assert.equal(await store.nextUnfinished(exchange.thread), undefined);
      const { conversations, messages, exchanges } = await store.stats();
      assert.deepEqual([conversations, messages, exchanges.received], [0, { user: 0, assistant: 0 }, 0]);
    });
  }

  test(`${name} changes nothing of a conversation by a message that was forgotten`, async (t) => {
    const store = await open(t);
    await store.receive(question({ id: "m1" }));
    const gone = await store.receive(question({ id: "m2" }));
    await store.forget(gone.exchange.id);
    const before = await store.conversations({ limit: 2 });

    await assert.rejects(store.receive(question({ id: "m2", receivedAt: new Date("2026-11-02") })), isDeleted);

    assert.deepEqual(await store.conversations({ limit: 2 }), before);
  });

  test(`${name} receives no message that was deleted before it came`, async (t) => {
    const store = await open(t);
    await store.forgetMessage("slack", "m1");
    await store.forgetMessage("slack", "m1");

    await assert.rejects(store.receive(question()), isDeleted);

    assert.equal((await store.stats()).messages.user, 0);
  });

  test(`${name} tells messages of two platforms with the same id apart when one was deleted`, async (t) => {
    const store = await open(t);
    await store.forgetMessage("slack", "m1");

    const { isNew } = await store.receive(question({ thread: "discord:1:2" }));

    assert.equal(isNew, true);
  });

  test(`${name} keeps the exchange of a message that was deleted, to be taken back`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());

    await store.forgetMessage("slack", "m1");

    assert.deepEqual(await store.receive(question()), { exchange, isNew: false });
    assert.equal((await store.begin(exchange))?.isWithdrawn, true);
  });

  test(`${name} begins no answered exchange anew whose message was deleted`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question());
    await store.answer(exchange, answerOf("Yes."));
    await store.forgetMessage("slack", "m1");

    const begun = await store.begin(exchange);

    assert.deepEqual(begun, { state: "answered", attempts: 0, isWithdrawn: false });
  });

  test(`${name} receives a message again whose conversation was erased`, async (t) => {
    const store = await open(t);
    await store.receive(question());
    await store.erase("slack:T1:C1:1.0");

    const { isNew } = await store.receive(question());

    assert.equal(isNew, true);
  });
}
