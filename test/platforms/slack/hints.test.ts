import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { saveChannelSettings } from "../../../src/platforms/slack/channel-settings.ts";
import { type Mode, startSlackFootnote } from "./slack-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";
const MODES: readonly Mode[] = ["Socket Mode", "HTTP mode"];

for (const mode of MODES) {
  describe(`a question that is too long in ${mode}`, () => {
    test("is answered with the limit, to its author alone and once", async (t) => {
      const { slack, alice, asked } = await startSlackFootnote(t, { mode });
      const bob = slack.addPerson("bob");

      const question = await alice.mention(slack.general, "x".repeat(8_001));
      await Promise.all(question.deliveries.map((delivery) => slack.redeliver(delivery)));
      await slack.until(() => slack.channel(slack.general).entries({ as: alice.id }).length === 2);

      assert.match(
        slack.channel(slack.general).text({ as: alice.id }),
        /\nFootnote \(only for alice\): That is longer than I can read: a question may have 8,000 characters\./,
      );
      assert.equal(slack.channel(slack.general).entries({ as: bob.id }).length, 1);
      assert.equal(slack.calls.filter(({ method }) => method === "chat.postEphemeral").length, 1);
      assert.equal(question.isAcked, true);
      assert.equal(asked.length, 0);
      assert.deepEqual(slack.faults, []);
    });
  });
}

describe("a question that is too long", () => {
  test("is answered in its thread in direct messages", async (t) => {
    const { slack, alice } = await startSlackFootnote(t);

    const question = await alice.dm("x".repeat(8_001));
    await slack.until(() => slack.thread(alice.direct, question.thread).entries().length === 2);

    assert.match(slack.thread(alice.direct, question.thread).text(), /\nFootnote: That is longer than I can read/);
    assert.deepEqual(slack.faults, []);
  });

  test("is answered once by all replicas, by the reaction on it", async (t) => {
    const { slack, alice } = await startSlackFootnote(t);
    slack.fail("reactions.add", { error: "already_reacted" });

    await alice.mention(slack.general, "x".repeat(8_001));
    await slack.until(() => slack.calls.some(({ method }) => method === "reactions.add"));
    await alice.mention(slack.general, "y".repeat(8_001));
    await slack.until(() => slack.calls.some(({ method }) => method === "chat.postEphemeral"));

    assert.equal(slack.calls.filter(({ method }) => method === "reactions.add").length, 2);
    assert.equal(slack.calls.filter(({ method }) => method === "chat.postEphemeral").length, 1);
  });

  test("is answered where Footnote may leave no reaction", async (t) => {
    const { slack, alice } = await startSlackFootnote(t);
    slack.fail("reactions.add", { error: "missing_scope" });

    await alice.mention(slack.general, "x".repeat(8_001));

    await slack.until(() => slack.channel(slack.general).entries({ as: alice.id }).length === 2);
  });

  test("becomes one once it is edited to be shorter", async (t) => {
    const { slack, alice, seen, asked } = await startSlackFootnote(t);
    const question = await alice.mention(slack.general, "x".repeat(8_001));

    await alice.edit(question, `<@${slack.botUser}> ${QUESTION}`);
    await seen(question.thread, 2);

    assert.equal(asked[0]?.question, QUESTION);
  });
});

describe("a question too many of one person", () => {
  test("is acked, and its author told once to wait", async (t) => {
    const tooMuch = new Failure("over-budget", "its author has asked too much");
    const store = { receive: () => Promise.reject(tooMuch) };
    const { slack, alice, asked } = await startSlackFootnote(t, { store });

    const question = await alice.mention(slack.general, QUESTION);
    await slack.until(() => slack.channel(slack.general).entries({ as: alice.id }).length === 2);

    assert.equal(question.isAcked, true);
    assert.match(
      slack.channel(slack.general).text({ as: alice.id }),
      /\(only for alice\): That is more than I look up/,
    );
    assert.equal(asked.length, 0);
    assert.deepEqual(slack.faults, []);
  });
});

describe("a mention that asks nothing", () => {
  test("is answered with how to ask, to its author alone", async (t) => {
    const { slack, alice, asked } = await startSlackFootnote(t);

    const ping = await alice.mention(slack.general, " ?");
    await slack.until(() => slack.channel(slack.general).entries({ as: alice.id }).length === 2);

    assert.match(slack.channel(slack.general).text({ as: alice.id }), /\nFootnote \(only for alice\): Here I am\./);
    assert.equal(slack.thread(slack.general, ping.thread).entries().length, 1);
    assert.equal(asked.length, 0);
    assert.deepEqual(slack.faults, []);
  });

  test("is answered so in the thread it stands in", async (t) => {
    const { slack, alice } = await startSlackFootnote(t);
    const { thread } = await alice.say(slack.general, QUESTION);

    await alice.mention(slack.general, "", { thread });

    await slack.until(() => slack.thread(slack.general, thread).entries({ as: alice.id }).length === 3);
  });
});

describe("what people say in a thread with Footnote", () => {
  test("is kept nowhere when it is small talk", async (t) => {
    const { slack, alice, seen, asked, store } = await startSlackFootnote(t);
    const { thread } = await alice.mention(slack.general, QUESTION);
    await seen(thread, 2);

    await alice.say(slack.general, "thanks!", { thread });
    await alice.say(slack.general, ":+1:", { thread });
    await alice.say(slack.general, "…", { thread });

    const messages = await store.messages(`slack:${slack.team}:${slack.general}:${thread}`, { limit: 9 });
    assert.equal(messages?.items.length, 2);
    assert.equal(asked.length, 1);
  });

  test("needs a mention where its channel is set so", async (t) => {
    const { slack, alice, seen, asked, store } = await startSlackFootnote(t);
    await saveChannelSettings(store, slack.team, slack.general, { mentionOnly: true }, `slack:${alice.id}`);
    const { thread } = await alice.mention(slack.general, QUESTION);
    await seen(thread, 2);

    await alice.say(slack.general, "and on Venus?", { thread });
    await alice.mention(slack.general, "and on Earth?", { thread });
    await alice.mention(slack.general, "start listening", { thread });
    await slack.until(() => slack.thread(slack.general, thread).text({ as: alice.id }).includes("`/wiki settings`"));
    await seen(thread, 6);

    assert.deepEqual(
      asked.map(({ question }) => question),
      [QUESTION, "and on Earth?"],
    );
  });
});
