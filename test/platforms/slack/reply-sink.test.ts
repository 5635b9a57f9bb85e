import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Answer, CitedSentence } from "../../../src/core/reply.ts";
import { MERCURY_ANSWER, MERCURY_CITATION, SUPPORTED, UNSUPPORTED } from "../../fakes/answers.ts";
import { openReply } from "./open-reply.ts";

const LINK = "https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation";
const FIRST = `A day on Mercury lasts 176 Earth days. [1](${LINK})`;
const SECOND = "Nobody has stayed for one. (not in the sources)";
const SOURCES = `[1] [Mercury (planet) § Rotation](${LINK}), as of 2026-10-01 Text: [CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)
[Helpful] [Not helpful]
[Why?] [Ask again]`;
const WHOLE = `${FIRST} ${SECOND}\n${SOURCES}`;

const plain = (text: string): CitedSentence => ({ before: " ", text, footnotes: [], verdict: "structural" });

describe("a reply", () => {
  test("says what it is doing until its first text", async (t) => {
    const { slack, reply, shown } = await openReply(t);

    await reply.status("Reading “Mercury (planet)”…");
    await slack.until(() => shown().length === 1);
    const before = shown();
    await reply.finish(MERCURY_ANSWER);

    assert.deepEqual(before, ["Footnote … Reading “Mercury (planet)”…"]);
    assert.deepEqual(shown(), [WHOLE]);
  });

  test("shows that the question was heard, while the model thinks", async (t) => {
    const { slack, reply, shown } = await openReply(t, { firstSignMs: 10 });

    await slack.until(() => shown().length === 1);
    const before = shown();
    await reply.finish(MERCURY_ANSWER);

    assert.deepEqual(before, ["Footnote … …"]);
    assert.deepEqual(shown(), [WHOLE]);
  });

  test("is one call when it is whole at once", async (t) => {
    const { slack, reply, shown, calls } = await openReply(t);

    await reply.finish(MERCURY_ANSWER);

    assert.deepEqual(calls(), ["chat.postMessage"]);
    assert.equal(slack.calls.at(-1)?.args["unfurl_links"], "false");
    assert.deepEqual(shown(), [WHOLE]);
  });

  test("is streamed sentence by sentence, and ends with its sources", async (t) => {
    const { slack, reply, shown, untilShown, calls } = await openReply(t);

    await reply.source(MERCURY_CITATION);
    await reply.append(SUPPORTED);
    await untilShown("176");
    const early = shown();
    await reply.append(UNSUPPORTED);
    await untilShown("Nobody");
    await reply.finish(MERCURY_ANSWER);

    assert.deepEqual(early, [FIRST]);
    assert.deepEqual(shown(), [WHOLE]);
    assert.deepEqual(calls(), ["chat.startStream", "chat.appendStream", "chat.stopStream"]);
    assert.deepEqual(slack.faults, []);
  });

  test("tells no more than an apology when it fails, below what was said", async (t) => {
    const { reply, shown, untilShown } = await openReply(t);
    await reply.append(UNSUPPORTED);
    await untilShown("Nobody");

    await reply.fail("wiki-unavailable");

    assert.deepEqual(shown(), [
      `${SECOND}\n\nThe wiki can't be reached just now, so I have nothing to cite. Please try again in a little while.\n[Ask again]`,
    ]);
  });

  test("pings nobody, whatever it says", async (t) => {
    const { slack, reply } = await openReply(t);
    const hostile = plain(`<!channel> <!here> <@${slack.botUser}> <!subteam^S1|@ops> @everyone @channel`);
    const source = { ...MERCURY_CITATION.source, title: "<!here> @channel", section: "<@U1>" };

    await reply.append(hostile);
    await reply.finish({ ...MERCURY_ANSWER, sentences: [hostile], citations: [{ ...MERCURY_CITATION, source }] });

    assert.deepEqual(slack.world.pings, []);
  });

  test("is cut into messages when it is long, each sentence once and in order", async (t) => {
    const { slack, reply, shown } = await openReply(t);
    const sentences = Array.from({ length: 400 }, (_, i) =>
      plain(`This is the sentence with the number ${i} of them all.`),
    );

    for (const sentence of sentences) await reply.append(sentence);
    await reply.finish({ ...MERCURY_ANSWER, sentences });

    const numbers = [
      ...shown()
        .join(" ")
        .matchAll(/number (\d+) of/g),
    ].map(([, number]) => Number(number));
    assert.deepEqual(numbers, [...sentences.keys()]);
    assert.ok(shown().length > 1);
    assert.deepEqual(slack.faults, []);
  });

  test("goes without the picture when Slack cannot load it", async (t) => {
    const { slack, reply, shown } = await openReply(t);
    const thumbnail = { url: "https://wiki.internal/m.png", width: 1, height: 1 };
    slack.fail("chat.postMessage", { error: "invalid_blocks" });

    await reply.finish({ ...MERCURY_ANSWER, thumbnail });

    assert.deepEqual(shown(), [WHOLE]);
  });
});

describe("a reply whose stream is refused", () => {
  for (const error of ["missing_recipient_team_id", "missing_recipient_user_id", "channel_type_not_supported"]) {
    test(`is posted and edited: ${error}`, async (t) => {
      const { slack, reply, shown, untilShown, calls } = await openReply(t);
      slack.fail("chat.startStream", { error });

      await reply.source(MERCURY_CITATION);
      await reply.append(SUPPORTED);
      await untilShown("176");
      await reply.append(UNSUPPORTED);
      await untilShown("Nobody");
      await reply.finish(MERCURY_ANSWER);

      assert.deepEqual(shown(), [WHOLE]);
      assert.deepEqual(calls(), ["chat.startStream", "chat.postMessage", "chat.update", "chat.update"]);
    });
  }

  test("is posted when too many streams were begun", async (t) => {
    const { slack, reply, shown, untilShown } = await openReply(t);
    slack.fail("chat.startStream", { retryAfter: 60 });

    await reply.append(UNSUPPORTED);
    await untilShown("Nobody");
    await reply.finish(MERCURY_ANSWER);

    assert.deepEqual(shown(), [WHOLE]);
  });
});

describe("a reply whose stream dies", () => {
  test("is completed by an edit when Slack has closed it", async (t) => {
    const { slack, reply, shown, untilShown, thread } = await openReply(t);
    await reply.source(MERCURY_CITATION);
    await reply.append(SUPPORTED);
    await untilShown("176");

    slack.closeStream({ channel: slack.general, ts: slack.messages(slack.general, thread)[1]!.ts });
    await reply.append(UNSUPPORTED);
    await untilShown("Nobody");
    await reply.finish(MERCURY_ANSWER);

    assert.deepEqual(shown(), [WHOLE]);
  });

  for (const error of ["message_not_in_streaming_state", "msg_too_long", "msg_blocks_too_long"]) {
    test(`is completed by an edit in the middle: ${error}`, async (t) => {
      const { slack, reply, shown, untilShown } = await openReply(t);
      await reply.source(MERCURY_CITATION);
      await reply.append(SUPPORTED);
      await untilShown("176");

      slack.fail("chat.appendStream", { error });
      await reply.append(UNSUPPORTED);
      await untilShown("Nobody");
      await reply.finish(MERCURY_ANSWER);

      assert.deepEqual(shown(), [WHOLE]);
    });

    test(`is completed by an edit at the end: ${error}`, async (t) => {
      const { slack, reply, shown, untilShown } = await openReply(t);
      await reply.source(MERCURY_CITATION);
      await reply.append(SUPPORTED);
      await untilShown("176");

      slack.fail("chat.stopStream", { error });
      await reply.finish(MERCURY_ANSWER);

      assert.deepEqual(shown(), [WHOLE]);
    });
  }

  test("follows in a new message, from where it stopped, when the old one cannot be edited", async (t) => {
    const { slack, reply, shown, untilShown } = await openReply(t);
    await reply.source(MERCURY_CITATION);
    await reply.append(SUPPORTED);
    await untilShown("176");

    slack.fail("chat.stopStream", { error: "message_not_in_streaming_state" }, 2);
    slack.fail("chat.update", { error: "edit_window_closed" });
    await reply.finish(MERCURY_ANSWER);

    assert.deepEqual(shown(), [FIRST, `${SECOND}\n${SOURCES}`]);
  });
});

describe("a reply with a table", () => {
  const TABLE = plain("| Planet | Day |\n| --- | --- |\n| Mercury | 176 d |\n| Venus | 117 d |");
  const answer: Answer = { ...MERCURY_ANSWER, sentences: [TABLE], citations: [] };

  test("shows it as it is where Slack takes tables", async (t) => {
    const { reply, shown } = await openReply(t);

    await reply.finish(answer);

    assert.match(shown().join("\n"), /^\| Planet \| Day \|/);
  });

  test("shows it in columns where Slack refuses tables", async (t) => {
    const { slack, reply, shown } = await openReply(t);
    slack.fail("chat.postMessage", { error: "invalid_blocks" }, 3);

    await reply.finish(answer);

    assert.match(shown().join("\n"), /^```\nPlanet +Day\n/);
    assert.match(shown().join("\n"), /Ask again/);
  });
});

describe("a reply to what somebody said without naming Footnote", () => {
  const nothingFound: Answer = { ...MERCURY_ANSWER, outcome: "no-source", sentences: [UNSUPPORTED], citations: [] };

  test("is none when it was no question and nothing was found", async (t) => {
    const { reply, shown, untilShown } = await openReply(t, { overheard: "I love that planet" });
    await reply.status("Searching");
    await untilShown("Searching");

    await reply.finish(nothingFound);

    assert.deepEqual(shown(), []);
  });

  test("says that nothing was found when it was a question", async (t) => {
    const { reply, shown } = await openReply(t, { overheard: "how long does a day last there?" });

    await reply.finish(nothingFound);

    assert.equal(shown().length, 1);
  });

  test("tells what was found", async (t) => {
    const { reply, shown } = await openReply(t, { overheard: "I love that planet" });

    await reply.finish(MERCURY_ANSWER);

    assert.equal(shown().length, 1);
  });
});

describe("a reply with all there can be", () => {
  test("fits what Slack takes in a message", async (t) => {
    const { slack, reply, shown } = await openReply(t);
    const sentences = [plain(`${"word ".repeat(1_799)}end.`)];
    const citations = Array.from({ length: 60 }, (_, i) => ({
      ...MERCURY_CITATION,
      n: i + 1,
      source: { ...MERCURY_CITATION.source, url: `https://wiki.example/${i}`, section: "Rotation ".repeat(20) },
    }));
    const thumbnail = { url: "https://wiki.example/mercury.png", width: 320, height: 320 };

    await reply.finish({ ...MERCURY_ANSWER, sentences, citations, thumbnail });

    assert.equal(shown().length, 1);
    assert.match(shown()[0] ?? "", /end\.\n\(image: .*and \d+ more, linked in the text.*\[Ask again\]$/s);
    assert.deepEqual(slack.faults, []);
  });
});

describe("a reply that Slack finds too long", () => {
  test("is cut into smaller messages", async (t) => {
    const { slack, reply, shown } = await openReply(t);
    const sentences = Array.from({ length: 100 }, (_, i) =>
      plain(`This is the sentence with the number ${i} of them all.`),
    );
    slack.fail("chat.postMessage", { error: "msg_too_long" });

    await reply.finish({ ...MERCURY_ANSWER, sentences } satisfies Answer);

    const numbers = [
      ...shown()
        .join(" ")
        .matchAll(/number (\d+) of/g),
    ].map(([, number]) => Number(number));
    assert.equal(shown().length, 2);
    assert.deepEqual(numbers, [...sentences.keys()]);
  });
});
