import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import type { MessageAt } from "../../fakes/slack/person.ts";
import { type Mode, silence, type SlackFootnote, startSlackFootnote } from "./slack-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";
const MODES: readonly Mode[] = ["Socket Mode", "HTTP mode"];

async function failureOf({ slack, store }: SlackFootnote, { channel, ts }: MessageAt): Promise<string | undefined> {
  return (await store.exchangeOf("slack", `${slack.team}:${channel}:${ts}`))?.failure;
}

function reactionsTo({ slack }: SlackFootnote, { channel, ts }: MessageAt): string[] {
  return slack.world.message(channel, ts)?.reactions.map(({ name }) => name) ?? [];
}

/** Resolves once Footnote has put something on the message. */
async function untilReactedTo(footnote: SlackFootnote, message: MessageAt): Promise<void> {
  await footnote.slack.until(() => reactionsTo(footnote, message).length > 0);
}

for (const mode of MODES) {
  describe(`“stop” in ${mode}`, () => {
    test("stops what is under way in its thread, and what waits there", async (t) => {
      const footnote = await startSlackFootnote(t, { mode, answer: silence });
      const { slack, alice } = footnote;
      const running = await alice.mention(slack.general, QUESTION);
      const waiting = await alice.say(slack.general, "and on Venus?", { thread: running.thread });
      const elsewhere = await alice.mention(slack.general, QUESTION);

      const stop = await alice.say(slack.general, "Stop!", { thread: running.thread });
      await untilReactedTo(footnote, stop);

      assert.equal(stop.isAcked, true);
      assert.equal(await failureOf(footnote, running), "cancelled");
      assert.equal(await failureOf(footnote, waiting), "cancelled");
      assert.equal(await failureOf(footnote, elsewhere), undefined);
      assert.deepEqual(reactionsTo(footnote, stop), ["octagonal_sign"]);
      assert.deepEqual(slack.faults, []);
    });
  });
}

describe("“stop”", () => {
  test("is told by the reply that was under way, and by no other", async (t) => {
    const footnote = await startSlackFootnote(t, { answer: silence });
    const { slack, alice } = footnote;
    const { thread } = await alice.mention(slack.general, QUESTION);
    await alice.say(slack.general, "and on Venus?", { thread });

    await alice.say(slack.general, "stop", { thread });
    const shown = await footnote.seen(thread, 4);

    assert.match(shown, /^alice: .+\nalice: and on Venus\?\nalice: stop\nFootnote: Stopped\./);
    assert.equal(shown.split("Footnote: ").length, 2);
  });

  test("may be a mention, in a thread and in another language", async (t) => {
    const footnote = await startSlackFootnote(t, { answer: silence });
    const { slack, alice } = footnote;
    const question = await alice.mention(slack.general, QUESTION);

    const stop = await alice.mention(slack.general, "arrête !", { thread: question.thread });
    await untilReactedTo(footnote, stop);

    assert.equal(await failureOf(footnote, question), "cancelled");
    assert.deepEqual(reactionsTo(footnote, stop), ["octagonal_sign"]);
    assert.deepEqual(slack.faults, []);
  });

  test("is nobody's question, and nothing where nothing is under way", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice, seen, asked } = footnote;
    const { thread } = await alice.mention(slack.general, QUESTION);
    await seen(thread, 2);

    const stop = await alice.say(slack.general, "stop", { thread });
    const next = await alice.mention(slack.general, "stop", { thread });
    await untilReactedTo(footnote, next);

    assert.deepEqual(reactionsTo(footnote, stop), []);
    assert.equal(asked.length, 1);
  });

  test("to somebody else stops nothing", async (t) => {
    const footnote = await startSlackFootnote(t, { answer: silence });
    const { slack, alice } = footnote;
    const bob = slack.addPerson("bob");
    const question = await alice.mention(slack.general, QUESTION);

    await alice.say(slack.general, `<@${bob.id}> stop`, { thread: question.thread });

    assert.equal(await failureOf(footnote, question), undefined);
  });

  test("is for the asker, and others who mention Footnote are told", async (t) => {
    const footnote = await startSlackFootnote(t, { answer: silence });
    const { slack, alice } = footnote;
    const bob = slack.addPerson("bob");
    const alices = await alice.mention(slack.general, QUESTION);
    const bobs = await bob.say(slack.general, "and on Venus?", { thread: alices.thread });

    await bob.say(slack.general, "stop", { thread: alices.thread });
    const again = await bob.mention(slack.general, "stop", { thread: alices.thread });
    await untilReactedTo(footnote, again);

    assert.equal(await failureOf(footnote, alices), undefined);
    assert.equal(await failureOf(footnote, bobs), "cancelled");
    await slack.until(() => slack.thread(slack.general, alices.thread).text({ as: bob.id }).includes("Only the asker"));
  });

  test("is for admins, too", async (t) => {
    const footnote = await startSlackFootnote(t, { answer: silence });
    const { slack, alice } = footnote;
    const question = await alice.mention(slack.general, QUESTION);

    const stop = await slack
      .addPerson("root", { isAdmin: true })
      .say(slack.general, "stop", { thread: question.thread });
    await untilReactedTo(footnote, stop);

    assert.equal(await failureOf(footnote, question), "cancelled");
  });

  test("that is delivered once more stops no later question", async (t) => {
    const footnote = await startSlackFootnote(t, { answer: silence });
    const { slack, alice } = footnote;
    const { thread } = await alice.mention(slack.general, QUESTION);
    const stop = await alice.say(slack.general, "stop", { thread });
    const later = await alice.say(slack.general, "and on Venus?", { thread });

    await Promise.all(stop.deliveries.map((delivery) => slack.redeliver(delivery)));

    assert.equal(await failureOf(footnote, later), undefined);
  });

  test("in direct messages stops the questions before it, each in its own thread", async (t) => {
    const footnote = await startSlackFootnote(t, { answer: silence });
    const { slack, alice } = footnote;
    const one = await alice.dm(QUESTION);
    const other = await alice.dm("and on Venus?");

    const stop = await alice.dm("stop");
    await untilReactedTo(footnote, stop);

    assert.equal(await failureOf(footnote, one), "cancelled");
    assert.equal(await failureOf(footnote, other), "cancelled");
    assert.deepEqual(slack.faults, []);
  });

  test("in a thread of direct messages stops that thread alone", async (t) => {
    const footnote = await startSlackFootnote(t, { answer: silence });
    const { alice } = footnote;
    const one = await alice.dm(QUESTION);
    const other = await alice.dm("and on Venus?");

    await alice.dm("stop", { thread: other.thread });

    assert.equal(await failureOf(footnote, one), undefined);
    assert.equal(await failureOf(footnote, other), "cancelled");
  });

  test("is not acked before it has stopped anything", async (t) => {
    let outages = 1;
    const store = {
      unfinished: async (thread: `${string}:${string}`) => {
        if (outages-- > 0) throw new Failure("store-unavailable", "the database is away");
        return footnote.store.unfinished(thread);
      },
    };
    const footnote: SlackFootnote = await startSlackFootnote(t, { answer: silence, store, slack: { ackMs: 300 } });
    const { slack, alice } = footnote;
    const question = await alice.mention(slack.general, QUESTION);

    const stop = await alice.say(slack.general, "stop", { thread: question.thread });

    assert.deepEqual(
      stop.deliveries.flatMap(({ outcomes }) => outcomes.map(({ isAcked }) => isAcked)),
      [false, true],
    );
    assert.equal(await failureOf(footnote, question), "cancelled");
  });
});

for (const mode of MODES) {
  describe(`“stop listening” in ${mode}`, () => {
    test("keeps Footnote quiet in the thread until it is mentioned, and then for one answer", async (t) => {
      const footnote = await startSlackFootnote(t, { mode });
      const { slack, alice, seen, asked } = footnote;
      const { thread } = await alice.mention(slack.general, QUESTION);
      await seen(thread, 2);

      const told = await alice.say(slack.general, "stop listening", { thread });
      await Promise.all(told.deliveries.map((delivery) => slack.redeliver(delivery)));
      const shown = await seen(thread, 4);
      await alice.say(slack.general, "and on Venus?", { thread });
      await alice.mention(slack.general, "and on Earth?", { thread });
      await alice.say(slack.general, "and on Mars?", { thread });
      await seen(thread, 8);

      assert.match(shown, /\nFootnote: OK, I'll stay quiet here until somebody mentions me\.$/);
      assert.deepEqual(reactionsTo(footnote, told), ["zipper_mouth_face"]);
      assert.deepEqual(
        asked.map(({ question }) => question),
        [QUESTION, "and on Earth?"],
      );
      assert.deepEqual(slack.faults, []);
    });
  });
}

describe("“start listening”", () => {
  test("with a mention makes Footnote follow the thread again", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice, seen, asked } = footnote;
    const { thread } = await alice.mention(slack.general, QUESTION);
    await seen(thread, 2);
    await alice.say(slack.general, "stop listening", { thread });

    const told = await alice.mention(slack.general, "start listening", { thread });
    await untilReactedTo(footnote, told);
    await slack.until(() => slack.thread(slack.general, thread).text().includes("I'm listening again"));
    await alice.say(slack.general, "and on Venus?", { thread });
    await footnote.core.idle();

    assert.deepEqual(
      asked.map(({ question }) => question),
      [QUESTION, "and on Venus?"],
    );
  });

  test("is not undone by an earlier “stop listening” that is delivered once more", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice, seen, asked } = footnote;
    const { thread } = await alice.mention(slack.general, QUESTION);
    await seen(thread, 2);
    const stop = await alice.say(slack.general, "stop listening", { thread });
    await alice.mention(slack.general, "start listening", { thread });

    await Promise.all(stop.deliveries.map((delivery) => slack.redeliver(delivery)));
    await alice.say(slack.general, "and on Venus?", { thread });
    await footnote.core.idle();

    assert.deepEqual(
      asked.map(({ question }) => question),
      [QUESTION, "and on Venus?"],
    );
  });

  test("without a mention is left alone", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice, seen, asked } = footnote;
    const { thread } = await alice.mention(slack.general, QUESTION);
    await seen(thread, 2);

    const said = await alice.say(slack.general, "start listening", { thread });
    const stop = await alice.mention(slack.general, "stop", { thread });
    await untilReactedTo(footnote, stop);

    assert.deepEqual(reactionsTo(footnote, said), []);
    assert.equal(asked.length, 1);
  });

  test("in a channel where Footnote follows nobody is explained to whoever said it", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice } = footnote;
    const { thread } = await alice.say(slack.general, "good morning");

    await alice.mention(slack.general, "start listening", { thread });
    await slack.until(() => slack.thread(slack.general, thread).text({ as: alice.id }).includes("don't follow"));

    assert.doesNotMatch(slack.thread(slack.general, thread).text(), /don't follow/);
  });

  test("and its opposite are nothing to choose in direct messages", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice, seen, asked } = footnote;
    const { thread } = await alice.dm(QUESTION);
    await seen(thread, 2, alice.direct);

    await alice.dm("stop listening", { thread });
    const shown = await seen(thread, 4, alice.direct);
    await alice.dm("and on Venus?", { thread });
    await seen(thread, 6, alice.direct);

    assert.match(shown, /\nFootnote: Between the two of us I answer whatever you ask\.$/);
    assert.equal(asked.length, 2);
    assert.deepEqual(slack.faults, []);
  });
});
