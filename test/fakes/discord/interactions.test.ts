import assert from "node:assert/strict";
import { test } from "node:test";
import { Events, MessageFlags, type Interaction } from "discord.js";
import { callDiscord, fieldErrors } from "./call-discord.ts";
import type { Fields } from "./entities.ts";
import type { FakeDiscordOptions } from "./fake-discord.ts";
import type { GatewayEvent } from "./gateway.ts";
import { on, startClient } from "./start-client.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

const question = { type: 3, name: "question", description: "what", required: true };
const article = { type: 3, name: "article", description: "which", autocomplete: true };
const COMMANDS: Fields[] = [
  {
    name: "wiki",
    description: "asks",
    options: [{ type: 1, name: "ask", description: "asks", options: [question, article] }],
    integration_types: [0, 1],
    contexts: [0, 1],
  },
  { name: "stats", description: "figures", default_member_permissions: "32" },
  { type: 3, name: "Look it up" },
];

/** A Discord with commands, and an app that is told of interactions and responds by hand. */
async function openDesk(options: FakeDiscordOptions = {}) {
  const discord = await startFakeDiscord(options);
  await callDiscord(discord, `PUT /applications/${discord.app.id}/commands`, COMMANDS);
  const alice = discord.addPerson("alice", { locale: "de" });
  const told = async (): Promise<GatewayEvent> => {
    await discord.until(() => heard.length > 0);
    return heard.shift()!;
  };
  const heard: GatewayEvent[] = [];
  const client = await startClient(discord);
  client.on(Events.Raw, ({ t, d }: { t: string; d: Fields }) => {
    if (t === "INTERACTION_CREATE") heard.push({ name: t, data: d });
  });
  const respond = ({ data }: GatewayEvent, body: Fields, query = "") =>
    callDiscord(discord, `POST /interactions/${String(data["id"])}/${String(data["token"])}/callback${query}`, body);
  const webhook = (method: string, { data }: GatewayEvent, path = "", body?: Fields) =>
    callDiscord(discord, `${method} /webhooks/${discord.app.id}/${String(data["token"])}${path}`, body);
  const ask = (channel = discord.general) => alice.slash(channel, "wiki ask", { question: "who?" });
  const seen = (as?: string) => discord.channel(discord.general).entries(as === undefined ? {} : { as });
  const close = async () => {
    await client.destroy();
    await discord.close();
  };
  return { discord, alice, told, respond, webhook, ask, seen, client, [Symbol.asyncDispose]: close };
}

const say = (content: string, flags = 0) => ({ type: 4, data: { content, flags } });

const choices = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `n${n}`, value: `v${n}` }));

test("a command comes with its channel, member, locales and owners", async () => {
  await using desk = await openDesk();

  const asking = desk.ask();
  const event = await desk.told();
  await desk.respond(event, say("hi"));
  const invoked = await asking;

  const { data } = event;
  assert.deepEqual((data["data"] as Fields)["options"], [
    { type: 1, name: "ask", options: [{ type: 3, name: "question", value: "who?" }] },
  ]);
  assert.equal((data["channel"] as Fields)["id"], desk.discord.general);
  assert.equal(((data["member"] as Fields)["user"] as Fields)["id"], desk.alice.id);
  assert.deepEqual([data["locale"], data["guild_locale"], data["context"]], ["de", "en-US", 0]);
  assert.deepEqual(data["authorizing_integration_owners"], { "0": desk.discord.guild });
  assert.equal(invoked.isAnswered, true);
  assert.deepEqual(desk.seen(), ["Footnote: hi"]);
});

test("a response after three seconds comes too late, and people see that there was none", async () => {
  await using desk = await openDesk();

  const asking = desk.ask();
  const event = await desk.told();
  await desk.discord.clock.advance(3001);
  const invoked = await asking;
  const late = await desk.respond(event, say("hi"));

  assert.equal(invoked.isAnswered, false);
  assert.deepEqual([late.status, late.body["code"]], [404, 10062]);
  assert.deepEqual(desk.seen(), []);
  assert.deepEqual(
    desk.discord.faults.map(({ route, code }) => [route, code]),
    [
      ["interaction", 10062],
      ["POST /interactions/:id/:token/callback", 10062],
    ],
  );
});

test("an interaction is responded to once", async () => {
  await using desk = await openDesk();
  const asking = desk.ask();
  const event = await desk.told();

  const first = await desk.respond(event, say("hi"));
  const second = await desk.respond(event, say("again"));
  await asking;

  assert.deepEqual([first.status, first.body], [204, {}]);
  assert.deepEqual([second.status, second.body["code"]], [400, 40060]);
});

test("the response is told back when that is asked for", async () => {
  await using desk = await openDesk();
  const asking = desk.ask();

  const { body } = await desk.respond(await desk.told(), say("hi"), "?with_response=true");
  const invoked = await asking;

  assert.equal((body["interaction"] as Fields)["response_message_id"], invoked.reply?.id);
  assert.equal(((body["resource"] as Fields)["message"] as Fields)["content"], "hi");
});

test("a deferral shows that the app thinks, and takes no flag but ephemeral", async () => {
  await using desk = await openDesk();
  const first = desk.ask();
  const refused = await desk.respond(await desk.told(), { type: 5, data: { flags: 4 } });
  await desk.discord.clock.advance(3001);
  await first;
  const second = desk.ask();
  const event = await desk.told();

  await desk.respond(event, { type: 5, data: { flags: 64 } });
  await second;
  const everybody = desk.seen();
  const thinking = desk.seen(desk.alice.id);
  await desk.webhook("PATCH", event, "/messages/%40original", { content: "here" });

  assert.deepEqual(fieldErrors(refused.body), { "data.flags": "BASE_TYPE_CHOICES" });
  assert.deepEqual(everybody, []);
  assert.deepEqual(thinking, ["Footnote (only for alice): (thinking)"]);
  assert.deepEqual(desk.seen(desk.alice.id), ["Footnote (only for alice): here"]);
});

test("the first follow-up after a deferral takes its place, whatever its flags", async () => {
  await using desk = await openDesk();
  const asking = desk.ask();
  const event = await desk.told();
  await desk.respond(event, { type: 5 });
  await asking;

  await desk.webhook("POST", event, "", { content: "one", flags: 64 });
  await desk.webhook("POST", event, "", { content: "two", flags: 64 });

  assert.deepEqual(desk.seen(), ["Footnote: one"]);
  assert.deepEqual(desk.seen(desk.alice.id), ["Footnote: one", "Footnote (only for alice): two"]);
});

test("a token lives fifteen minutes", async () => {
  await using desk = await openDesk();
  const asking = desk.ask();
  const event = await desk.told();
  const early = await desk.webhook("PATCH", event, "/messages/@original", { content: "?" });
  await desk.respond(event, say("hi"));
  await asking;

  await desk.discord.clock.advance(899_000);
  const alive = await desk.webhook("PATCH", event, "/messages/@original", { content: "still" });
  await desk.discord.clock.advance(2000);
  const dead = await desk.webhook("PATCH", event, "/messages/@original", { content: "gone" });

  assert.equal(early.body["code"], 10015);
  assert.equal(alive.status, 200);
  assert.deepEqual([dead.status, dead.body["code"]], [401, 50027]);
  assert.deepEqual(desk.seen(), ["Footnote: still (edited)"]);
});

test("messages of an interaction are got, edited and deleted by its token alone", async () => {
  await using desk = await openDesk();
  const asking = desk.ask();
  const event = await desk.told();
  await desk.respond(event, say("secret", 64));
  await asking;
  const { body: followUp } = await desk.webhook("POST", event, "", { content: "more" });
  const mine = desk.alice.say(desk.discord.general, "mine");

  const got = await desk.webhook("GET", event, "/messages/@original");
  const foreign = await desk.webhook("PATCH", event, `/messages/${mine.id}`, { content: "yours" });
  const byBot = await callDiscord(
    desk.discord,
    `GET /channels/${desk.discord.general}/messages/${String(got.body["id"])}`,
  );
  const gone = await desk.webhook("DELETE", event, `/messages/${String(followUp["id"])}`);

  assert.equal(got.body["content"], "secret");
  assert.equal(foreign.body["code"], 10008);
  assert.equal(byBot.body["code"], 10008);
  assert.equal(gone.status, 204);
  assert.deepEqual(desk.seen(), ["alice: mine"]);
});

test("an app that is installed by the user alone follows up five times, and cannot see the channel", async () => {
  await using desk = await openDesk();
  const elsewhere = desk.discord.addGuild("Elsewhere", { hasBot: false });
  const lobby = desk.discord.addChannel("lobby", { guild: elsewhere });
  desk.discord.addMember(elsewhere, desk.alice);
  const asking = desk.ask(lobby);
  const event = await desk.told();
  await desk.respond(event, say("hi"));
  await asking;

  const codes: unknown[] = [];
  for (const text of ["1", "2", "3", "4", "5", "6"]) {
    const { status, body } = await desk.webhook("POST", event, "", { content: text });
    codes.push(status === 200 ? 200 : body["code"]);
    await desk.discord.clock.advance(5000);
  }
  const direct = await callDiscord(desk.discord, `POST /channels/${lobby}/messages`, { content: "x" });

  assert.deepEqual(event.data["authorizing_integration_owners"], { "1": desk.alice.id });
  assert.deepEqual(codes, [200, 200, 200, 200, 200, 40094]);
  assert.equal(direct.body["code"], 50001);
});

test("mentions in responses call users and nobody else", async () => {
  await using desk = await openDesk({ permissions: ["MENTION_EVERYONE"] });
  const asking = desk.ask();

  await desk.respond(await desk.told(), say(`<@${desk.alice.id}> @everyone`));
  await asking;

  assert.deepEqual(
    desk.discord.world.pings.map(({ ping }) => ping),
    [`<@${desk.alice.id}>`],
  );
});

test("while somebody types, at most 25 choices are offered, and nothing else", async () => {
  await using desk = await openDesk();
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
  await using desk = await openDesk();
  const { alice, discord } = desk;

  assert.throws(() => alice.slash(discord.general, "nothing"), /no command \/nothing/);
  assert.throws(() => alice.slash(discord.general, "wiki"), /needs a subcommand/);
  assert.throws(() => alice.slash(discord.general, "wiki ask"), /needs question/);
  assert.throws(() => alice.slash(discord.general, "wiki ask", { question: 7 }), /takes no number/);
  assert.throws(() => alice.slash(discord.general, "wiki ask", { question: "?", other: 1 }), /has no option other/);
  assert.throws(() => alice.slash(discord.general, "stats"), /hidden/);
});

test("discord.js answers buttons, menus and forms", async () => {
  await using desk = await openDesk();
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
  await using desk = await openDesk();
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
  await using desk = await openDesk();
  const asking = desk.ask();
  const components = [{ type: 1, components: [{ type: 2, style: 1, label: "Go", custom_id: "go" }] }];
  await desk.respond(await desk.told(), { type: 4, data: { content: "hi", flags: 64, components } });
  const { reply } = await asking;
  const bob = desk.discord.addPerson("bob");

  await assert.rejects(bob.click(reply!, "Go"), /does not see it/);
});

test("in a locked thread nothing more is said, not even by a command that was run before", async () => {
  await using desk = await openDesk();
  const thread = desk.alice.startThread("talk", { channel: desk.discord.general });
  const asking = desk.ask(thread);
  const event = await desk.told();
  await desk.respond(event, { type: 5 });
  await asking;

  desk.discord.archive(thread, { isLocked: true });
  const { body } = await desk.webhook("PATCH", event, "/messages/@original", { content: "late" });

  assert.equal(body["code"], 50083);
});

test("commands in direct messages come with a user and no member", async () => {
  await using desk = await openDesk();
  const asking = desk.ask(desk.alice.direct);
  const event = await desk.told();
  await desk.respond(event, say("hi"));
  await asking;

  assert.equal(event.data["member"], undefined);
  assert.equal((event.data["user"] as Fields)["id"], desk.alice.id);
  assert.equal(event.data["context"], 1);
  assert.deepEqual(desk.discord.channel(desk.alice.direct).entries(), ["Footnote: hi"]);
});
