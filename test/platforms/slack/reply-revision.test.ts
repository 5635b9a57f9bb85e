import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Answer, CitedSentence } from "../../../src/core/reply.ts";
import { MERCURY_ANSWER, SUPPORTED, UNSUPPORTED } from "../../fakes/answers.ts";
import { until } from "../../support/until.ts";
import { openReply } from "./open-reply.ts";

const LOOKING = "_Looking again…_\n[Stop]";
const BUTTONS = "[Helpful] [Not helpful]\n[Why?] [Ask again]";
const SHORT: Answer = { ...MERCURY_ANSWER, sentences: [UNSUPPORTED], citations: [] };
const SHORT_SHOWN = `Nobody has stayed for one. (not in the sources)\n${BUTTONS}`;

const longAnswer = (sentences: number): Answer => ({
  ...MERCURY_ANSWER,
  citations: [],
  sentences: Array.from({ length: sentences }, (_, i): CitedSentence => {
    const text = `Sentence ${i} of them all.`.padEnd(60, "!");
    return { before: " ", text, footnotes: [], verdict: "structural" };
  }),
});
/** Of four messages. */
const LONG = longAnswer(500);
const OF_TWO_MESSAGES = longAnswer(200);

describe("a revised question", () => {
  test("is looked up again in the message of its answer, which shows so at once", async (t) => {
    const { slack, reply, revise, shown, untilShown, calls } = await openReply(t);
    const progress = await reply.finish(MERCURY_ANSWER);
    const again = revise(progress);

    await again.status("Searching");
    await untilShown("Looking again");
    const meanwhile = shown();
    await again.finish(SHORT);

    assert.deepEqual(meanwhile, [LOOKING]);
    assert.deepEqual(shown(), [SHORT_SHOWN]);
    assert.deepEqual(calls(), ["chat.postMessage", "chat.update", "chat.update"]);
    assert.deepEqual(slack.faults, []);
  });

  test("is answered sentence by sentence in that message", async (t) => {
    const { reply, revise, shown, untilShown } = await openReply(t);
    const progress = await reply.finish(MERCURY_ANSWER);
    const again = revise(progress);

    await again.append(UNSUPPORTED);
    await untilShown("[Stop]");
    const meanwhile = shown();
    await again.finish(SHORT);

    assert.deepEqual(meanwhile, ["Nobody has stayed for one. (not in the sources)\n[Stop]"]);
    assert.deepEqual(shown(), [SHORT_SHOWN]);
  });

  test("ends the stream of the earlier answer", async (t) => {
    const { slack, reply, revise, shown, progress } = await openReply(t);
    await reply.append(SUPPORTED);
    const resume = await until(progress, (stored) => JSON.stringify(stored ?? {}).includes(`"ts"`));

    const again = revise(resume);
    await again.status("Searching");
    await again.finish(SHORT);

    assert.deepEqual(shown(), [SHORT_SHOWN]);
    assert.deepEqual(slack.faults, []);
  });

  test("whose answer is shorter leaves no message over", async (t) => {
    const { slack, reply, revise, shown } = await openReply(t);
    const progress = await reply.finish(LONG);
    const before = shown().length;

    await revise(progress).finish(SHORT);

    assert.ok(before > 1);
    assert.deepEqual(shown(), [SHORT_SHOWN]);
    assert.deepEqual(slack.faults, []);
  });

  test("is answered though Slack lets the rest of the earlier answer not be deleted", async (t) => {
    const { slack, reply, revise, shown } = await openReply(t);
    const progress = await reply.finish(LONG);
    const before = shown().length;
    slack.fail("chat.delete", { error: "cant_delete_message" });

    await revise(progress).finish(SHORT);

    assert.equal(before, 4);
    assert.equal(shown()[0], SHORT_SHOWN);
    assert.equal(shown().length, 2);
  });

  test("whose answer is longer goes on below, in order", async (t) => {
    const { slack, reply, revise, shown } = await openReply(t);
    const progress = await reply.finish(SHORT);

    await revise(progress).finish(LONG);

    const numbers = [
      ...shown()
        .join(" ")
        .matchAll(/Sentence (\d+) of/g),
    ].map(([, number]) => Number(number));
    assert.ok(shown().length > 1);
    assert.deepEqual(numbers, [...LONG.sentences.keys()]);
    assert.deepEqual(slack.faults, []);
  });

  test("is answered in the same messages after a crash in the middle", async (t) => {
    const { reply, revise, shown, untilShown, progress } = await openReply(t);
    const first = await reply.finish(LONG);
    const crashed = revise(first);
    await crashed.append(UNSUPPORTED);
    await untilShown("Nobody");
    const resume = await until(progress, (stored) => JSON.stringify(stored).includes(`"revision":1`));

    const again = revise(resume);
    await again.status("Searching");
    await again.finish(SHORT);

    assert.deepEqual(shown(), [SHORT_SHOWN]);
  });

  test("takes away a message that the earlier answer may have left", async (t) => {
    const { slack, reply, revise, shown, thread } = await openReply(t);
    await reply.finish(OF_TWO_MESSAGES);
    const [, first] = slack.messages(slack.general, thread);
    const messages = [{ ts: first?.ts, shown: 9_000, isStreaming: false }];

    await revise({ revision: 0, messages, isPosting: true }).finish(SHORT);

    assert.deepEqual(shown(), [SHORT_SHOWN]);
  });

  test("is answered in the message that was on its way meanwhile", async (t) => {
    const { slack, reopen, revise, shown, progress, thread } = await openReply(t);
    const changing = new AbortController();
    const earlier = reopen(undefined, changing.signal);
    slack.fail("chat.startStream", { delayMs: 150 });
    await earlier.append(SUPPORTED);
    const resume = await until(progress, (stored) => stored?.["isPosting"] === true);

    changing.abort(new Error("the question has changed"));
    await revise(resume).finish(SHORT);

    assert.deepEqual(shown(), [SHORT_SHOWN]);
    assert.notEqual(slack.messages(slack.general, thread)[1]?.stream, undefined);
  });

  test("is answered in a new message when the old one is gone", async (t) => {
    const { slack, reply, revise, shown, thread } = await openReply(t);
    const progress = await reply.finish(MERCURY_ANSWER);
    slack.world.remove(slack.messages(slack.general, thread)[1]!);

    const again = revise(progress);
    await again.status("Searching");
    await again.finish(SHORT);

    assert.deepEqual(shown(), [SHORT_SHOWN]);
  });
});

describe("a question taken back", () => {
  for (const [name, answer] of [
    ["short", SHORT],
    ["long", LONG],
  ] as const) {
    test(`leaves nothing of its ${name} answer`, async (t) => {
      const { slack, reply, reopen, shown } = await openReply(t);
      const progress = await reply.finish(answer);

      await reopen(progress).retract();
      await reopen(progress).retract();

      assert.deepEqual(shown(), []);
      assert.deepEqual(
        slack.faults.map(({ error }) => error).filter((error) => error !== "message_not_found"),
        [],
      );
    });
  }

  test("leaves nothing of an answer that is being streamed", async (t) => {
    const { slack, reply, revise, shown, progress } = await openReply(t);
    await reply.append(SUPPORTED);
    const resume = await until(progress, (stored) => JSON.stringify(stored ?? {}).includes(`"ts"`));

    await revise(resume).retract();

    assert.deepEqual(shown(), []);
    assert.deepEqual(slack.faults, []);
  });

  test("leaves nothing of an answer whose posting nobody noted", async (t) => {
    const { reply, reopen, shown } = await openReply(t);
    await reply.finish(SHORT);

    await reopen({ messages: [], isPosting: true }).retract();

    assert.deepEqual(shown(), []);
  });

  test("leaves no status either", async (t) => {
    const { reply, shown, untilShown } = await openReply(t);
    await reply.status("Searching");
    await untilShown("Searching");

    await reply.retract();

    assert.deepEqual(shown(), []);
  });
});
