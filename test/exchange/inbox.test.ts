import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { InboundMessage } from "../../src/core/message.ts";
import { createInbox } from "../../src/exchange/inbox.ts";
import { silentLog } from "../fakes/log.ts";
import { createMemoryStore } from "../fakes/memory-store.ts";

function message(text: string): InboundMessage {
  return {
    id: "m1",
    thread: "http:t1",
    author: { id: "http:a", name: "A" },
    text,
    replyTo: {},
    receivedAt: new Date(0),
  };
}

describe("the inbox", () => {
  test("stores a message without the white space around it", async () => {
    const inbox = createInbox({ store: createMemoryStore(), log: silentLog });

    const { exchange, isNew } = await inbox.accept(message("  Why? \n"));

    assert.equal(exchange.question, "Why?");
    assert.equal(isNew, true);
  });

  test("gives a redelivered message its earlier exchange", async () => {
    const inbox = createInbox({ store: createMemoryStore(), log: silentLog });
    const first = await inbox.accept(message("Why?"));

    const second = await inbox.accept(message("Why?"));

    assert.equal(second.isNew, false);
    assert.equal(second.exchange.id, first.exchange.id);
  });

  for (const [what, text] of [
    ["nothing but white space", " \n "],
    ["a NUL character", "a\0b"],
    ["more than 8,000 characters", "é".repeat(8_001)],
  ] as const) {
    test(`refuses ${what}, and stores nothing`, async () => {
      const store = createMemoryStore();
      const inbox = createInbox({ store, log: silentLog });

      await assert.rejects(inbox.accept(message(text)), { kind: "invalid-input" });

      assert.deepEqual((await store.conversations({ limit: 10 })).items, []);
    });
  }

  test("counts characters as a person does", async () => {
    const inbox = createInbox({ store: createMemoryStore(), log: silentLog });

    const { isNew } = await inbox.accept(message("👩‍👩‍👧‍👦".repeat(8_000)));

    assert.equal(isNew, true);
  });

  test("takes so many questions a minute of one person, and every redelivery", async () => {
    const inbox = createInbox({ store: createMemoryStore(), perMinute: 2, log: silentLog });
    const ask = (id: string, author: string, perMinute?: number) =>
      inbox.accept({ ...message("Why?"), id, author: { id: author, name: "" }, receivedAt: new Date() }, perMinute);
    await ask("m1", "slack:U1");
    const second = await ask("m2", "slack:U1");

    await assert.rejects(ask("m3", "slack:U1"), { kind: "over-budget", retryAfterMs: 60_000 });

    assert.equal((await ask("m2", "slack:U1")).exchange.id, second.exchange.id);
    assert.equal((await ask("m4", "slack:U2")).isNew, true);
    assert.equal((await ask("m5", "slack:U1", 3)).isNew, true);
  });

  test("takes an old question of somebody who has asked nothing since", async () => {
    const inbox = createInbox({ store: createMemoryStore(), perMinute: 1, log: silentLog });
    await inbox.accept({ ...message("Why?"), receivedAt: new Date(Date.now() - 61_000) });

    const { isNew } = await inbox.accept({ ...message("How?"), id: "m2", receivedAt: new Date() });

    assert.equal(isNew, true);
  });
});
