import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MERCURY_ANSWER, MERCURY_CITATION, SUPPORTED } from "../../fakes/answers.ts";
import { createHttpFootnote, errorOf, replyOf } from "../../fakes/http-footnote.ts";
import { readSse } from "../../fakes/read-sse.ts";
import { createStage } from "../../fakes/stage.ts";

const STREAM = { Accept: "text/event-stream" };

describe("GET /api/exchanges/{exchange_id}", () => {
  it("gives the answer that was given to the asker", async () => {
    const { platform, chat } = createHttpFootnote();
    const reply = await replyOf(await chat({ message: "How long?" }));

    const response = await platform.request(`/api/exchanges/${reply.exchange_id}`);

    assert.deepEqual(await replyOf(response), reply);
  });

  it("tells how long the answer took since the question was put last", async () => {
    const { platform, store } = createHttpFootnote();
    const message = {
      id: "m1",
      thread: "http:t",
      author: { id: "http:a", name: "" },
      text: "How long?",
      replyTo: {},
    } as const;
    const { exchange } = await store.receive({ ...message, receivedAt: new Date(Date.now() - 86_400_000) });
    await store.revise(exchange.id, {});
    await store.answer({ id: exchange.id, revision: 1 }, MERCURY_ANSWER);

    const reply = await replyOf(await platform.request(`/api/exchanges/${exchange.id}`));

    assert.ok(reply.elapsed_ms < 60_000, `${reply.elapsed_ms} ms`);
  });

  it("joins a question under way that was asked without a key", async () => {
    const stage = createStage();
    const { platform, chat } = createHttpFootnote({ answer: stage.answer });
    const asker = readSse(await chat({ message: "How long?" }, STREAM));
    const id = String((await asker.next()).value?.data["exchange_id"]);
    stage.say({ type: "source", citation: MERCURY_CITATION }, { type: "sentence", sentence: SUPPORTED });
    await asker.next();
    await asker.next();

    const follower = readSse(await platform.request(`/api/exchanges/${id}`, { headers: STREAM }));
    const told = [await follower.next(), await follower.next(), await follower.next()].map(({ value }) => value?.event);
    stage.say({ type: "answer", answer: MERCURY_ANSWER });

    assert.deepEqual(told, ["status", "source", "sentence"]);
    assert.equal((await Array.fromAsync(follower)).at(-1)?.event, "done");
    await Array.fromAsync(asker);
  });

  it("leaves nobody listening when all is told", async () => {
    const { platform, chat, store } = createHttpFootnote();
    const { exchange_id } = await replyOf(await chat({ message: "How long?" }));

    await platform.request(`/api/exchanges/${exchange_id}`);

    while ((await store.exchange(exchange_id))?.state !== "delivered") await new Promise(setImmediate);
    await new Promise(setImmediate);
    assert.equal(store.feed.listeners(), 0);
  });

  it("answers 404 for a question that never was", async () => {
    const { platform } = createHttpFootnote();

    const response = await platform.request("/api/exchanges/nothing");

    assert.equal(response.status, 404);
    assert.equal((await errorOf(response)).error.code, "not-found");
  });
});
