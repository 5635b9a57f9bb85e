import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ChannelType, type GatewayMessageCreateDispatchData, MessageType } from "discord.js";
import { readMessage } from "../../../src/platforms/discord/inbound.ts";

const SELF = { user: "100000000000000001", application: "100000000000000002" };
const MENTION = `<@${SELF.user}>`;
const ALICE = person("100000000000000010", "alice");
const BOB = person("100000000000000011", "bob");

function person(id: string, username: string): GatewayMessageCreateDispatchData["author"] {
  return { id, username, global_name: null, discriminator: "0", avatar: null };
}

/** What alice says in a text channel, unless it is said otherwise. */
function message(content: string, fields: Partial<GatewayMessageCreateDispatchData> = {}) {
  return {
    id: "100000000000000100",
    channel_id: "100000000000000200",
    channel_type: ChannelType.GuildText,
    guild_id: "100000000000000300",
    type: MessageType.Default,
    author: ALICE,
    content,
    mentions: [],
    mention_everyone: false,
    mention_roles: [],
    attachments: [],
    embeds: [],
    timestamp: "2026-11-01T00:00:00Z",
    edited_timestamp: null,
    tts: false,
    pinned: false,
    ...fields,
  } satisfies GatewayMessageCreateDispatchData;
}

function inThread(content: string, fields: Partial<GatewayMessageCreateDispatchData> = {}) {
  return message(content, { channel_type: ChannelType.PublicThread, ...fields });
}

describe("a message in Discord", () => {
  test("that mentions Footnote begins a conversation in the thread to be made from it", () => {
    const heard = readMessage(message(`${MENTION} how long is a day?`), SELF);

    assert.equal(heard?.message.text, "how long is a day?");
    assert.equal(heard.message.thread, "discord:100000000000000300:100000000000000100");
    assert.equal(heard.message.id, "100000000000000100");
    assert.equal(heard.message.author.id, "discord:100000000000000010");
    assert.equal(heard.place.mode, "thread");
    assert.equal(heard.place.threadName, "how long is a day?");
    assert.equal(heard.isAddressed, true);
  });

  test("names its thread in a hundred characters, whatever the question", () => {
    const heard = readMessage(message(`${MENTION} ${"𝔴𝔥𝔶 ".repeat(100)}`), SELF);

    assert.ok((heard?.place.threadName.length ?? 0) <= 100);
    assert.equal(heard?.place.threadName.isWellFormed(), true);
  });

  test("shows people and emojis by their names", () => {
    const text = `${MENTION}, did <@!100000000000000011> see <:moon:1> rise?`;

    const heard = readMessage(message(text, { mentions: [BOB] }), SELF);

    assert.equal(heard?.message.text, "did @bob see :moon: rise?");
  });

  test("in a thread belongs to its conversation, mentioned or not", () => {
    const asked = readMessage(inThread(`${MENTION} why?`), SELF);
    const said = readMessage(inThread("and on Venus?"), SELF);

    assert.equal(asked?.message.thread, "discord:100000000000000300:100000000000000200");
    assert.equal(said?.message.thread, asked.message.thread);
    assert.deepEqual([asked.isAddressed, said?.isAddressed], [true, false]);
    assert.equal(said?.place.mode, "here");
  });

  test("between the two of us needs no mention", () => {
    const heard = readMessage(message("why?", { guild_id: undefined, channel_type: ChannelType.DM }), SELF);

    assert.equal(heard?.isAddressed, true);
    assert.equal(heard.message.thread, "discord:@me:100000000000000200");
  });

  test("in the chat of a voice channel is answered as a reply", () => {
    const heard = readMessage(message(`${MENTION} why?`, { channel_type: ChannelType.GuildVoice }), SELF);

    assert.equal(heard?.place.mode, "reply");
  });

  test("that replies to Footnote is meant for it, without a mention", () => {
    const answer = message("Because.", { author: person(SELF.user, "Footnote") });

    const heard = readMessage(message("why?", { type: MessageType.Reply, referenced_message: answer }), SELF);

    assert.equal(heard?.isAddressed, true);
    assert.equal(heard.answer?.id, answer.id);
    assert.equal(heard.place.mode, "reply");
  });

  test("that is nothing but a mention asks for what it replies to", () => {
    const doubt = message("is Mercury hot?", { author: BOB });

    const heard = readMessage(message(MENTION, { type: MessageType.Reply, referenced_message: doubt }), SELF);

    assert.equal(heard?.message.text, "is Mercury hot?");
    assert.equal(heard.place.repliedTo, doubt.id);
  });

  const unheard: readonly (readonly [what: string, event: GatewayMessageCreateDispatchData])[] = [
    ["said in a channel without a mention", message("good morning")],
    ["said to somebody else in a thread", inThread(`<@${BOB.id}> do you know?`)],
    ["said to a role in a thread", inThread("<@&100000000000000400> do you know?")],
    ["said to everyone in a thread", inThread("@everyone look", { mention_everyone: true })],
    [
      "a reply to somebody else in a thread",
      inThread("no", { type: MessageType.Reply, referenced_message: message("yes", { author: BOB }) }),
    ],
    ["from another bot", message(`${MENTION} why?`, { author: { ...BOB, bot: true } })],
    ["from a webhook", message(`${MENTION} why?`, { webhook_id: "100000000000000500" })],
    ["Discord's own", message(`${MENTION} why?`, { type: MessageType.ChannelPinnedMessage })],
    ["its own", message(`${MENTION} why?`, { author: person(SELF.user, "Footnote") })],
  ];
  for (const [what, event] of unheard) {
    test(`is nothing for Footnote when it is ${what}`, () => {
      assert.equal(readMessage(event, SELF), undefined);
    });
  }
});
