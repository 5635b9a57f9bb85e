import assert from "node:assert/strict";
import { test } from "node:test";
import { Events } from "discord.js";
import { on, startClient } from "./start-client.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

test("discord.js hears a mention, types and answers in a thread made from it", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  await using client = await startClient(discord);
  on(client, Events.MessageCreate, async (message) => {
    if (message.author.bot || !message.mentions.has(client.user)) return;
    const thread = await message.startThread({ name: "who?" });
    await thread.sendTyping();
    const reply = await thread.send("one");
    await reply.edit("two");
  });

  const question = alice.mention(discord.general, "who?");
  await discord.until(() => discord.channel(question.id).text() === "Footnote: two (edited)");

  assert.equal(discord.channel(discord.general).text(), "alice: @Footnote who?");
  assert.equal(discord.nameOf(question.id), "who?");
  assert.deepEqual(
    discord
      .channel(question.id)
      .history()
      .map(({ change, type, text }) => [change, type, text]),
    [
      ["posted", 21, ""],
      ["typing", 0, ""],
      ["posted", 0, "one"],
      ["edited", 0, "two"],
    ],
  );
  assert.deepEqual(discord.faults, []);
});

test("a slash command is deferred, and its reply edited", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  await using client = await startClient(discord);
  await client.application.commands.set([
    {
      name: "wiki",
      description: "asks",
      options: [
        {
          type: 1,
          name: "ask",
          description: "asks",
          options: [{ type: 3, name: "question", description: "what", required: true }],
        },
      ],
    },
  ]);
  on(client, Events.InteractionCreate, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    await interaction.editReply(`you asked ${interaction.options.getString("question")}`);
  });

  const invoked = await alice.slash(discord.general, "wiki ask", { question: "who?" });
  await discord.until(() => discord.channel(discord.general).text() === "Footnote: you asked who?");

  assert.equal(invoked.isAnswered, true);
  assert.deepEqual(discord.faults, []);
});
