import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { MessageAt } from "../../fakes/slack/person.ts";
import { type Mode, silence, type SlackFootnote, startSlackFootnote } from "./slack-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";
const MODES: readonly Mode[] = ["Socket Mode", "HTTP mode"];
const MINUTE_MS = 60_000;

function questionsOf({ asked }: SlackFootnote): string[] {
  return asked.map(({ question }) => question);
}

function exchangeOf({ slack, store }: SlackFootnote, { channel, ts }: MessageAt) {
  return store.exchangeOf("slack", `${slack.team}:${channel}:${ts}`);
}

for (const mode of MODES) {
  describe(`an edited question in ${mode}`, () => {
    test("is answered anew, once for all its events", async (t) => {
      const footnote = await startSlackFootnote(t, { mode });
      const { slack, alice, seen } = footnote;
      const question = await alice.mention(slack.general, QUESTION);
      await seen(question.thread, 2);

      const edit = await alice.edit(question, `<@${slack.botUser}> and on Venus?`);
      await Promise.all(edit.deliveries.map((delivery) => slack.redeliver(delivery)));
      await footnote.core.idle();

      assert.equal(edit.deliveries.length, 2);
      assert.equal(edit.isAcked, true);
      assert.deepEqual(questionsOf(footnote), [QUESTION, "and on Venus?"]);
      assert.deepEqual(slack.faults, []);
    });

    test("that is deleted loses its answer", async (t) => {
      const footnote = await startSlackFootnote(t, { mode });
      const { slack, alice, seen } = footnote;
      const question = await alice.mention(slack.general, QUESTION);
      await seen(question.thread, 2);
      await alice.edit(question, `<@${slack.botUser}> and on Venus?`);

      await alice.delete(question);
      await footnote.core.idle();

      assert.equal(await exchangeOf(footnote, question), undefined);
    });
  });
}

describe("an edited question", () => {
  test("in direct messages needs no mention, and names its thread anew", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice, seen } = footnote;
    const question = await alice.dm(QUESTION);
    await seen(question.thread, 2, alice.direct);

    await alice.edit(question, "and on Venus?");
    await slack.until(() => slack.titleOf(alice.direct, question.thread) === "and on Venus?");
    await footnote.core.idle();

    assert.deepEqual(questionsOf(footnote), [QUESTION, "and on Venus?"]);
    assert.deepEqual(slack.faults, []);
  });

  test("keeps its answer when no word was changed", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice } = footnote;
    const question = await alice.mention(slack.general, QUESTION);

    await alice.edit(question, `<@${slack.botUser}>: ${QUESTION} `);
    await footnote.core.idle();

    assert.deepEqual(questionsOf(footnote), [QUESTION]);
  });

  test("keeps its answer after a quarter of an hour", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice } = footnote;
    const early = await alice.mention(slack.general, QUESTION);
    await slack.clock.advance(10 * MINUTE_MS);
    const late = await alice.mention(slack.general, QUESTION);

    await slack.clock.advance(6 * MINUTE_MS);
    await alice.edit(early, `<@${slack.botUser}> and on Venus?`);
    await alice.edit(late, `<@${slack.botUser}> and on Earth?`);
    await footnote.core.idle();

    assert.deepEqual(questionsOf(footnote), [QUESTION, QUESTION, "and on Earth?"]);
  });

  test("keeps its answer when it names Footnote no longer, or says nothing any more", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice } = footnote;
    const one = await alice.mention(slack.general, QUESTION);
    const other = await alice.mention(slack.general, QUESTION);
    await footnote.core.idle();

    await alice.edit(one, "forget it");
    await alice.edit(other, `<@${slack.botUser}> …`);
    await footnote.core.idle();

    assert.deepEqual(questionsOf(footnote), [QUESTION, QUESTION]);
    assert.equal((await exchangeOf(footnote, one))?.revision, 0);
    assert.equal((await exchangeOf(footnote, other))?.revision, 0);
  });

  test("keeps its answer when it grows too long, and its author is told", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice, seen } = footnote;
    const question = await alice.mention(slack.general, QUESTION);
    await seen(question.thread, 2);

    await alice.edit(question, `<@${slack.botUser}> ${"x".repeat(8_001)}`);
    await slack.until(() => slack.channel(slack.general).text({ as: alice.id }).includes("longer than I can read"));

    assert.deepEqual(questionsOf(footnote), [QUESTION]);
    assert.deepEqual(slack.faults, []);
  });

  test("says what Slack shows in the end, in whatever order its edits arrive", async (t) => {
    const footnote = await startSlackFootnote(t, { answer: silence });
    const { slack, alice } = footnote;
    const question = await alice.mention(slack.general, QUESTION);
    const first = await alice.edit(question, `<@${slack.botUser}> and on Venus?`);
    await alice.edit(question, `<@${slack.botUser}> and on Earth?`);

    await Promise.all(first.deliveries.map((delivery) => slack.redeliver(delivery)));

    assert.equal((await exchangeOf(footnote, question))?.question, "and on Earth?");
    assert.equal((await exchangeOf(footnote, question))?.revision, 2);
  });

  test("is taken as it was told when Slack does not say how it reads now", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice } = footnote;
    const question = await alice.mention(slack.general, QUESTION);
    slack.fail("conversations.replies", { close: "before" });

    await alice.edit(question, `<@${slack.botUser}> and on Venus?`);
    await footnote.core.idle();

    assert.deepEqual(questionsOf(footnote).at(-1), "and on Venus?");
  });

  test("that was edited to a word is stopped", async (t) => {
    const footnote = await startSlackFootnote(t, { answer: silence });
    const { slack, alice } = footnote;
    const question = await alice.mention(slack.general, QUESTION);

    await alice.edit(question, `<@${slack.botUser}> stop`);

    assert.equal((await exchangeOf(footnote, question))?.failure, "cancelled");
  });
});

describe("an edited message", () => {
  test("becomes a question when Footnote is mentioned in it now", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice } = footnote;
    const said = await alice.say(slack.general, QUESTION);

    await alice.edit(said, `<@${slack.botUser}> ${QUESTION}`);
    await footnote.seen(said.thread, 2);

    assert.deepEqual(questionsOf(footnote), [QUESTION]);
  });

  test("becomes no question for being in a thread that Footnote came to later", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice } = footnote;
    const said = await alice.say(slack.general, "I wonder about Mercury");
    const before = await alice.say(slack.general, "It is hot there", { thread: said.thread });
    await alice.mention(slack.general, QUESTION, { thread: said.thread });

    await footnote.seen(said.thread, 4);
    const calls = slack.calls.length;

    await alice.edit(before, "It is very hot there");
    await footnote.core.idle();

    assert.deepEqual(questionsOf(footnote), [QUESTION]);
    assert.equal(slack.calls.length, calls);
  });

  test("is no question when it was deleted meanwhile", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice } = footnote;
    const said = await alice.say(slack.general, QUESTION);
    slack.fail("conversations.replies", { error: "thread_not_found" }, 2);

    await alice.edit(said, `<@${slack.botUser}> ${QUESTION}`);
    await footnote.core.idle();

    assert.deepEqual(questionsOf(footnote), []);
  });

  test("of another bot is nothing", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice } = footnote;
    const other = slack.addBot("weatherman");
    const { thread } = await alice.mention(slack.general, QUESTION);
    const said = await other.say(slack.general, "It will rain.", { thread });

    await other.edit(said, `<@${slack.botUser}> will it rain?`);
    await footnote.core.idle();

    assert.deepEqual(questionsOf(footnote), [QUESTION]);
  });

  test("of somebody from another workspace is a person's", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice } = footnote;
    const partner = slack.addTeam("Partner", { isInstalled: false });
    const bob = slack.addPerson("bob", { team: partner.id });
    const shared = slack.addChannel("shared", { sharedWith: [partner.id], members: [alice, bob] });
    const question = await bob.mention(shared, QUESTION);

    await bob.edit(question, `<@${slack.botUser}> and on Venus?`);
    await footnote.core.idle();

    assert.deepEqual(questionsOf(footnote).at(-1), "and on Venus?");
    assert.equal((await exchangeOf(footnote, question))?.replyTo["userTeam"], partner.id);
  });
});

describe("a deleted question", () => {
  test("is forgotten with its answer, however old, and asked no more", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack, alice, seen } = footnote;
    const { thread } = await alice.mention(slack.general, QUESTION);
    const followUp = await alice.say(slack.general, "and on Venus?", { thread });
    await seen(thread, 4);
    await slack.clock.advance(60 * MINUTE_MS);

    const deleted = await alice.delete(followUp);
    await footnote.core.idle();
    await Promise.all([...deleted.deliveries, ...followUp.deliveries].map((delivery) => slack.redeliver(delivery)));
    await footnote.core.idle();

    assert.equal(await exchangeOf(footnote, followUp), undefined);
    assert.equal(slack.thread(slack.general, thread).entries().length, 2);
    assert.deepEqual(questionsOf(footnote), [QUESTION, "and on Venus?"]);
    assert.deepEqual(slack.faults, []);
  });

  test("is never answered when it still waits", async (t) => {
    const footnote = await startSlackFootnote(t, { answer: silence });
    const { slack, alice } = footnote;
    const { thread } = await alice.mention(slack.general, QUESTION);
    const waiting = await alice.say(slack.general, "and on Venus?", { thread });

    await alice.delete(waiting);
    await alice.say(slack.general, "stop", { thread });
    await footnote.core.idle();

    assert.deepEqual(questionsOf(footnote), [QUESTION]);
    assert.equal(await exchangeOf(footnote, waiting), undefined);
  });
});
