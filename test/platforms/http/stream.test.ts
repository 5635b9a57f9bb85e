import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { eventsOf, MERCURY_ANSWER, MERCURY_CITATION, SUPPORTED, UNSUPPORTED } from "../../fakes/answers.ts";
import { createHttpFootnote } from "../../fakes/http-footnote.ts";
import { allSse, readSse } from "../../fakes/read-sse.ts";
import { createStage } from "../../fakes/stage.ts";

const STREAM = { Accept: "text/event-stream" };
const KEYED = { ...STREAM, "Idempotency-Key": "k1" };

describe("an event stream", () => {
  it("tells status, source and sentences, then the whole answer", async () => {
    const { chat } = createHttpFootnote();

    const response = await chat({ message: "How long?", thread_id: "t" }, STREAM);

    const events = await allSse(response);
    const done = events.at(-1);
    assert.equal(response.headers.get("content-type"), "text/event-stream");
    assert.deepEqual(
      events.map(({ event }) => event),
      ["status", "status", "source", "sentence", "sentence", "done"],
    );
    assert.deepEqual(events[3]?.data, {
      index: 0,
      text: "A day on Mercury lasts 176 Earth days. [1]",
      footnotes: [1],
      verdict: "supported",
    });
    assert.equal(events[2]?.data["quote"], "A solar day lasts 176 Earth days.");
    assert.equal(done?.data["thread_id"], "t");
    assert.equal(
      done?.data["response"],
      "A day on Mercury lasts 176 Earth days. [1] Nobody has stayed for one. (not in the sources)",
    );
  });

  it("names thread and exchange at once", async () => {
    const stage = createStage();
    const { chat } = createHttpFootnote({ answer: stage.answer });

    const events = readSse(await chat({ message: "How long?", thread_id: "t" }, STREAM));

    const first = await events.next();
    assert.equal(first.value?.data["thread_id"], "t");
    assert.match(String(first.value?.data["exchange_id"]), /\S/);
    stage.say({ type: "answer", answer: MERCURY_ANSWER });
    await Array.fromAsync(events);
  });

  it("tells each sentence as soon as it is said", async () => {
    const stage = createStage();
    const { chat } = createHttpFootnote({ answer: stage.answer });
    const events = readSse(await chat({ message: "How long?" }, STREAM));
    await events.next();

    stage.say({ type: "source", citation: MERCURY_CITATION }, { type: "sentence", sentence: SUPPORTED });
    const source = await events.next();
    const sentence = await events.next();

    assert.deepEqual([source.value?.event, sentence.value?.event], ["source", "sentence"]);
    stage.say({ type: "sentence", sentence: UNSUPPORTED }, { type: "answer", answer: MERCURY_ANSWER });
    assert.deepEqual(
      (await Array.fromAsync(events)).map(({ event }) => event),
      ["sentence", "done"],
    );
  });

  it("gives whoever joins late what was said before, each sentence once and in order", async () => {
    const stage = createStage();
    const { chat } = createHttpFootnote({ answer: stage.answer });
    const early = readSse(await chat({ message: "How long?" }, KEYED));
    await early.next();
    stage.say({ type: "source", citation: MERCURY_CITATION }, { type: "sentence", sentence: SUPPORTED });
    await early.next();
    await early.next();

    const late = readSse(await chat({ message: "How long?" }, KEYED));
    await late.next();
    const before = [await late.next(), await late.next()].map(({ value }) => value);
    stage.say({ type: "sentence", sentence: UNSUPPORTED }, { type: "answer", answer: MERCURY_ANSWER });

    const rest = await Array.fromAsync(late);
    assert.deepEqual(
      [...before, ...rest].map((told) => [told?.event, told?.data["index"]]),
      [
        ["source", undefined],
        ["sentence", 0],
        ["sentence", 1],
        ["done", undefined],
      ],
    );
    assert.deepEqual(
      (await Array.fromAsync(early)).map(({ event }) => event),
      ["sentence", "done"],
    );
  });

  it("tells whoever joins late what is being done", async () => {
    const stage = createStage();
    const { chat } = createHttpFootnote({ answer: stage.answer });
    const early = readSse(await chat({ message: "How long?" }, KEYED));
    await early.next();
    stage.say({ type: "status", text: "Reading Mercury" });
    await early.next();

    const late = readSse(await chat({ message: "How long?" }, KEYED));
    await late.next();

    assert.deepEqual((await late.next()).value, { event: "status", data: { text: "Reading Mercury" } });
    stage.say({ type: "answer", answer: MERCURY_ANSWER });
    await Array.fromAsync(early);
    await Array.fromAsync(late);
  });

  it("gives an exchange that is over from what is stored", async () => {
    const { chat } = createHttpFootnote();
    await chat({ message: "How long?" }, { "Idempotency-Key": "k1" });

    const events = await allSse(await chat({ message: "How long?" }, KEYED));

    assert.deepEqual(
      events.map(({ event }) => event),
      ["status", "source", "sentence", "sentence", "done"],
    );
  });

  it("replaces a sentence that a reply begun again tells differently", async () => {
    const { chat, store, platform } = createHttpFootnote({ answer: createStage().answer });
    const events = readSse(await chat({ message: "How long?" }, STREAM));
    const id = String((await events.next()).value?.data["exchange_id"]);
    const lost = platform.openReply({ id, revision: 0, replyTo: {} });
    const resumed = platform.openReply({ id, revision: 0, replyTo: {} });

    await lost.append({ ...SUPPORTED, text: "A first try." });
    await resumed.append(SUPPORTED);
    await store.answer({ id, revision: 0 }, MERCURY_ANSWER);

    const told = await Array.fromAsync(events);
    assert.deepEqual(
      told.filter(({ event }) => event === "sentence").map(({ data }) => [data["index"], data["text"]]),
      [
        [0, "A first try. [1]"],
        [0, "A day on Mercury lasts 176 Earth days. [1]"],
        [1, " Nobody has stayed for one. (not in the sources)"],
      ],
    );
  });

  it("tells no index twice and nothing of another telling before the answer is stored", async () => {
    const { chat, store, platform } = createHttpFootnote({ answer: createStage().answer });
    const events = readSse(await chat({ message: "How long?" }, STREAM));
    const id = String((await events.next()).value?.data["exchange_id"]);
    const lost = platform.openReply({ id, revision: 0, replyTo: {} });
    const resumed = platform.openReply({ id, revision: 0, replyTo: {} });

    for (const text of ["One.", " Two."]) await lost.append({ ...SUPPORTED, text });
    for (const text of ["One.", " Zwei.", " Drei."]) await resumed.append({ ...SUPPORTED, text });
    await store.answer({ id, revision: 0 }, MERCURY_ANSWER);

    const told = await Array.fromAsync(events);
    assert.deepEqual(
      told.filter(({ event }) => event === "sentence").map(({ data }) => [data["index"], data["text"]]),
      [
        [0, "One. [1]"],
        [1, " Two. [1]"],
        [0, "A day on Mercury lasts 176 Earth days. [1]"],
        [1, " Nobody has stayed for one. (not in the sources)"],
      ],
    );
  });

  it("gets a sentence too long for a notification with the answer", async () => {
    const long = { ...SUPPORTED, text: "long ".repeat(3_000) };
    const answer = { ...MERCURY_ANSWER, sentences: [long, UNSUPPORTED] };
    const { chat } = createHttpFootnote({
      async *answer() {
        yield* eventsOf(answer);
      },
    });

    const events = await allSse(await chat({ message: "How long?" }, STREAM));

    assert.deepEqual(
      events.filter(({ event }) => event === "sentence").map(({ data }) => data["index"]),
      [0, 1],
    );
  });

  it("ends with the error when the exchange fails", async () => {
    const { chat } = createHttpFootnote({
      async *answer() {
        yield { type: "status", text: "Searching" };
        throw new Failure("wiki-unavailable", "no route to wiki");
      },
    });

    const events = await allSse(await chat({ message: "How long?", thread_id: "t" }, STREAM));

    const last = events.at(-1);
    assert.equal(last?.event, "error");
    assert.deepEqual(last?.data["error"], {
      code: "wiki-unavailable",
      message: "The wiki can't be reached just now, so I have nothing to cite. Please try again in a little while.",
    });
    assert.equal(last?.data["thread_id"], "t");
  });

  it("ends with an error when the database goes away while it waits", async () => {
    const { chat, store } = createHttpFootnote({
      answer: createStage().answer,
      store: {
        exchange: async () => {
          throw new Failure("store-unavailable", "gone");
        },
      },
    });

    const events = await allSse(await chat({ message: "How long?" }, STREAM));

    assert.deepEqual(
      events.map(({ event }) => event),
      ["status", "error"],
    );
    assert.equal(store.feed.listeners(), 0);
  });

  it("ends with an error when the conversation is erased", async () => {
    const { chat, store } = createHttpFootnote({ answer: createStage().answer });
    const events = readSse(await chat({ message: "How long?", thread_id: "t" }, STREAM));
    await events.next();

    await store.erase("http:t");

    const [last] = await Array.fromAsync(events);
    assert.deepEqual(last?.data["error"], { code: "not-found", message: "The conversation was erased." });
  });

  it("is kept open by comments", async () => {
    const stage = createStage();
    const { chat } = createHttpFootnote({ answer: stage.answer, settings: { heartbeatMs: 5 } });
    const events = readSse(await chat({ message: "How long?" }, STREAM));
    await events.next();

    const comment = await events.next();

    assert.deepEqual(comment.value, { event: "comment", data: { text: "still here" } });
    stage.say({ type: "answer", answer: MERCURY_ANSWER });
    await Array.fromAsync(events);
  });

  it("is not what a caller gets who prefers JSON", async () => {
    const { chat } = createHttpFootnote();

    const any = await chat({ message: "x" }, { Accept: "*/*" });
    const both = await chat({ message: "x" }, { Accept: "application/json, text/event-stream;q=0.5" });

    assert.deepEqual(
      [any.headers.get("content-type"), both.headers.get("content-type")],
      ["application/json", "application/json"],
    );
  });
});
