import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FakeDiscord } from "../../fakes/discord/fake-discord.ts";
import { startDiscordFootnote } from "./discord-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";
const SHARDS = 3;

describe("more servers than one connection may hold", () => {
  test("are split among as many as Discord recommends, and each is answered once", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t, {
      discord: { shards: SHARDS, maxConcurrency: SHARDS },
    });
    await discord.until(() => discord.gateway.sessions.length === SHARDS);
    const channels = [];
    for (const shard of [0, 1, 2]) {
      const guild = await addGuildOf(discord, shard);
      discord.addMember(guild, alice);
      channels.push(discord.addChannel("general", { guild }));
    }

    const questions = channels.map((channel) => alice.mention(channel, QUESTION));
    alice.dm(QUESTION);
    for (const { id } of questions) await seen(id, 1);
    await seen(alice.direct, 2);

    assert.equal(asked.length, 4);
    assert.deepEqual(discord.faults, []);
  });
});

/** A server that belongs to this shard (docs, *Sharding*: by the time in its id). */
async function addGuildOf(discord: FakeDiscord, shard: number): Promise<string> {
  for (;;) {
    const guild = discord.addGuild(`Library ${shard}`);
    if (Number((BigInt(guild) >> 22n) % BigInt(SHARDS)) === shard) return guild;
    await discord.clock.advance(1);
  }
}
