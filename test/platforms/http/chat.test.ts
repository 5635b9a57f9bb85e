import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { MERCURY_ANSWER } from "../../fakes/answers.ts";
import { createHttpFootnote, errorOf, replyOf } from "../../fakes/http-footnote.ts";
import { createStage } from "../../fakes/stage.ts";

describe("POST /api/chat", () => {
  it("answers with the text, its sources and how they were had", async () => {
    const { chat } = createHttpFootnote();

    const response = await chat({ message: "How long is a day on Mercury?", thread_id: "session-123" });

    const { exchange_id, elapsed_ms, ...reply } = await replyOf(response);
    assert.equal(response.status, 200);
    assert.match(exchange_id, /\S/);
    assert.ok(elapsed_ms >= 0);
    assert.deepEqual(reply, {
      response: "A day on Mercury lasts 176 Earth days. [1] Nobody has stayed for one. (not in the sources)",
      thread_id: "session-123",
      sources: [
        {
          n: 1,
          title: "Mercury (planet)",
          section: "Rotation",
          revision: "7",
          url: "https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation",
          quote: "A solar day lasts 176 Earth days.",
          license: { name: "CC BY-SA 4.0", url: "https://creativecommons.org/licenses/by-sa/4.0/" },
          revised_at: "2026-10-01T12:00:00Z",
        },
      ],
      cache: "miss",
      outcome: "answered",
      suggestions: ["Venus"],
      model: "quoting",
    });
  });

  it("makes a thread when none is named, and goes on in it", async () => {
    const { chat, asked } = createHttpFootnote();

    const first = await replyOf(await chat({ message: "How long is a day on Mercury?" }));
    await chat({ message: "And its year?", thread_id: first.thread_id });

    assert.match(first.thread_id, /^[\w-]{12}$/);
    assert.deepEqual(
      asked[1]?.history.map(({ question }) => question),
      ["How long is a day on Mercury?"],
    );
  });

  it("makes a thread of its own for each question without one", async () => {
    const { chat } = createHttpFootnote();

    const first = await replyOf(await chat({ message: "One?" }));
    const second = await replyOf(await chat({ message: "Two?" }));

    assert.notEqual(first.thread_id, second.thread_id);
  });

  it("takes the prefix of its own threads for what it is", async () => {
    const { chat, store } = createHttpFootnote();

    const response = await chat({ message: "One?", thread_id: "http:a" });

    const stored = await store.conversations({ limit: 5 });
    assert.equal((await replyOf(response)).thread_id, "a");
    assert.deepEqual(
      stored.items.map(({ thread }) => thread),
      ["http:a"],
    );
  });

  it("says when the answer is only the best so far and when a source is an older copy", async () => {
    const [citation] = MERCURY_ANSWER.citations;
    const source = { ...citation!.source, staleSince: "2026-11-01T00:00:00Z" };
    const answer = { ...MERCURY_ANSWER, limit: "deadline" as const, citations: [{ ...citation!, source }] };
    const { chat } = createHttpFootnote({
      async *answer() {
        yield { type: "answer", answer };
      },
    });

    const reply = await replyOf(await chat({ message: "How long?" }));

    assert.equal(reply.limit, "deadline");
    assert.equal(reply.sources[0]?.stale_since, "2026-11-01T00:00:00Z");
  });

  it("answers as soon as the answer is stored, before its delivery is", async () => {
    const { chat } = createHttpFootnote({ store: { delivered: () => new Promise(() => undefined) } });

    const response = await chat({ message: "How long?" });

    assert.equal(response.status, 200);
  });

  for (const [kind, status] of [
    ["wiki-unavailable", 503],
    ["model-unavailable", 503],
    ["over-budget", 503],
    ["deadline", 504],
    ["cancelled", 409],
    ["bug", 500],
  ] as const) {
    it(`answers ${status} when the exchange fails with ${kind}`, async () => {
      const { chat } = createHttpFootnote({
        // oxlint-disable-next-line require-yield -- an agent that fails at once
        async *answer() {
          throw new Failure(kind, "secret detail");
        },
      });

      const response = await chat({ message: "How long?", thread_id: "t" });

      const body = await errorOf(response);
      assert.equal(response.status, status);
      assert.equal(body.error.code, kind);
      assert.equal(body.thread_id, "t");
      assert.doesNotMatch(JSON.stringify(body), /secret/);
    });
  }

  it("answers 503 while the database cannot be reached", async () => {
    const gone = new Failure("store-unavailable", "connect ECONNREFUSED 10.1.2.3:5432", { retryAfterMs: 1_500 });
    const { chat } = createHttpFootnote({ store: { receive: () => Promise.reject(gone) } });

    const response = await chat({ message: "How long?" });

    assert.equal(response.status, 503);
    assert.equal(response.headers.get("retry-after"), "2");
    assert.doesNotMatch(await response.text(), /10\.1\.2\.3/);
  });

  it("gives up waiting after a while, and the exchange goes on", async () => {
    const stage = createStage();
    const { chat, store } = createHttpFootnote({ answer: stage.answer, settings: { replyLimitMs: 20 } });

    const response = await chat({ message: "How long?" });

    const body = await errorOf(response);
    assert.equal(response.status, 504);
    assert.equal((await store.exchange(body.exchange_id ?? ""))?.state, "running");
    stage.say({ type: "answer", answer: MERCURY_ANSWER });
  });

  it("leaves no subscription behind", async () => {
    const { chat, store } = createHttpFootnote();

    await chat({ message: "How long?" });

    assert.equal(store.feed.listeners(), 0);
  });
});
