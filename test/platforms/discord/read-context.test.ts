import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startDiscordFootnote } from "./discord-footnote.ts";

describe("what was said before a question in Discord", () => {
  test("is read where a thread began without Footnote", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t);
    const bob = discord.addPerson("bob");
    const topic = alice.say(discord.general, "planets!");
    const thread = alice.startThread("planets", { message: topic });
    bob.say(thread, "Mercury is the hottest, says <@1>");
    alice.say(thread, "no way");

    alice.mention(thread, "who is right?");
    await seen(thread, 4);

    assert.deepEqual(asked[0]?.context, [
      { author: "bob", text: "Mercury is the hottest, says <@1>" },
      { author: "alice", text: "no way" },
    ]);
  });

  test("is the chain of replies in a channel", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t);
    const bob = discord.addPerson("bob");
    const claim = bob.say(discord.general, "Mercury is the hottest planet");
    alice.say(discord.general, "who wants lunch?");
    const doubt = alice.say(discord.general, "no way", { replyTo: claim });

    const question = bob.mention(discord.general, "who is right?", { replyTo: doubt });
    await seen(question.id, 1);

    assert.deepEqual(asked[0]?.context, [
      { author: "bob", text: "Mercury is the hottest planet" },
      { author: "alice", text: "no way" },
    ]);
    assert.deepEqual(discord.faults, []);
  });

  test("is nothing where a question begins the conversation, and is left alone in direct messages", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t);

    const question = alice.mention(discord.general, "who is right?");
    await seen(question.id, 1);
    alice.dm("who is right?");
    await seen(alice.direct, 2);

    assert.deepEqual(
      asked.flatMap(({ context = [] }) => context),
      [],
    );
    assert.ok(discord.calls.every(({ route }) => !route.startsWith("GET /channels")));
  });

  test("is done without where it may not be read, nor replied to, nor a thread be made", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t);
    const claim = alice.say(discord.general, "Mercury is the hottest planet");
    discord.deny(discord.general, ["READ_MESSAGE_HISTORY"]);

    alice.mention(discord.general, "is that right?", { replyTo: claim });
    const shown = await seen(discord.general, 3);

    assert.match(shown, /176 Earth days/);
    assert.deepEqual(asked[0]?.context ?? [], []);
  });
});
