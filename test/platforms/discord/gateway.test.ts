import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Log } from "../../../src/core/log.ts";
import { until } from "../../support/until.ts";
import { startDiscordFootnote } from "./discord-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";

/** A log that keeps what it is told at this level. */
function keeping(level: "warn" | "error"): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };
  log[level] = (_, message) => void lines.push(message);
  return { log, lines };
}

describe("the connection to Discord", () => {
  test("goes on when it breaks, with what was said meanwhile", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t);

    discord.gateway.sessions[0]?.drop();
    const question = alice.mention(discord.general, QUESTION);
    const shown = await seen(question.id, 1);

    assert.match(shown, /176 Earth days/);
    assert.equal(asked.length, 1);
    assert.equal(discord.gateway.resumes, 1);
  });

  test("goes on when Discord asks for another", async (t) => {
    const { discord, alice, seen } = await startDiscordFootnote(t);

    discord.gateway.sessions[0]?.reconnect();
    await discord.until(() => discord.gateway.resumes === 1);
    const question = alice.mention(discord.general, QUESTION);

    assert.match(await seen(question.id, 1), /176 Earth days/);
  });

  test("begins a new session when the old one is worth nothing", async (t) => {
    const { discord, alice, seen } = await startDiscordFootnote(t);

    discord.gateway.sessions[0]?.invalidate();
    await discord.until(() => discord.gateway.identifies === 2 && discord.gateway.sessions.length === 1);
    const question = alice.mention(discord.general, QUESTION);

    assert.match(await seen(question.id, 1), /176 Earth days/);
  });

  test("is opened anew when nothing comes over it any more", async (t) => {
    const { discord, alice, seen } = await startDiscordFootnote(t, { discord: { heartbeatMs: 200 } });

    discord.gateway.sessions[0]?.freeze();
    const question = alice.mention(discord.general, QUESTION);

    assert.match(await seen(question.id, 1), /176 Earth days/);
  });

  test("does without the Message Content intent where it is off, and says so", async (t) => {
    const { log, lines } = keeping("warn");
    const { discord, alice, seen } = await startDiscordFootnote(t, { discord: { privilegedIntents: [] }, log });

    const question = alice.mention(discord.general, QUESTION);
    const shown = await seen(question.id, 1);

    assert.match(shown, /176 Earth days/);
    assert.match(lines.join("\n"), /the Message Content intent is off/);
  });

  test("is given up with a token that Discord refuses, which is said once", async (t) => {
    const { log, lines } = keeping("error");
    const { discord } = await startDiscordFootnote(t, { log, prepare: (fake) => fake.revokeToken() });

    assert.deepEqual(lines, ["Discord refuses the token: Discord is off until Footnote is started with a new one"]);
    assert.equal(discord.gateway.sessions.length, 0);
  });

  test("is given up when the token is revoked, which is said once", async (t) => {
    const { log, lines } = keeping("error");
    const { discord } = await startDiscordFootnote(t, { log });

    discord.revokeToken();
    await until(
      async () => lines,
      ({ length }) => length > 0,
    );

    assert.deepEqual(lines, ["Discord refuses the token: Discord is off until Footnote is started with a new one"]);
  });

  test("ends when the platform pauses", async (t) => {
    const { discord, alice, platform, asked } = await startDiscordFootnote(t);

    await platform.pause();
    await discord.until(() => discord.gateway.sessions.length === 0);
    alice.mention(discord.general, QUESTION);

    assert.equal(asked.length, 0);
  });

  test("can be closed while Discord is away", async (t) => {
    const { discord, platform } = await startDiscordFootnote(t);

    await discord.close();

    await platform.stop();
  });
});

describe("commands", () => {
  test("are registered once, and again only when they are others", async (t) => {
    const { discord } = await startDiscordFootnote(t);
    await discord.until(() => discord.commands().length > 0);
    const [wiki] = discord.commands();

    await startDiscordFootnote(t, { fake: discord });
    await discord.until(
      () => discord.calls.filter(({ route }) => route === "GET /applications/:app/commands").length === 2,
    );

    assert.equal(wiki?.["name"], "wiki");
    assert.equal(discord.calls.filter(({ route }) => route === "PUT /applications/:app/commands").length, 1);
    assert.deepEqual(discord.faults, []);
  });
});
