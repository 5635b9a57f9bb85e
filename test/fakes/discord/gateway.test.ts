import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Client, Events, GatewayIntentBits, Partials, type ClientEvents, type Message } from "discord.js";
import { WebSocket } from "ws";
import type { Fields } from "./entities.ts";
import type { FakeDiscord } from "./fake-discord.ts";
import { startClient } from "./start-client.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;

/** Contents of the messages a client hears of, in order. */
function hearMessages(client: Client): string[] {
  const heard: string[] = [];
  client.on(Events.MessageCreate, ({ content }: Message) => void heard.push(content));
  return heard;
}

interface Packet {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  readonly d: Fields;
}

/** A client's end of the gateway that says nothing by itself. */
async function connect(discord: FakeDiscord) {
  const socket = new WebSocket(`${discord.apiUrl.replace("http", "ws").replace("/api", "")}/?v=10&encoding=json`);
  const received: Packet[] = [];
  socket.on("message", (data: Buffer) => void received.push(JSON.parse(data.toString()) as Packet));
  const closed = once(socket, "close").then(([code]) => code as number);
  await once(socket, "message");
  const send = (op: number, d: unknown): void => socket.send(JSON.stringify({ op, d }));
  const identify = (rest: Fields = {}): void =>
    send(2, { token: discord.token, intents: 1, properties: {}, shard: [0, 1], ...rest });
  return { socket, received, closed, send, identify };
}

async function packet(received: readonly Packet[], discord: FakeDiscord, isIt: (packet: Packet) => boolean) {
  await discord.until(() => received.some(isIt));
  return received.find(isIt)!;
}

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

test("what happens while a connection is broken is told once when it is resumed", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  await using client = await startClient(discord);
  const heard = hearMessages(client);
  alice.say(discord.general, "before");
  await discord.until(() => heard.length === 1);

  discord.gateway.sessions[0]?.drop();
  alice.say(discord.general, "meanwhile");
  await discord.until(() => discord.gateway.resumes === 1);
  alice.say(discord.general, "after");
  await discord.until(() => heard.length === 3);

  assert.deepEqual(heard, ["before", "meanwhile", "after"]);
  assert.equal(discord.gateway.identifies, 1);
});

test("a client that is asked to reconnect resumes", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  await using client = await startClient(discord);
  const heard = hearMessages(client);

  discord.gateway.sessions[0]?.reconnect();
  await discord.until(() => discord.gateway.resumes === 1);
  alice.say(discord.general, "hello");
  await discord.until(() => heard.length === 1);

  assert.deepEqual([discord.gateway.identifies, discord.gateway.resumes], [1, 1]);
});

test("a zombie connection is noticed by its missing acks, and what it missed is told on resuming", async () => {
  await using discord = await startFakeDiscord({ heartbeatMs: 100 });
  const alice = discord.addPerson("alice");
  await using client = await startClient(discord);
  const heard = hearMessages(client);

  discord.gateway.sessions[0]?.freeze();
  alice.say(discord.general, "anybody?");
  await discord.until(() => heard.length === 1);

  assert.equal(discord.gateway.resumes, 1);
});

test("a lost session is answered as invalid, and what happened meanwhile is never told", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const first = await connect(discord);
  first.identify({ intents: (1 << 0) | (1 << 9) | (1 << 15) });
  const ready = await packet(first.received, discord, ({ t }) => t === "READY");
  const second = await connect(discord);

  discord.gateway.sessions[0]?.forget();
  alice.say(discord.general, "meanwhile");
  second.send(6, { token: discord.token, session_id: ready.d["session_id"], seq: 1 });
  const invalid = await packet(second.received, discord, ({ op }) => op === 9);
  second.identify();
  await packet(second.received, discord, ({ t }) => t === "READY");

  assert.equal(invalid.d, false);
  assert.equal(
    second.received.some(({ t }) => t === "MESSAGE_CREATE"),
    false,
  );
});

test("a resume tells what came after the sequence it names, in order, and then that it is done", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const first = await connect(discord);
  first.identify({ intents: (1 << 0) | (1 << 9) | (1 << 15) });
  const ready = await packet(first.received, discord, ({ t }) => t === "READY");
  await packet(first.received, discord, ({ t }) => t === "GUILD_CREATE");
  first.socket.terminate();
  alice.say(discord.general, "one");
  alice.say(discord.general, "two");

  const second = await connect(discord);
  second.send(6, { token: discord.token, session_id: ready.d["session_id"], seq: 2 });
  await packet(second.received, discord, ({ t }) => t === "RESUMED");

  assert.deepEqual(
    second.received.slice(1).map(({ t, s, d }) => [t, s, d["content"]]),
    [
      ["MESSAGE_CREATE", 3, "one"],
      ["MESSAGE_CREATE", 4, "two"],
      ["RESUMED", 5, undefined],
    ],
  );
});

test("connections are closed with Discord's codes", async () => {
  await using discord = await startFakeDiscord({ privilegedIntents: [], sessionStarts: 3 });
  const closing = async (act: (line: Awaited<ReturnType<typeof connect>>) => void) => {
    const line = await connect(discord);
    act(line);
    return line.closed;
  };

  const codes = [
    await closing(({ send }) => send(3, {})),
    await closing(({ send }) => send(77, {})),
    await closing(({ identify }) => identify({ token: "nonsense" })),
    await closing(({ identify }) => {
      identify();
      identify();
    }),
    await closing(({ send }) => send(6, { token: "nonsense", session_id: "x", seq: 1 })),
    await closing(({ identify }) => identify({ shard: [1, 1] })),
    await closing(({ identify }) => identify({ intents: 1 << 30 })),
    await closing(({ identify }) => identify({ intents: 1 << 15 })),
    await closing(({ send }) => {
      for (let beat = 0; beat < 121; beat += 1) send(1, null);
    }),
  ];

  assert.deepEqual(codes, [4003, 4002, 4004, 4005, 4004, 4010, 4013, 4014, 4008]);
  assert.deepEqual(
    discord.faults.map(({ code }) => code),
    codes,
  );
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

test("identifies are too soon within five seconds when that is asked for, and end with the day's allowance", async () => {
  await using discord = await startFakeDiscord({ identifyEveryMs: 5000, sessionStarts: 2 });
  const first = await connect(discord);
  const second = await connect(discord);
  const third = await connect(discord);

  first.identify();
  await packet(first.received, discord, ({ t }) => t === "READY");
  second.identify();
  await packet(second.received, discord, ({ op }) => op === 9);
  await discord.clock.advance(5000);
  second.identify();
  await packet(second.received, discord, ({ t }) => t === "READY");
  await discord.clock.advance(5000);
  third.identify();

  assert.equal(await third.closed, 4004);
  assert.equal(discord.gateway.identifies, 2);
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

test("a client that says goodbye gives up its session", async () => {
  await using discord = await startFakeDiscord();
  const client = await startClient(discord);

  await client.destroy();
  await discord.until(() => discord.gateway.sessions.length === 0);

  assert.deepEqual(discord.faults, []);
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
