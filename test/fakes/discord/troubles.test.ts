import assert from "node:assert/strict";
import { test } from "node:test";
import { callDiscord } from "./call-discord.ts";
import type { FakeDiscord } from "./fake-discord.ts";
import { startClient } from "./start-client.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

const ROUTE = "POST /channels/:channel/messages";
const post = (discord: FakeDiscord, content = "hi") =>
  callDiscord(discord, `POST /channels/${discord.general}/messages`, { content });
const seen = (discord: FakeDiscord) => discord.channel(discord.general).entries();

/** How forty calls ended. */
const outcomes = async () => {
  await using discord = await startFakeDiscord({ rates: { "GET /users/:user": { limit: 100, windowMs: 1000 } } });
  discord.failSometimes({ share: 0.3, seed: 7, troubles: [{ error: "50013" }, { status: 503 }] });
  for (let count = 0; count < 40; count += 1) await callDiscord(discord, "GET /users/@me");
  return discord.calls.map(({ outcome }) => outcome);
};

test("an error, a broken server and a rate limit come when they are told to, and are nobody's fault", async () => {
  await using discord = await startFakeDiscord();
  discord.fail(ROUTE, { error: "50013" });
  discord.fail(ROUTE, { status: 503 });
  discord.fail(ROUTE, { retryAfter: 7 });

  const error = await post(discord);
  const broken = await post(discord);
  const limited = await post(discord);
  const fine = await post(discord);

  assert.deepEqual([error.status, error.body], [403, { message: "Missing Permissions", code: 50013 }]);
  assert.equal(broken.status, 503);
  assert.equal(limited.status, 429);
  assert.equal(limited.body["retry_after"], 7);
  assert.equal(limited.headers.get("retry-after"), "7");
  assert.equal(fine.status, 200);
  assert.deepEqual(seen(discord), ["Footnote: hi"]);
  assert.deepEqual(discord.faults, []);
});

test("a connection breaks before the request is carried out, or after", async () => {
  await using discord = await startFakeDiscord();
  discord.fail(ROUTE, { close: "before" });
  discord.fail(ROUTE, { close: "after" });

  await assert.rejects(post(discord, "not done"), TypeError);
  await assert.rejects(post(discord, "done"), TypeError);

  assert.deepEqual(seen(discord), ["Footnote: done"]);
});

test("discord.js tries again after a broken server but not after a broken connection, where a nonce keeps the message single", async () => {
  await using discord = await startFakeDiscord();
  await using client = await startClient(discord);
  const channel = await client.channels.fetch(discord.general);
  assert.ok(channel?.isSendable());
  const send = () => channel.send({ content: "once", nonce: "n1", enforceNonce: true });
  discord.fail(ROUTE, { status: 503 });
  discord.fail(ROUTE, { close: "after" });

  await assert.rejects(send());
  await send();

  assert.deepEqual(seen(discord), ["Footnote: once"]);
});

test("a share of all calls fails, the same ones for the same seed", async () => {
  const once = await outcomes();
  const again = await outcomes();

  assert.deepEqual(once, again);
  assert.deepEqual(new Set(once), new Set(["ok", '{"error":"50013"}', '{"status":503}']));
});

test("every call is kept with its route, path and body", async () => {
  await using discord = await startFakeDiscord();

  await post(discord);
  await callDiscord(discord, "GET /users/100000000000000009");

  assert.deepEqual(
    discord.calls.map(({ route, path, body, outcome }) => ({ route, path, body, outcome })),
    [
      { route: ROUTE, path: `/channels/${discord.general}/messages`, body: { content: "hi" }, outcome: "ok" },
      { route: "GET /users/:user", path: "/users/100000000000000009", body: undefined, outcome: "10013" },
    ],
  );
});
