import assert from "node:assert/strict";
import { test } from "node:test";
import { callDiscord } from "./call-discord.ts";
import type { FakeDiscordOptions } from "./fake-discord.ts";
import { startClient } from "./start-client.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

const ROUTE = "POST /channels/:channel/messages";

async function openDesk(options: FakeDiscordOptions = {}) {
  const discord = await startFakeDiscord(options);
  const post = (channel = discord.general) =>
    callDiscord(discord, `POST /channels/${channel}/messages`, { content: "x" });
  return { discord, post, [Symbol.asyncDispose]: () => discord.close() };
}

test("every answer says how its bucket stands", async () => {
  await using desk = await openDesk({ rates: { [ROUTE]: { limit: 2, windowMs: 60_000 } } });

  const first = await desk.post();
  const second = await desk.post();

  const standing = [first, second].map(({ headers }) => [
    headers.get("x-ratelimit-limit"),
    headers.get("x-ratelimit-remaining"),
  ]);
  assert.deepEqual(standing, [
    ["2", "1"],
    ["2", "0"],
  ]);
  assert.equal(first.headers.get("x-ratelimit-bucket"), second.headers.get("x-ratelimit-bucket"));
  assert.ok(Number(first.headers.get("x-ratelimit-reset-after")) <= 60);
});

test("a bucket that is empty refuses with the time to wait, and each channel has its own", async () => {
  await using desk = await openDesk({ rates: { [ROUTE]: { limit: 1, windowMs: 60_000 } } });
  const lobby = desk.discord.addChannel("lobby");

  await desk.post();
  const refused = await desk.post();
  const elsewhere = await desk.post(lobby);
  await desk.discord.clock.advance(60_000);
  const later = await desk.post();

  assert.equal(refused.status, 429);
  assert.equal(refused.body["global"], false);
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  assert.equal(refused.headers.get("x-ratelimit-scope"), "user");
  assert.ok(Number(refused.body["retry_after"]) > 0);
  assert.deepEqual([elsewhere.status, later.status], [200, 200]);
  assert.deepEqual(
    desk.discord.faults.map(({ route, code }) => [route, code]),
    [[ROUTE, 429]],
  );
});

test("the whole bot has its limit a second, interactions aside", async () => {
  await using desk = await openDesk({ globalPerSecond: 1 });

  await callDiscord(desk.discord, "GET /users/@me");
  const refused = await callDiscord(desk.discord, "GET /applications/@me");
  const webhook = await callDiscord(desk.discord, `GET /webhooks/${desk.discord.app.id}/x/messages/@original`);

  assert.equal(refused.status, 429);
  assert.equal(refused.body["global"], true);
  assert.equal(refused.headers.get("x-ratelimit-global"), "true");
  assert.equal(webhook.body["code"], 10015);
});

test("discord.js keeps to the buckets by itself", async () => {
  await using desk = await openDesk({ rates: { [ROUTE]: { limit: 2, windowMs: 300 } } });
  await using client = await startClient(desk.discord);
  const channel = await client.channels.fetch(desk.discord.general);

  if (channel?.isSendable() === true) await Promise.all(["1", "2", "3", "4", "5"].map((text) => channel.send(text)));

  assert.equal(desk.discord.messages(desk.discord.general).length, 5);
  assert.deepEqual(desk.discord.faults, []);
});

test("too many invalid requests within ten minutes ban the address", async () => {
  await using desk = await openDesk({ invalidRequests: 2 });
  const invalid = () => callDiscord(desk.discord, "GET /users/@me", undefined, { authorization: "Bot nonsense" });

  await invalid();
  await invalid();
  const { status } = await fetch(`${desk.discord.apiUrl}/v10/users/@me`, {
    headers: { authorization: `Bot ${desk.discord.token}`, "user-agent": "DiscordBot (x, 1)" },
  });
  await desk.discord.clock.advance(600_000);
  const later = await callDiscord(desk.discord, "GET /users/@me");

  assert.equal(status, 429);
  assert.equal(later.status, 200);
});
