import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MERCURY_ANSWER, MERCURY_CITATION, SUPPORTED, UNSUPPORTED } from "../../fakes/answers.ts";
import { until } from "../../support/until.ts";
import type { Exchange } from "../../../src/core/exchange.ts";
import type { ReplyTarget } from "../../../src/core/platform.ts";
import { openReply } from "./open-reply.ts";

const LINK = "https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation";
const WHOLE = `A day on Mercury lasts 176 Earth days. [1](${LINK}) Nobody has stayed for one. (not in the sources)
[1] [Mercury (planet) § Rotation](${LINK}), as of 2026-10-01 Text: [CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)
[Helpful] [Not helpful]
[Why?] [Ask again]`;

function target(exchange: Exchange | undefined): ReplyTarget {
  return exchange ?? { id: "", revision: 0, replyTo: {} };
}

const LOST_POST = { messages: [], isPosting: true };

describe("a reply after a crash", () => {
  test("goes on in the message whose stream was open", async (t) => {
    const { reply, reopen, shown, progress } = await openReply(t);
    await reply.source(MERCURY_CITATION);
    await reply.append(SUPPORTED);

    const resume = await until(progress, (stored) => JSON.stringify(stored ?? {}).includes(`"ts"`));
    await reopen(resume).finish(MERCURY_ANSWER);

    assert.deepEqual(shown(), [WHOLE]);
  });

  test("stays as it is when it was whole", async (t) => {
    const { slack, reply, reopen, shown } = await openReply(t);
    const progress = await reply.finish(MERCURY_ANSWER);

    await reopen(progress).finish(MERCURY_ANSWER);

    assert.deepEqual(shown(), [WHOLE]);
    assert.deepEqual(slack.faults, []);
  });

  test("finds the message that was posted and not stored", async (t) => {
    const { reply, reopen, shown } = await openReply(t);
    await reply.finish(MERCURY_ANSWER);

    await reopen(LOST_POST).finish(MERCURY_ANSWER);

    assert.deepEqual(shown(), [WHOLE]);
  });

  test("finds the stream that was begun and not stored", async (t) => {
    const { reply, reopen, shown, untilShown } = await openReply(t);
    await reply.append(UNSUPPORTED);
    await untilShown("Nobody");

    await reopen(LOST_POST).finish(MERCURY_ANSWER);

    assert.deepEqual(shown(), [WHOLE]);
  });

  test("takes no other reply of the thread for its own", async (t) => {
    const { footnote, reply, reopen, shown, thread, slack } = await openReply(t);
    await reply.finish(MERCURY_ANSWER);
    await footnote.alice.say(slack.general, "and on Venus?", { thread });
    const messages = await footnote.store.messages(`slack:${slack.team}:${slack.general}:${thread}`, { limit: 9 });
    const second = await footnote.store.exchange(messages?.items.at(-1)?.exchangeId ?? "");

    const sink = footnote.platform.openReply({ ...target(second), progress: LOST_POST });
    await sink.finish({ ...MERCURY_ANSWER, sentences: [UNSUPPORTED], citations: [] });
    await reopen(LOST_POST).finish(MERCURY_ANSWER);

    assert.deepEqual(shown(), [
      WHOLE,
      "alice: and on Venus?",
      "Nobody has stayed for one. (not in the sources)\n[Helpful] [Not helpful]\n[Why?] [Ask again]",
    ]);
  });

  test("is posted when nothing had been", async (t) => {
    const { reopen, shown } = await openReply(t);

    await reopen(LOST_POST).finish(MERCURY_ANSWER);

    assert.deepEqual(shown(), [WHOLE]);
  });
});

describe("a reply whose calls get no answer", () => {
  for (const trouble of [
    { close: "after" },
    { close: "before" },
    { status: 503 },
    { error: "internal_error" },
  ] as const) {
    test(`is posted once: ${JSON.stringify(trouble)}`, async (t) => {
      const { slack, reply, shown } = await openReply(t);
      slack.fail("chat.postMessage", trouble);

      await reply.finish(MERCURY_ANSWER);

      assert.deepEqual(shown(), [WHOLE]);
    });

    for (const method of ["chat.startStream", "chat.appendStream", "chat.stopStream"]) {
      test(`is streamed once: ${method} ${JSON.stringify(trouble)}`, async (t) => {
        const { slack, reply, shown, untilShown } = await openReply(t);
        slack.fail(method, trouble);

        await reply.source(MERCURY_CITATION);
        await reply.append(SUPPORTED);
        await untilShown("176");
        await reply.append(UNSUPPORTED);
        await untilShown("Nobody");
        await reply.finish(MERCURY_ANSWER);

        assert.deepEqual(shown(), [WHOLE]);
      });
    }
  }

  test("is left to another process when this one stops", async (t) => {
    const { slack, reopen, shown } = await openReply(t);
    const stopping = new AbortController();
    slack.fail("chat.postMessage", { status: 503 }, 1_000);
    const finishing = reopen(undefined, stopping.signal).finish(MERCURY_ANSWER);
    await slack.until(() => slack.calls.some(({ method }) => method === "chat.postMessage"));

    stopping.abort(new Error("stopping"));

    await assert.rejects(finishing, { message: "stopping" });
    assert.deepEqual(shown(), []);
  });
});

describe("a limit of calls", () => {
  test("is waited for where it holds, and nowhere else", async (t) => {
    const { slack, reply, shown, footnote } = await openReply(t);
    const elsewhere = await footnote.alice.dm("how long does a day last on Mercury?");
    const messages = await footnote.store.messages(`slack:${slack.team}:${footnote.alice.direct}:${elsewhere.thread}`, {
      limit: 1,
    });
    const other = await footnote.store.exchange(messages?.items[0]?.exchangeId ?? "");
    slack.fail("chat.postMessage", { retryAfter: 1 });
    const order: string[] = [];

    await Promise.all([
      reply.finish(MERCURY_ANSWER).then(() => order.push("limited")),
      footnote.platform
        .openReply(target(other))
        .finish(MERCURY_ANSWER)
        .then(() => order.push("free")),
    ]);

    assert.deepEqual(order, ["free", "limited"]);
    assert.deepEqual(shown(), [WHOLE]);
  });
});
