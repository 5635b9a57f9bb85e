import assert from "node:assert/strict";
import { test } from "node:test";
import { callDiscord } from "./call-discord.ts";
import type { Fields } from "./entities.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

test("a mention is told with its author, member and whom it calls", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");

  const { events } = alice.mention(discord.general, "who?");

  const data = events[0]?.data ?? {};
  assert.deepEqual([events.length, events[0]?.name], [1, "MESSAGE_CREATE"]);
  assert.equal(data["content"], `<@${discord.app.id}> who?`);
  assert.equal((data["author"] as Fields)["username"], "alice");
  assert.deepEqual((data["member"] as Fields)["roles"], []);
  assert.deepEqual(
    (data["mentions"] as Fields[]).map(({ id }) => id),
    [discord.app.id],
  );
  assert.equal(discord.channel(discord.general).text(), "alice: @Footnote who?");
});

test("a reply calls the author it replies to unless that is switched off", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const bob = discord.addPerson("bob");
  const hers = alice.say(discord.general, "hello");

  const loud = bob.say(discord.general, "hi", { replyTo: hers });
  const quiet = bob.say(discord.general, "hm", { replyTo: hers, pingsReplied: false });

  const mentions = [loud, quiet].map(({ events }) => (events[0]!.data["mentions"] as Fields[]).length);
  assert.deepEqual(mentions, [1, 0]);
  assert.equal((loud.events[0]!.data["message_reference"] as Fields)["message_id"], hers.id);
});

test("edits and deletions are told, edits with their time", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const sent = alice.say(discord.general, "teh");

  const edited = alice.edit(sent, "the");
  const deleted = alice.delete(sent);

  assert.equal(edited.events[0]?.name, "MESSAGE_UPDATE");
  assert.equal(typeof edited.events[0]?.data["edited_timestamp"], "string");
  assert.deepEqual(deleted.events[0]?.data, { id: sent.id, channel_id: discord.general, guild_id: discord.guild });
});

test("a preview added to a link is told as an update that nobody made", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const sent = alice.say(discord.general, "https://example.invalid");

  discord.unfurl(sent, { title: "Example" });

  assert.deepEqual(
    discord
      .channel(discord.general)
      .history()
      .map(({ change, isEdited }) => [change, isEdited]),
    [
      ["posted", false],
      ["edited", false],
    ],
  );
});

test("other bots, webhooks, joins and pins are told as such", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const robot = discord.addBot("robot");
  const webhook = discord.addWebhook(discord.general, "news");
  const elsewhere = discord.addGuild("Elsewhere");
  discord.addChannel("lobby", { guild: elsewhere });
  const notice = webhook.say("hello");

  const told = [robot.say(discord.general, "beep"), notice, alice.join(elsewhere), alice.pin(notice)].map(
    ({ events }) => events.at(-1)?.data ?? {},
  );

  assert.deepEqual(
    told.map((data) => [data["type"], (data["author"] as Fields)["bot"], data["webhook_id"]]),
    [
      [0, true, undefined],
      [0, true, webhook.id],
      [7, false, undefined],
      [6, false, undefined],
    ],
  );
});

test("somebody with a role may do in its guild what the role may", async () => {
  await using discord = await startFakeDiscord();
  const staff = discord.addPerson("staff", { permissions: ["MANAGE_GUILD"] });
  await callDiscord(discord, `PUT /applications/${discord.app.id}/commands`, [
    { name: "settings", description: "sets", default_member_permissions: "32" },
  ]);

  const invoking = staff.slash(discord.general, "settings");
  await discord.clock.advance(3001);
  const { event } = await invoking;

  const member = event.data["member"] as Fields;
  assert.equal((BigInt(String(member["permissions"])) & 32n) === 32n, true);
});

test("what a transcript shows is what was seen at any moment", async () => {
  await using discord = await startFakeDiscord();
  const post = (method: string, path: string, body?: Fields) =>
    callDiscord(discord, `${method} /channels/${discord.general}/messages${path}`, body);
  await callDiscord(discord, `POST /channels/${discord.general}/typing`);
  await discord.clock.advance(1000);
  const { body } = await post("POST", "", { content: "one" });
  await discord.clock.advance(1000);
  await post("PATCH", `/${String(body["id"])}`, { content: "two" });
  await discord.clock.advance(1000);
  await post("DELETE", `/${String(body["id"])}`);

  const channel = discord.channel(discord.general);
  const moments = channel.history().map(({ at }) => channel.text({ at }));

  assert.deepEqual(moments, ["Footnote is typing", "Footnote: one", "Footnote: two (edited)", ""]);
});

test("typing is over after ten seconds", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");

  alice.type(discord.general);
  const during = discord.channel(discord.general).text();
  await discord.clock.advance(10_000);

  assert.deepEqual([during, discord.channel(discord.general).text()], ["alice is typing", ""]);
});

test("embeds, files, buttons and names are read as people see them", async () => {
  await using discord = await startFakeDiscord();
  const embed = {
    title: "Ada Lovelace",
    url: "https://example.invalid/Ada",
    description: "A mathematician.",
    fields: [{ name: "As of", value: "today" }],
    thumbnail: { url: "https://example.invalid/a.png" },
    footer: { text: "CC BY-SA" },
  };
  const buttons = [
    { type: 2, style: 1, label: "Why?", custom_id: "why" },
    { type: 2, style: 5, label: "Article", url: "https://example.invalid", disabled: true },
  ];

  await callDiscord(discord, `POST /channels/${discord.general}/messages`, {
    content: `See <#${discord.general}>, <@${discord.app.id}> [1](<https://example.invalid/a>)`,
    embeds: [embed],
    components: [{ type: 1, components: buttons }],
  });

  assert.equal(
    discord.channel(discord.general).text(),
    `Footnote: See #general, @Footnote [1](<https://example.invalid/a>)
| [Ada Lovelace](https://example.invalid/Ada)
| A mathematician.
| As of: today
| (picture: https://example.invalid/a.png)
| CC BY-SA
[Why?] [Article](https://example.invalid) (disabled)`,
  );
});

test("nobody writes where they may not, until they are allowed to", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const thread = alice.startThread("talk", { channel: discord.general });
  discord.archive(thread, { isLocked: true });
  discord.deny(discord.general, ["SEND_MESSAGES"], alice.id);

  assert.throws(() => alice.say(thread, "hello"), /may not write/);
  assert.throws(() => alice.say(discord.general, "hello"), /may not write/);
  discord.allow(discord.general, ["SEND_MESSAGES"], alice.id);
  alice.say(discord.general, "hello");

  assert.equal(discord.channel(discord.general).entries().at(-1), "alice: hello");
});

test("a pin and a thread made from a message are no new versions of it", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const sent = alice.say(discord.general, "hello");

  alice.pin(sent);
  alice.startThread("talk", { message: sent });

  const versions = discord
    .channel(discord.general)
    .history()
    .filter(({ message }) => message === sent.id);
  assert.deepEqual(
    versions.map(({ change }) => change),
    ["posted"],
  );
});
