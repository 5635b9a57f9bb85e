import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Events, GatewayIntentBits, Partials, type ClientEvents } from "discord.js";
import { connect, type Packet } from "./raw-client.ts";
import { hearMessages, startClient } from "./start-client.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;

const created = ({ t }: Packet) => t === "MESSAGE_CREATE";

test("a client that identifies is ready with its guilds, their channels and threads", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const thread = alice.startThread("talk", { channel: discord.general });
  await using client = await startClient(discord);

  const guild = client.guilds.cache.get(discord.guild);

  assert.equal(client.user.id, discord.app.id);
  assert.equal(guild?.channels.cache.get(discord.general)?.name, "general");
  assert.equal(guild?.channels.cache.get(thread)?.name, "talk");
  assert.equal(guild?.members.me?.permissions.has("SendMessages"), true);
  assert.equal(client.application.flags.has("GatewayMessageContentLimited"), true);
});

test("content is empty without its intent, except to the bot and in direct messages", async () => {
  await using discord = await startFakeDiscord({ privilegedIntents: [] });
  const alice = discord.addPerson("alice");
  await using client = await startClient(discord, {
    intents: [Guilds, GuildMessages, DirectMessages],
    partials: [Partials.Channel],
  });
  const heard = hearMessages(client);

  const secret = alice.say(discord.general, "secret");
  alice.mention(discord.general, "who?");
  alice.dm("psst");
  alice.say(discord.general, "and you?", { replyTo: secret });
  const reply = await client.channels.fetch(discord.general);
  if (reply?.isSendable() === true) await reply.send("own");
  await discord.until(() => heard.length === 5);

  assert.deepEqual(heard, ["", `<@${discord.app.id}> who?`, "psst", "", "own"]);
});

test("a client hears only of what its intents ask for", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  await using client = await startClient(discord, { intents: [Guilds, DirectMessages], partials: [Partials.Channel] });
  const heard = hearMessages(client);

  alice.mention(discord.general, "who?");
  alice.dm("psst");
  await discord.until(() => heard.length === 1);

  assert.deepEqual(heard, ["psst"]);
});

test("a client hears nothing of a channel the bot cannot see", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const hidden = discord.addChannel("hidden");
  discord.deny(hidden, ["VIEW_CHANNEL"]);
  await using client = await startClient(discord);
  const heard = hearMessages(client);

  const unheard = alice.mention(hidden, "who?");
  alice.say(discord.general, "hello");
  await discord.until(() => heard.length === 1);

  assert.deepEqual(unheard.events, []);
  assert.deepEqual(heard, ["hello"]);
});

test("a client with an intent that is not switched on cannot log in", async () => {
  await using discord = await startFakeDiscord({ privilegedIntents: [] });

  await assert.rejects(startClient(discord), /disallowed intents/);
});

test("a revoked token closes the connection for good, and requests are refused", async () => {
  await using discord = await startFakeDiscord();
  await using client = await startClient(discord);
  const disconnected = once(client, Events.ShardDisconnect) as Promise<ClientEvents[Events.ShardDisconnect]>;

  discord.revokeToken();
  const [{ code }] = await disconnected;

  assert.equal(code, 4004);
  await assert.rejects(client.users.fetch(discord.app.id, { force: true }), { status: 401 });
});

test("two clients of one shard both hear everything, and a replayed event comes again", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const one = await connect(discord);
  const two = await connect(discord);
  one.identify({ intents: 1 << 9 });
  two.identify({ intents: 1 << 9 });
  await discord.until(() => discord.gateway.sessions.length === 2);

  const sent = alice.say(discord.general, "hello");
  discord.replay(sent.events[0]!);
  await discord.until(() => one.received.filter(created).length === 2 && two.received.filter(created).length === 2);

  const ids = [...one.received, ...two.received].filter(created).map(({ d }) => d["id"]);
  assert.deepEqual(ids, [sent.id, sent.id, sent.id, sent.id]);
});

test("each shard hears of its guilds, and the first of direct messages", async () => {
  await using discord = await startFakeDiscord({ shards: 2 });
  const alice = discord.addPerson("alice");
  const lines = [await connect(discord), await connect(discord)] as const;
  for (const [index, line] of lines.entries())
    line.identify({ intents: (1 << 9) | (1 << 12) | (1 << 15), shard: [index, 2] });
  await discord.until(() => discord.gateway.sessions.length === 2);
  const home = Number((BigInt(discord.guild) >> 22n) % 2n);

  alice.say(discord.general, "in the guild");
  alice.dm("directly");
  const heard = (line: (typeof lines)[number]) =>
    line.received.flatMap(({ d }) => (typeof d?.["content"] === "string" ? [d["content"]] : []));
  await discord.until(() => lines.flatMap(heard).length === 2);

  assert.equal(heard(lines[home] ?? lines[0]).includes("in the guild"), true);
  assert.equal(heard(lines[0]).includes("directly"), true);
});

test("removing the bot from a guild, and inviting it, is told", async () => {
  await using discord = await startFakeDiscord();
  const elsewhere = discord.addGuild("Elsewhere", { hasBot: false });
  await using client = await startClient(discord);

  discord.removeBot(discord.guild);
  discord.inviteBot(elsewhere);
  await discord.until(() => client.guilds.cache.has(elsewhere));

  assert.deepEqual([...client.guilds.cache.keys()], [elsewhere]);
});

test("a deleted channel takes its threads along", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const lobby = discord.addChannel("lobby");
  const thread = alice.startThread("talk", { channel: lobby });
  await using client = await startClient(discord);

  discord.deleteChannel(lobby);
  await discord.until(() => !client.channels.cache.has(lobby));

  assert.equal(discord.nameOf(thread), undefined);
  await assert.rejects(client.channels.fetch(thread, { force: true }), { code: 10003 });
});
