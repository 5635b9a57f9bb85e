import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readEvent } from "../../../src/platforms/slack/inbound.ts";

const SELF = { team: "T1", user: "UBOT", bot: "BBOT" };

const MENTION = {
  type: "app_mention",
  channel: "C1",
  user: "U1",
  team: "T1",
  text: "<@UBOT> how long is a day on Mercury?",
  ts: "1700000000.000100",
};
const MESSAGE = { ...MENTION, type: "message", channel_type: "channel" };
const FOLLOW_UP = { ...MESSAGE, text: "and on Venus?", ts: "1700000001.000100", thread_ts: "1700000000.000100" };
const DIRECT = { ...MESSAGE, channel: "D1", channel_type: "im", text: "how long is a day on Mercury?" };

describe("a mention", () => {
  test("asks what stands beside the bot's name, in the thread of its message", () => {
    const heard = readEvent(MENTION, SELF);

    assert.equal(heard?.isAddressed, true);
    assert.equal(heard.message.text, "how long is a day on Mercury?");
    assert.equal(heard.message.thread, "slack:T1:C1:1700000000.000100");
    assert.equal(heard.message.id, "T1:C1:1700000000.000100");
    assert.deepEqual(heard.message.author, { id: "slack:U1", name: "U1" });
  });

  test("is one message with its twin", () => {
    assert.equal(readEvent(MENTION, SELF)?.message.id, readEvent(MESSAGE, SELF)?.message.id);
    assert.equal(readEvent(MESSAGE, SELF)?.isAddressed, true);
  });

  test("in the middle of a thread is answered in that thread", () => {
    const heard = readEvent({ ...MENTION, ts: "1700000009.000100", thread_ts: "1700000000.000100" }, SELF);

    assert.equal(heard?.message.thread, "slack:T1:C1:1700000000.000100");
    assert.equal(heard.message.id, "T1:C1:1700000009.000100");
  });

  test("may stand anywhere, carry a label, and be followed by a colon", () => {
    const labelled = readEvent({ ...MENTION, text: "<@UBOT|footnote>: who was Ada?" }, SELF);
    const atTheEnd = readEvent({ ...MENTION, text: "who was Ada, <@UBOT>" }, SELF);

    assert.equal(labelled?.message.text, "who was Ada?");
    assert.equal(atTheEnd?.message.text, "who was Ada,");
  });

  test("of a person from another workspace is one like any other, and its stream is theirs", () => {
    const heard = readEvent({ ...MENTION, user: "U9", user_team: "T9", team: "T9" }, SELF);

    assert.equal(heard?.message.thread, "slack:T1:C1:1700000000.000100");
    assert.equal(heard.message.replyTo["userTeam"], "T9");
  });

  test("without a question is nothing", () => {
    assert.equal(readEvent({ ...MENTION, text: "<@UBOT>  " }, SELF), undefined);
    assert.equal(readEvent({ ...MENTION, text: null }, SELF), undefined);
  });
});

describe("a direct message", () => {
  test("needs no mention", () => {
    const heard = readEvent(DIRECT, SELF);

    assert.equal(heard?.isAddressed, true);
    assert.equal(heard.message.thread, "slack:T1:D1:1700000000.000100");
  });
});

describe("a message without a mention", () => {
  test("in a thread may be a follow-up", () => {
    const heard = readEvent(FOLLOW_UP, SELF);

    assert.equal(heard?.isAddressed, false);
    assert.equal(heard.message.thread, "slack:T1:C1:1700000000.000100");
  });

  test("in a thread is for somebody else when it names them", () => {
    assert.equal(readEvent({ ...FOLLOW_UP, text: "<@U2> do you know?" }, SELF), undefined);
    assert.equal(readEvent({ ...FOLLOW_UP, text: "<!here> lunch?" }, SELF), undefined);
    assert.equal(readEvent({ ...FOLLOW_UP, text: "<!subteam^S1|@ops> help" }, SELF), undefined);
  });

  test("outside a thread is nothing", () => {
    assert.equal(readEvent({ ...MESSAGE, text: "good morning" }, SELF), undefined);
  });
});

describe("what no person says", () => {
  const silent: readonly (readonly [what: string, event: object])[] = [
    ["Footnote's own messages", { ...DIRECT, user: "UBOT" }],
    ["messages of other bots", { ...DIRECT, bot_id: "B2" }],
    ["messages of bots without a user", { ...MESSAGE, subtype: "bot_message", user: undefined, bot_id: "B2" }],
    ["Slackbot", { ...DIRECT, user: "USLACKBOT" }],
    ["joins", { ...MESSAGE, subtype: "channel_join" }],
    ["topics", { ...MESSAGE, subtype: "channel_topic" }],
    ["edits", { ...MESSAGE, subtype: "message_changed" }],
    ["edited mentions", { ...MENTION, edited: { user: "U1", ts: "1700000002.000000" } }],
    ["deletions", { ...MESSAGE, subtype: "message_deleted" }],
    ["other events", { type: "reaction_added", user: "U1" }],
  ];
  for (const [what, event] of silent) {
    test(`is nothing: ${what}`, () => {
      assert.equal(readEvent(event, SELF), undefined);
    });
  }

  test("does not include what a person says with a file", () => {
    assert.equal(readEvent({ ...DIRECT, subtype: "file_share" }, SELF)?.isAddressed, true);
  });
});
