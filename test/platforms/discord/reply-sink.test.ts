import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Answer, CitedSentence } from "../../../src/core/reply.ts";
import { MERCURY_ANSWER, MERCURY_CITATION, SUPPORTED, UNSUPPORTED } from "../../fakes/answers.ts";
import { openReply } from "./open-reply.ts";

const POST = "POST /channels/:channel/messages";
const EDIT = "PATCH /channels/:channel/messages/:message";
const THREAD = "POST /channels/:channel/messages/:message/threads";
const TYPING = "POST /channels/:channel/typing";
const BUTTONS = "[Helpful] [Not helpful] [Why?] [Ask again]";

function saying(...texts: readonly string[]): Answer {
  return { ...MERCURY_ANSWER, citations: [], sentences: texts.map((text, i) => sentence(text, i === 0 ? "" : " ")) };
}

function sentence(text: string, before = ""): CitedSentence {
  return { before, text, footnotes: [], verdict: "structural" };
}

describe("a reply in Discord", () => {
  test("shows typing, then what is done, then sentences, then the sources, in one message", async (t) => {
    const { discord, thread, reply, untilShown, shown, calls } = await openReply(t);

    await reply.status("Searching for Mercury");
    await untilShown("-# Searching for Mercury");
    await reply.source(MERCURY_CITATION);
    await reply.append(SUPPORTED);
    await untilShown("176 Earth days");
    await reply.append(UNSUPPORTED);
    await reply.finish(MERCURY_ANSWER);

    const [answer, ...others] = shown();
    assert.match(answer ?? "", /176 Earth days.*\n\| \[1\]/s);
    assert.deepEqual(others, []);
    assert.deepEqual(calls().slice(0, 3), [THREAD, TYPING, POST]);
    assert.ok(
      calls()
        .slice(3)
        .every((route) => route === EDIT),
    );
    const [first] = discord
      .channel(thread)
      .history()
      .filter(({ author }) => author === discord.app.id);
    assert.equal(first?.change, "typing");
    assert.deepEqual(discord.faults, []);
  });

  test("shows that the question was heard, and what stops it, before anything is found", async (t) => {
    const { untilShown, shown, reopen } = await openReply(t, { firstSignMs: 10 });

    await untilShown("…");
    const sign = shown();
    await reopen().finish(saying("First."));

    assert.deepEqual(sign, ["-# …\n[Stop]"]);
    assert.deepEqual(shown(), [`First.\n${BUTTONS} (edited)`]);
  });

  test("is posted in one piece when it is whole at once", async (t) => {
    const { reply, calls } = await openReply(t, { pace: { firstTextMs: 60_000, nextTextMs: 60_000 } });

    await reply.append(SUPPORTED);
    await reply.finish(MERCURY_ANSWER);

    assert.deepEqual(
      calls().filter((route) => route !== TYPING),
      [THREAD, POST],
    );
  });

  test("is cut between blocks below 2,000 characters, its sources under the last part", async (t) => {
    const { discord, thread, reply, shown } = await openReply(t);
    const paragraph = `${"Words follow words. ".repeat(40)}\n\n`;
    const code = `\`\`\`js\n${"let a = 1;\n".repeat(160)}\`\`\`\n\n`;

    await reply.finish({ ...saying(paragraph.repeat(3), code, paragraph), citations: [MERCURY_CITATION] });

    const parts = discord.messages(thread).filter(({ author }) => author === discord.app.id);
    assert.ok(parts.length >= 3);
    assert.ok(parts.every(({ content }) => content.length < 2_000));
    assert.ok(parts.every(({ content }) => content.split("```").length % 2 === 1));
    assert.ok(
      shown()
        .slice(0, -1)
        .every((entry) => !entry.includes("\n| ")),
    );
    assert.match(shown().at(-1) ?? "", /\n\| \[1\]/);
    assert.deepEqual(discord.faults, []);
  });

  test("shows tables as aligned text", async (t) => {
    const { reply, shown } = await openReply(t);

    await reply.finish(saying("| Planet | Day |\n| --- | --- |\n| Mercury | 176 |\n| Earth | 1 |"));

    assert.match(shown()[0] ?? "", /Planet {3}Day\n/);
  });

  test("waits out the limit of its channel, its whole text last", async (t) => {
    const { discord, reply, shown, thread, untilShown } = await openReply(t, {
      discord: { rates: { [EDIT]: { limit: 2, windowMs: 300 } } },
    });

    for (const number of ["One.", "Two.", "Three.", "Four.", "Five.", "Six."]) {
      await reply.append(sentence(number, " "));
      await untilShown(number);
    }
    await reply.finish(saying("One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven."));

    assert.deepEqual(shown(), [`One. Two. Three. Four. Five. Six. Seven.\n${BUTTONS} (edited)`]);
    assert.match(discord.channel(thread).history().at(-1)?.text ?? "", /Seven\.\n.*Ask again\]$/);
    assert.deepEqual(discord.faults, []);
  });

  test("is shown once though Discord's reply to the post was lost", async (t) => {
    const { discord, reply, shown } = await openReply(t);
    discord.fail(POST, { close: "after" });

    await reply.finish(MERCURY_ANSWER);

    assert.equal(shown().length, 1);
  });

  test("goes on in the message that a killed process has posted and not noted", async (t) => {
    const { reply, reopen, shown, untilShown } = await openReply(t);
    await reply.status("Searching");
    await untilShown("Searching");

    await reopen(undefined).finish(MERCURY_ANSWER);

    assert.equal(shown().length, 1);
    assert.match(shown()[0] ?? "", /176 Earth days.*\n\| \[1\]/s);
  });

  test("goes on in a message whose nonce Discord has forgotten when its process starts again", async (t) => {
    const { discord, reply, reopen, shown, untilShown } = await openReply(t);
    const postingSince = Date.now() - 300_000;
    await reply.status("Searching");
    await untilShown("Searching");
    await discord.clock.advance(300_000);

    await reopen({ revision: 0, messages: [], posted: 0, postingSince }).finish(MERCURY_ANSWER);

    assert.equal(shown().length, 1);
    assert.match(shown()[0] ?? "", /176 Earth days.*\n\| \[1\]/s);
  });

  test("notes that it posts a message before it does", async (t) => {
    const { discord, reply, progress } = await openReply(t);
    discord.fail(POST, { status: 503 }, 1);

    const finished = reply.finish(MERCURY_ANSWER);
    await discord.until(() => discord.calls.some(({ route }) => route === POST));
    const before = await progress();
    const after = await finished;

    assert.equal(typeof before?.["postingSince"], "number");
    assert.equal(after["postingSince"], undefined);
  });

  test("takes the messages of the answer before for a changed question, and no more than it needs", async (t) => {
    const { reply, reopen, shown, discord } = await openReply(t);
    const long = `${"Words follow words. ".repeat(80)}\n\n`;
    const before = await reply.finish(saying(long, long, long));

    await reopen(before, 1).finish(MERCURY_ANSWER);

    assert.equal(shown().length, 1);
    assert.match(shown()[0] ?? "", /176 Earth days/);
    assert.deepEqual(discord.faults, []);
  });

  test("follows below when somebody deleted its message", async (t) => {
    const { discord, thread, reply, shown, untilShown } = await openReply(t);
    const mod = discord.addPerson("mod", { permissions: ["MANAGE_MESSAGES"] });
    await reply.append(sentence("First."));
    await untilShown("First.");
    const [message] = discord.messages(thread).filter(({ author }) => author === discord.app.id);

    mod.delete({ channel: thread, id: message?.id ?? "" });
    await reply.finish(saying("First.", "Second."));

    assert.deepEqual(shown(), [`Second.\n${BUTTONS}`]);
  });

  test("opens an archived thread to complete its message", async (t) => {
    const { discord, thread, reply, shown, untilShown } = await openReply(t);
    await reply.append(sentence("First."));
    await untilShown("First.");

    discord.archive(thread);
    await reply.finish(saying("First.", "Second."));

    assert.deepEqual(shown(), [`First. Second.\n${BUTTONS} (edited)`]);
  });

  test("tells the asker directly that the thread is locked", async (t) => {
    const { discord, thread, footnote, reply, untilShown } = await openReply(t);
    await reply.append(sentence("First."));
    await untilShown("First.");

    discord.archive(thread, { isLocked: true });
    const outcome = reply.finish(saying("First.", "Second."));

    await assert.rejects(outcome, { name: "Failure", kind: "delivery-failed" });
    assert.match(discord.channel(footnote.alice.direct).text(), /The thread is locked/);
  });

  test("tells the asker directly that the channel is gone", async (t) => {
    const { discord, footnote, reply } = await openReply(t);

    discord.deleteChannel(discord.general);
    const outcome = reply.finish(MERCURY_ANSWER);

    await assert.rejects(outcome, { name: "Failure", kind: "delivery-failed" });
    assert.match(discord.channel(footnote.alice.direct).text(), /The channel or thread is gone/);
  });

  test("is answered as a reply where its thread is gone before the first word", async (t) => {
    const { discord, reply, question } = await openReply(t);
    discord.fail(THREAD, { error: "160004" });

    await reply.finish(saying("First."));

    const last = discord.messages(discord.general).at(-1);
    assert.equal(last?.content, "First.");
    assert.equal(last?.reference?.message, question.id);
  });

  test("is an apology when it fails, below what was said", async (t) => {
    const { reply, shown, untilShown } = await openReply(t);
    await reply.append(sentence("First."));
    await untilShown("First.");

    await reply.fail("model-unavailable");

    assert.match(shown()[0] ?? "", /^First\.\nThe language model|^First\.\n\nThe language model/);
  });

  test("disappears with all its messages", async (t) => {
    const { reply, reopen, shown } = await openReply(t);
    const long = `${"Words follow words. ".repeat(80)}\n\n`;
    const progress = await reply.finish(saying(long, long));

    await reopen(progress).retract();
    await reopen(progress).retract();

    assert.deepEqual(shown(), []);
  });

  test("ends at once when its process stops", async (t) => {
    const { discord, reopen } = await openReply(t);
    const stopping = new AbortController();
    discord.fail("*", { status: 503 }, 1_000);
    const reply = reopen(undefined, 0, stopping.signal);

    const outcome = reply.finish(MERCURY_ANSWER);
    stopping.abort(new Error("the process stops"));

    await assert.rejects(outcome);
  });
});
