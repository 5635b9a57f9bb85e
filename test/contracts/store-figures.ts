import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Store } from "../../src/core/exchange.ts";
import { askAndAnswer, fullAnswer, question } from "./store-samples.ts";

/** What every Store must count. */
export function figuresContract(name: string, open: (t: TestContext) => Promise<Store>): void {
  test(`${name} counts what it keeps`, async (t) => {
    const store = await open(t);
    await store.receive(question({ id: "m1" }));
    await store.begin((await store.receive(question({ id: "m2" }))).exchange);
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

  test(`${name} tells how many tokens the questions of today took`, async (t) => {
    const store = await open(t);
    const before = await store.tokensToday();
    const today = new Date();
    await askAndAnswer(store, { id: "m1", receivedAt: today }, fullAnswer);
    await askAndAnswer(store, { id: "m2", receivedAt: today }, fullAnswer);
    const long = new Date(today.getTime() - 3 * 86_400_000);
    await askAndAnswer(store, { id: "m3", receivedAt: long }, fullAnswer);

    assert.deepEqual([before, await store.tokensToday()], [0, 336]);
  });

  test(`${name} counts an old question that is asked again today among those of today`, async (t) => {
    const store = await open(t);
    const receivedAt = new Date(Date.now() - 3 * 86_400_000);
    const { id } = await askAndAnswer(store, { receivedAt }, fullAnswer);
    await store.revise(id, {});

    await store.answer({ id, revision: 1 }, fullAnswer);

    assert.equal(await store.tokensToday(), 168);
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
}
