import assert from "node:assert/strict";
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { describe, it, type TestContext } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { MERCURY_ANSWER } from "../../fakes/answers.ts";
import { createHttpFootnote, errorOf, type HttpFootnoteOptions, replyOf } from "../../fakes/http-footnote.ts";
import { readSse } from "../../fakes/read-sse.ts";
import { createStage } from "../../fakes/stage.ts";

const JSON_TYPE = { "Content-Type": "application/json" };
const STREAM = { ...JSON_TYPE, Accept: "text/event-stream" };
const QUESTION = JSON.stringify({ message: "How long?" });

async function startFootnote(t: TestContext, options: HttpFootnoteOptions = {}) {
  const footnote = createHttpFootnote(options);
  await footnote.platform.start();
  t.after(() => footnote.platform.stop());
  const url = footnote.platform.address();
  return { ...footnote, url, post: (init: RequestInit) => fetch(`${url}/api/chat`, { method: "POST", ...init }) };
}

/** Resolves when a request has stopped waiting for its exchange. */
function whenUnsubscribed(t: TestContext, { feed }: Awaited<ReturnType<typeof startFootnote>>["store"]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const subscribe = feed.subscribe.bind(feed);
  t.mock.method(feed, "subscribe", (...args: Parameters<typeof subscribe>) => {
    const unsubscribe = subscribe(...args);
    return () => {
      unsubscribe();
      resolve();
    };
  });
  return promise;
}

describe("the HTTP server", () => {
  it("answers a question over a real port", async (t) => {
    const { post } = await startFootnote(t);

    const response = await post({ headers: JSON_TYPE, body: QUESTION });

    assert.equal((await replyOf(response)).outcome, "answered");
  });

  it("refuses a body over 64 KiB that comes in chunks", async (t) => {
    const { post, store } = await startFootnote(t);
    const chunks = ReadableStream.from([new TextEncoder().encode(QUESTION), new Uint8Array(70_000).fill(32)]);

    const response = await post({ headers: JSON_TYPE, body: chunks, duplex: "half" });

    assert.equal(response.status, 413);
    assert.equal((await errorOf(response)).error.code, "too-large");
    assert.equal((await store.stats()).messages.user, 0);
  });

  it("refuses a body over 64 KiB by its announced length", async (t) => {
    const { post } = await startFootnote(t);

    const response = await post({ headers: JSON_TYPE, body: `{"message":"${"x".repeat(70_000)}"}` });

    assert.equal(response.status, 413);
  });

  it("answers a malformed request line without a stack", async (t) => {
    const { url } = await startFootnote(t);
    const { hostname, port } = new URL(url);
    const request = httpRequest({ host: hostname, port, path: "/\\..\\x", headers: { Host: "a b" } }).end();

    const [response] = await once(request, "response");

    const body: Buffer[] = await Array.fromAsync(response);
    assert.equal(response.statusCode, 400);
    assert.doesNotMatch(Buffer.concat(body).toString(), /at |node:/);
  });

  it("lets go of a client that leaves, and the exchange goes on", async (t) => {
    const stage = createStage();
    const footnote = await startFootnote(t, { answer: stage.answer });
    const unsubscribed = whenUnsubscribed(t, footnote.store);
    const client = new AbortController();
    const events = readSse(await footnote.post({ headers: STREAM, body: QUESTION, signal: client.signal }));
    const first = await events.next();

    client.abort();
    await unsubscribed;
    stage.say({ type: "answer", answer: MERCURY_ANSWER });

    const id = String(first.value?.data["exchange_id"]);
    const again = await footnote.store.exchange(id);
    // At most the run, which watches its exchange, and its reply, which hears who joins.
    assert.ok(footnote.store.feed.listeners() <= 2);
    assert.notEqual(again?.state, "failed");
  });

  it("lets go of a client that leaves while it waits for JSON", async (t) => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const stage = createStage();
    const footnote = await startFootnote(t, {
      answer(request) {
        resolve();
        return stage.answer(request);
      },
    });
    const unsubscribed = whenUnsubscribed(t, footnote.store);
    const client = new AbortController();

    const waiting = footnote.post({ headers: JSON_TYPE, body: QUESTION, signal: client.signal });
    await asked;
    client.abort();

    await assert.rejects(waiting, { name: "AbortError" });
    await unsubscribed;
    assert.equal(footnote.store.feed.listeners(), 2, "only the run and its reply listen to their exchange");
  });

  it("takes no new questions once paused, while open replies go on", async (t) => {
    const stage = createStage();
    const { platform, post } = await startFootnote(t, { answer: stage.answer });
    const events = readSse(await post({ headers: STREAM, body: QUESTION }));
    await events.next();

    await platform.pause();
    const refused = await post({ headers: JSON_TYPE, body: QUESTION });
    stage.say({ type: "answer", answer: MERCURY_ANSWER });

    assert.deepEqual([refused.status, refused.headers.get("connection")], [503, "close"]);
    assert.deepEqual((await errorOf(refused)).error, {
      code: "stopping",
      message: "Footnote is stopping. Ask again in a moment, with the same Idempotency-Key if there was one.",
    });
    assert.equal((await Array.fromAsync(events)).at(-1)?.event, "done");
  });

  it("ends all waiting when it stops", async (t) => {
    const { platform, post } = await startFootnote(t, { answer: createStage().answer });
    const events = readSse(await post({ headers: STREAM, body: QUESTION }));
    await events.next();

    await platform.stop();

    const [last] = await Array.fromAsync(events);
    assert.equal(last?.event, "error");
    assert.match(JSON.stringify(last?.data), /"code":"stopping"/);
  });

  it("can be stopped twice, and before it was started", async () => {
    const { platform } = createHttpFootnote();

    await platform.stop();

    await assert.doesNotReject(platform.stop());
  });

  it("says which setting is at fault when its port is taken", async (t) => {
    const { url } = await startFootnote(t);
    const second = createHttpFootnote({ settings: { port: Number(new URL(url).port) } });

    await assert.rejects(
      second.platform.start(),
      (error) => error instanceof Failure && error.kind === "invalid-config" && /PORT/.test(error.message),
    );
  });

  it("listens on IPv6 loopback too", async (t) => {
    const { url } = await startFootnote(t, { settings: { host: "::1" } });

    const response = await fetch(`${url}/live`);

    assert.match(url, /^http:\/\/\[::1\]:\d+$/);
    assert.equal(response.status, 200);
  });
});
