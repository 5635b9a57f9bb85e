import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Heard, readEvent } from "../../../src/platforms/slack/inbound.ts";

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

/** What is heard of a new message; `undefined` when it is nothing for Footnote. */
function hear(event: object): Heard | undefined {
  const read = readEvent(event, SELF);
  return read?.type === "said" ? read.heard : undefined;
}

describe("a mention", () => {
  test("asks what stands beside the bot's name, in the thread of its message", () => {
    const heard = hear(MENTION);

    assert.equal(heard?.isAddressed, true);
    assert.equal(heard.message.text, "how long is a day on Mercury?");
    assert.equal(heard.message.thread, "slack:T1:C1:1700000000.000100");
    assert.equal(heard.message.id, "T1:C1:1700000000.000100");
    assert.deepEqual(heard.message.author, { id: "slack:U1", name: "U1" });
  });

  test("is one message with its twin", () => {
    assert.equal(hear(MENTION)?.message.id, hear(MESSAGE)?.message.id);
    assert.equal(hear(MESSAGE)?.isAddressed, true);
  });

  test("in the middle of a thread is answered in that thread", () => {
    const heard = hear({ ...MENTION, ts: "1700000009.000100", thread_ts: "1700000000.000100" });

    assert.equal(heard?.message.thread, "slack:T1:C1:1700000000.000100");
    assert.equal(heard.message.id, "T1:C1:1700000009.000100");
  });

  test("may stand anywhere, carry a label, and be followed by a colon", () => {
    const labelled = hear({ ...MENTION, text: "<@UBOT|footnote>: who was Ada?" });
    const atTheEnd = hear({ ...MENTION, text: "who was Ada, <@UBOT>" });

    assert.equal(labelled?.message.text, "who was Ada?");
    assert.equal(atTheEnd?.message.text, "who was Ada,");
  });

  test("of a person from another workspace is one like any other, and its stream is theirs", () => {
    const heard = hear({ ...MENTION, user: "U9", user_team: "T9", team: "T9" });

    assert.equal(heard?.message.thread, "slack:T1:C1:1700000000.000100");
    assert.equal(heard.message.replyTo["userTeam"], "T9");
  });

  test("without a question has no text", () => {
    assert.equal(hear({ ...MENTION, text: "<@UBOT>  " })?.message.text, "");
    assert.equal(hear({ ...MENTION, text: null })?.message.text, "");
  });

  test("tells its reply that it was addressed, and a follow-up that it was not", () => {
    assert.equal(hear(MENTION)?.message.replyTo["isAddressed"], true);
    assert.equal(hear(FOLLOW_UP)?.message.replyTo["isAddressed"], false);
  });
});

describe("a direct message", () => {
  test("needs no mention", () => {
    const heard = hear(DIRECT);

    assert.equal(heard?.isAddressed, true);
    assert.equal(heard.message.thread, "slack:T1:D1:1700000000.000100");
  });
});

describe("a message without a mention", () => {
  test("in a thread may be a follow-up", () => {
    const heard = hear(FOLLOW_UP);

    assert.equal(heard?.isAddressed, false);
    assert.equal(heard.message.thread, "slack:T1:C1:1700000000.000100");
  });

  test("in a thread is for somebody else when it names them", () => {
    assert.equal(hear({ ...FOLLOW_UP, text: "<@U2> do you know?" }), undefined);
    assert.equal(hear({ ...FOLLOW_UP, text: "<!here> lunch?" }), undefined);
    assert.equal(hear({ ...FOLLOW_UP, text: "<!subteam^S1|@ops> help" }), undefined);
  });

  test("outside a thread is nothing", () => {
    assert.equal(hear({ ...MESSAGE, text: "good morning" }), undefined);
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
    ["other events", { type: "reaction_added", user: "U1" }],
  ];
  for (const [what, event] of silent) {
    test(`is nothing: ${what}`, () => {
      assert.equal(readEvent(event, SELF), undefined);
    });
  }

  test("does not include what a person says with a file", () => {
    assert.equal(hear({ ...DIRECT, subtype: "file_share" })?.isAddressed, true);
  });
});

const EDITED = { user: "U1", ts: "1700000060.000000" };
const CHANGED = {
  type: "message",
  subtype: "message_changed",
  channel: "C1",
  channel_type: "channel",
  ts: "1700000060.000200",
  message: { ...FOLLOW_UP, text: "and on Earth?", edited: EDITED },
  previous_message: FOLLOW_UP,
};
const DELETED = {
  type: "message",
  subtype: "message_deleted",
  channel: "C1",
  channel_type: "channel",
  ts: "1700000060.000200",
  deleted_ts: FOLLOW_UP.ts,
  previous_message: FOLLOW_UP,
};

describe("an edit", () => {
  test("is of the message that was edited, in its thread", () => {
    const read = readEvent(CHANGED, SELF);

    assert.equal(read?.type, "edited");
    assert.equal(read.heard.message.id, "T1:C1:1700000001.000100");
    assert.equal(read.heard.message.thread, "slack:T1:C1:1700000000.000100");
    assert.equal(read.heard.message.text, "and on Earth?");
    assert.equal(read.editedTs, "1700000060.000000");
  });

  test("of a mention is the same as the edited mention that Slack tells of besides", () => {
    const text = "<@UBOT> how long is a year?";

    const changed = readEvent({ ...CHANGED, message: { ...MENTION, type: "message", text, edited: EDITED } }, SELF);
    const mentioned = readEvent({ ...MENTION, text, edited: EDITED }, SELF);

    assert.ok(changed?.type === "edited" && mentioned?.type === "edited");
    assert.equal(changed.heard.message.id, mentioned.heard.message.id);
    assert.equal(changed.heard.message.text, mentioned.heard.message.text);
    assert.deepEqual([changed.heard.isAddressed, mentioned.heard.isAddressed], [true, true]);
  });

  test("of a direct message needs no mention", () => {
    const read = readEvent({ ...CHANGED, channel: "D1", channel_type: "im" }, SELF);

    assert.ok(read?.type === "edited" && read.heard.isDirect && read.heard.isAddressed);
  });

  const silent: readonly (readonly [what: string, message: object])[] = [
    ["the preview of a link", { ...FOLLOW_UP, edited: undefined }],
    ["by Footnote", { ...FOLLOW_UP, user: "UBOT", edited: EDITED }],
    ["by another bot", { ...FOLLOW_UP, bot_id: "B2", edited: EDITED }],
    ["of a topic", { ...FOLLOW_UP, subtype: "channel_topic", edited: EDITED }],
    ["outside threads, without a mention", { ...MESSAGE, text: "good morning", edited: EDITED }],
    ["that names somebody else", { ...FOLLOW_UP, text: "<@U2> do you know?", edited: EDITED }],
  ];
  for (const [what, message] of silent) {
    test(`is nothing: ${what}`, () => {
      assert.equal(readEvent({ ...CHANGED, message }, SELF), undefined);
    });
  }
});

describe("a deletion", () => {
  test("is of the message that was deleted, in its thread", () => {
    assert.deepEqual(readEvent(DELETED, SELF), {
      type: "deleted",
      messageId: "T1:C1:1700000001.000100",
      thread: "slack:T1:C1:1700000000.000100",
    });
  });

  test("of a message with replies is told by what is left of it", () => {
    const { ts } = MENTION;
    const message = { subtype: "tombstone", user: "USLACKBOT", text: "This message was deleted.", ts, thread_ts: ts };

    const read = readEvent({ ...CHANGED, message, previous_message: { ...MENTION, thread_ts: ts } }, SELF);

    assert.deepEqual(read, {
      type: "deleted",
      messageId: "T1:C1:1700000000.000100",
      thread: "slack:T1:C1:1700000000.000100",
    });
  });

  test("of a message of Footnote's own is nothing", () => {
    const own = { ...FOLLOW_UP, user: "UBOT", bot_id: "BBOT" };

    assert.equal(readEvent({ ...DELETED, previous_message: own }, SELF), undefined);
  });
});
