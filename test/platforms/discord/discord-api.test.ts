import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import { RequestMethod, Routes } from "discord.js";
import { createDiscordApi, type DiscordRequest } from "../../../src/platforms/discord/discord-api.ts";
import type { FakeDiscordOptions } from "../../fakes/discord/fake-discord.ts";
import { startFakeDiscord } from "../../fakes/discord/start-fake-discord.ts";
import { silentLog } from "../../fakes/log.ts";

const POST = "POST /channels/:channel/messages";

async function openApi(t: TestContext, options: FakeDiscordOptions = {}) {
  const discord = await startFakeDiscord(options);
  t.after(() => discord.close());
  let revoked = 0;
  const api = createDiscordApi({
    token: discord.token,
    apiUrl: discord.apiUrl,
    log: silentLog,
    onRevoked: () => (revoked += 1),
  });
  const post = (content: string, channel = discord.general): DiscordRequest => ({
    method: RequestMethod.Post,
    path: Routes.channelMessages(channel),
    body: { content },
  });
  const said = (channel = discord.general): string[] => discord.messages(channel).map(({ content }) => content);
  return { discord, api, post, said, revoked: () => revoked };
}

describe("calls of Discord's API", () => {
  test("wait for the end of their bucket's limit, in order, without meeting it twice", async (t) => {
    const { discord, api, post, said } = await openApi(t, { rates: { [POST]: { limit: 2, windowMs: 300 } } });

    await api.once(post("first"));
    await Promise.all(["second", "third", "fourth", "fifth"].map((text) => api.again(post(text))));

    assert.deepEqual(said(), ["first", "second", "third", "fourth", "fifth"]);
    assert.deepEqual(discord.faults, []);
  });

  test("go on in another channel while one is limited", async (t) => {
    const { discord, api, post, said } = await openApi(t, { rates: { [POST]: { limit: 2, windowMs: 3_000 } } });
    const other = discord.addChannel("other");
    await api.once(post("first"));
    await api.once(post("second"));

    const skipped = await api.ifFree(post("third"));
    await api.once(post("elsewhere", other));

    assert.equal(skipped, undefined);
    assert.deepEqual(said(other), ["elsewhere"]);
    assert.deepEqual(discord.faults, []);
  });

  test("obey a limit that was not foretold", async (t) => {
    const { discord, api, post, said } = await openApi(t);
    discord.fail(POST, { retryAfter: 1 });

    await api.once(post("first"));

    assert.deepEqual(said(), ["first"]);
    assert.equal(discord.calls.filter(({ route }) => route === POST).length, 2);
  });

  test("wait no longer than they are wanted", async (t) => {
    const { discord, api, post } = await openApi(t);
    discord.fail(POST, { retryAfter: 3_600 });
    const stopping = new AbortController();

    const waiting = api.again(post("first"), stopping.signal);
    await discord.until(() => discord.calls.length === 1);
    stopping.abort(new Error("the process stops"));

    await assert.rejects(waiting);
  });

  test("are made again while Discord is away", async (t) => {
    const { discord, api, post, said } = await openApi(t);
    discord.fail(POST, { status: 502 });
    discord.fail(POST, { close: "before" });

    await api.again(post("first"));

    assert.deepEqual(said(), ["first"]);
  });

  test("are made once when they are to be", async (t) => {
    const { discord, api, post } = await openApi(t);
    discord.fail(POST, { status: 502 });

    await assert.rejects(api.once(post("first")), { name: "Silence" });

    assert.equal(discord.calls.length, 1);
  });

  test("that Discord refuses are not made again, and tell why", async (t) => {
    const { api, post } = await openApi(t);

    await assert.rejects(api.again(post("")), { name: "DiscordRefusal", code: 50_006, status: 400 });
  });

  test("are made no more once the token is refused", async (t) => {
    const { discord, api, post, revoked } = await openApi(t);
    discord.revokeToken();

    await assert.rejects(api.again(post("first")), { name: "DiscordRefusal", status: 401 });
    await assert.rejects(api.again(post("second")), { name: "DiscordRefusal", status: 401 });

    assert.equal(revoked(), 1);
    assert.equal(discord.calls.length, 1);
  });

  test("leave neither token nor text in their errors", async (t) => {
    const { discord, api, post } = await openApi(t);
    const error: unknown = await api.once(post("x".repeat(2_001))).catch((reason: unknown) => reason);

    const told = inspectAll(error);

    assert.match(told, /DiscordRefusal/);
    assert.doesNotMatch(told, new RegExp(`xxx|${discord.token}`));
  });
});

function inspectAll(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.name} ${error.message} ${JSON.stringify(error)} ${error.stack} ${inspectAll(error.cause)}`;
}
