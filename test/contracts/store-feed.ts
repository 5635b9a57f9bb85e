import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { ExchangeEvent, Store } from "../../src/core/exchange.ts";
import { answerOf, listen, question } from "./store-samples.ts";

/** What every Store must tell of exchanges to whoever waits for them. */
export function feedContract(name: string, open: (t: TestContext) => Promise<Store>): void {
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

  test(`${name} tells subscribers when an exchange is answered or failed, and not when that is shown`, async (t) => {
    const store = await open(t);
    const { exchange } = await store.receive(question({ id: "m1" }));
    const other = (await store.receive(question({ id: "m2" }))).exchange;
    const heard = listen(store, exchange.id);
    const heardOfOther = listen(store, other.id);

    await store.answer(exchange, answerOf("Yes."));
    await store.delivered(exchange, {});
    await store.fail(other, "bug");
    await store.feed.publish(exchange.id, { type: "status", text: "the end" });

    assert.deepEqual(await heard.next(2), [{ type: "advanced" }, { type: "status", text: "the end" }]);
    assert.deepEqual(await heardOfOther.next(1), [{ type: "advanced" }]);
  });

  test(`${name} tells subscribers when an unfinished exchange is erased`, async (t) => {
    const store = await open(t);
    const received = (await store.receive(question({ id: "m1" }))).exchange;
    const running = (await store.receive(question({ id: "m2" }))).exchange;
    await store.begin(running);
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
}
