import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MERCURY_ANSWER } from "../../fakes/answers.ts";
import { createHttpFootnote, replyOf } from "../../fakes/http-footnote.ts";
import { createStage } from "../../fakes/stage.ts";

describe("an Idempotency-Key", () => {
  it("gives a repeated question its stored answer", async () => {
    const { chat, asked } = createHttpFootnote();

    const first = await chat({ message: "How long?", thread_id: "t" }, { "Idempotency-Key": "k1" });
    const again = await chat({ message: "How long?", thread_id: "t" }, { "Idempotency-Key": "k1" });

    assert.deepEqual(await again.json(), await first.json());
    assert.equal(asked.length, 1);
  });

  it("finds the thread that was made for the first", async () => {
    const { chat } = createHttpFootnote();

    const first = await chat({ message: "How long?" }, { "Idempotency-Key": "k1" });
    const again = await chat({ message: "How long?" }, { "Idempotency-Key": "k1" });

    assert.deepEqual(await again.json(), await first.json());
  });

  it("joins an exchange that is still running", async () => {
    const stage = createStage();
    const { chat, asked } = createHttpFootnote({ answer: stage.answer });

    const both = Promise.all([
      chat({ message: "How long?" }, { "Idempotency-Key": "k1" }),
      chat({ message: "How long?" }, { "Idempotency-Key": "k1" }),
    ]);
    stage.say({ type: "answer", answer: MERCURY_ANSWER });
    const [first, second] = await both;

    assert.deepEqual(await replyOf(first), await replyOf(second));
    assert.equal(asked.length, 1);
  });

  it("is refused with another message, and with another thread", async () => {
    const { chat, store } = createHttpFootnote();
    await chat({ message: "How long?", thread_id: "t" }, { "Idempotency-Key": "k1" });

    const otherMessage = await chat({ message: "How wide?", thread_id: "t" }, { "Idempotency-Key": "k1" });
    const otherThread = await chat({ message: "How long?", thread_id: "u" }, { "Idempotency-Key": "k1" });

    assert.deepEqual([otherMessage.status, otherThread.status], [422, 422]);
    assert.equal((await store.stats()).messages.user, 1);
  });

  it("keeps questions with different keys apart", async () => {
    const { chat } = createHttpFootnote();

    const first = await replyOf(await chat({ message: "How long?" }, { "Idempotency-Key": "k1" }));
    const second = await replyOf(await chat({ message: "How long?" }, { "Idempotency-Key": "k2" }));

    assert.notEqual(first.exchange_id, second.exchange_id);
    assert.notEqual(first.thread_id, second.thread_id);
  });

  it("must be 1 to 200 visible ASCII characters", async () => {
    const { chat } = createHttpFootnote();

    const long = await chat({ message: "x" }, { "Idempotency-Key": "k".repeat(201) });
    const empty = await chat({ message: "x" }, { "Idempotency-Key": "" });
    const odd = await chat({ message: "x" }, { "Idempotency-Key": "a b" });

    assert.deepEqual([long.status, empty.status, odd.status], [400, 400, 400]);
  });
});
