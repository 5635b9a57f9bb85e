import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, packet } from "./raw-client.ts";
import { hearMessages, startClient } from "./start-client.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

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

  assert.deepEqual(heard, ["anybody?"]);
  assert.ok(discord.gateway.resumes > 0);
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

test("a session that is not resumed for minutes is lost", async () => {
  await using discord = await startFakeDiscord();
  const first = await connect(discord);
  first.identify();
  const ready = await packet(first.received, discord, ({ t }) => t === "READY");
  first.socket.terminate();
  await discord.until(() => discord.gateway.sessions[0]?.isConnected === false);

  await discord.clock.advance(300_001);
  const second = await connect(discord);
  second.send(6, { token: discord.token, session_id: ready.d["session_id"], seq: 1 });
  const invalid = await packet(second.received, discord, ({ op }) => op === 9);

  assert.equal(invalid.d, false);
  assert.deepEqual(discord.gateway.sessions, []);
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

test("a client that says goodbye gives up its session", async () => {
  await using discord = await startFakeDiscord();
  const client = await startClient(discord);

  await client.destroy();
  await discord.until(() => discord.gateway.sessions.length === 0);

  assert.deepEqual(discord.faults, []);
});

test("discord.js identifies anew when its session is declared invalid", async () => {
  await using discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  await using client = await startClient(discord, {
    ws: { buildIdentifyThrottler: () => Promise.resolve({ waitForIdentify: () => Promise.resolve() }) },
  });
  const heard = hearMessages(client);

  discord.gateway.sessions[0]?.invalidate();
  alice.say(discord.general, "meanwhile");
  await discord.until(() => discord.gateway.identifies === 2);
  alice.say(discord.general, "hello");
  await discord.until(() => heard.length === 1);

  assert.deepEqual(heard, ["hello"]);
});
