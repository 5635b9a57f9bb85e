import assert from "node:assert/strict";
import { test } from "node:test";
import { Events, MessageFlags, type Interaction } from "discord.js";
import { fieldErrors } from "./call-discord.ts";
import type { Fields } from "./entities.ts";
import { openInteractionDesk, say } from "./interaction-desk.ts";
import { on } from "./start-client.ts";

const choices = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `n${n}`, value: `v${n}` }));

test("while somebody types, at most 25 choices are offered, and nothing else", async () => {
  await using desk = await openInteractionDesk();
  const typing = desk.alice.autocomplete(desk.discord.general, "wiki ask", { article: "Ad" });
  const event = await desk.told();

  const many = await desk.respond(event, { type: 8, data: { choices: choices(26) } });
  const long = await desk.respond(event, { type: 8, data: { choices: [{ name: "a".repeat(101), value: "a" }] } });
  const message = await desk.respond(event, say("hi"));
  await desk.respond(event, { type: 8, data: { choices: choices(25) } });
  const offered = await typing;

  assert.deepEqual((event.data["data"] as Fields)["options"], [
    { type: 1, name: "ask", options: [{ type: 3, name: "article", value: "Ad", focused: true }] },
  ]);
  assert.equal(event.data["type"], 4);
  assert.deepEqual(fieldErrors(many.body), { "data.choices": "BASE_TYPE_MAX_LENGTH" });
  assert.deepEqual(fieldErrors(long.body), { "data.choices.0.name": "BASE_TYPE_MAX_LENGTH" });
  assert.deepEqual(fieldErrors(message.body), { type: "BASE_TYPE_CHOICES" });
  assert.equal(offered.length, 25);
});

test("people run only what is registered, open to them and complete", async () => {
  await using desk = await openInteractionDesk();
  const { alice, discord } = desk;

  assert.throws(() => alice.slash(discord.general, "nothing"), /no command \/nothing/);
  assert.throws(() => alice.slash(discord.general, "wiki"), /needs a subcommand/);
  assert.throws(() => alice.slash(discord.general, "wiki ask"), /needs question/);
  assert.throws(() => alice.slash(discord.general, "wiki ask", { question: 7 }), /takes no number/);
  assert.throws(() => alice.slash(discord.general, "wiki ask", { question: "?", other: 1 }), /has no option other/);
  assert.throws(() => alice.slash(discord.general, "stats"), /hidden/);
});

test("discord.js answers buttons, menus and forms", async () => {
  await using desk = await openInteractionDesk();
  const { discord, alice, client } = desk;
  on(client, Events.InteractionCreate, async (interaction: Interaction) => {
    if (interaction.isChatInputCommand())
      await interaction.reply({
        content: "Which?",
        components: [
          {
            type: 1,
            components: [
              {
                type: 3,
                customId: "which",
                options: [
                  { label: "Planet", value: "p" },
                  { label: "Metal", value: "m" },
                ],
              },
            ],
          },
          { type: 1, components: [{ type: 2, style: 2, label: "Wrong", customId: "wrong" }] },
        ],
      });
    if (interaction.isStringSelectMenu())
      await interaction.update({ content: `You chose ${interaction.values.join()}.` });
    if (interaction.isButton())
      await interaction.showModal({
        customId: "why",
        title: "Why?",
        components: [{ type: 1, components: [{ type: 4, customId: "reason", style: 1, label: "Reason" }] }],
      });
    if (interaction.isModalSubmit())
      await interaction.reply({
        content: `Thanks: ${interaction.fields.getTextInputValue("reason")}`,
        flags: MessageFlags.Ephemeral,
      });
  });

  const { reply } = await desk.ask();
  const asked = desk.seen();
  const chosen = await alice.select(reply!, ["Metal"]);
  const clicked = await alice.click(reply!, "Wrong");
  const submitted = await alice.submit({ reason: "it is a god" });

  assert.deepEqual(asked, ["Footnote: Which?\n[ ▾ Planet / Metal]\n[Wrong]"]);
  assert.equal(chosen.isAnswered, true);
  assert.equal(clicked.modal?.["title"], "Why?");
  assert.equal(submitted.isAnswered, true);
  assert.equal(alice.modal(), undefined);
  assert.deepEqual(desk.seen(alice.id), [
    "Footnote: You chose m.\n[ ▾ Planet / Metal]\n[Wrong] (edited)",
    "Footnote (only for alice): Thanks: it is a god",
  ]);
  assert.deepEqual(discord.faults, []);
});

test("a message command comes with the message it was chosen on", async () => {
  await using desk = await openInteractionDesk();
  const { discord, alice, client } = desk;
  const bob = discord.addPerson("bob");
  on(client, Events.InteractionCreate, async (interaction: Interaction) => {
    if (interaction.isMessageContextMenuCommand())
      await interaction.reply(`${interaction.targetMessage.author.username} said ${interaction.targetMessage.content}`);
  });

  await alice.menu(bob.say(discord.general, "hm"), "Look it up");

  assert.deepEqual(desk.seen(), ["bob: hm", "Footnote: bob said hm"]);
  assert.deepEqual(discord.faults, []);
});

test("what one person was shown, another cannot press", async () => {
  await using desk = await openInteractionDesk();
  const asking = desk.ask();
  const components = [{ type: 1, components: [{ type: 2, style: 1, label: "Go", custom_id: "go" }] }];
  await desk.respond(await desk.told(), { type: 4, data: { content: "hi", flags: 64, components } });
  const { reply } = await asking;
  const bob = desk.discord.addPerson("bob");

  await assert.rejects(bob.click(reply!, "Go"), /does not see it/);
});

test("commands in direct messages come with a user and no member", async () => {
  await using desk = await openInteractionDesk();
  const asking = desk.ask(desk.alice.direct);
  const event = await desk.told();
  await desk.respond(event, say("hi"));
  await asking;

  assert.equal(event.data["member"], undefined);
  assert.equal((event.data["user"] as Fields)["id"], desk.alice.id);
  assert.equal(event.data["context"], 1);
  assert.deepEqual(desk.discord.channel(desk.alice.direct).entries(), ["Footnote: hi"]);
});
