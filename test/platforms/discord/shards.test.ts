import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FakeDiscord } from "../../fakes/discord/fake-discord.ts";
import { startFakeDiscord } from "../../fakes/discord/start-fake-discord.ts";
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

describe("shards of several processes", () => {
  test("are opened by the process they were given to, and by no other", async (t) => {
    const fake = await startFakeDiscord({ shards: SHARDS, maxConcurrency: SHARDS });
    const one = await startDiscordFootnote(t, { fake, shards: { ids: [0, 1], count: SHARDS } });
    const other = await startDiscordFootnote(t, { fake, shards: { ids: [2], count: SHARDS } });
    t.after(() => fake.close());
    await fake.until(() => fake.gateway.sessions.length === SHARDS);
    const guild = await addGuildOf(fake, 2);
    fake.addMember(guild, other.alice);
    const channel = fake.addChannel("general", { guild });

    const question = other.alice.mention(channel, QUESTION);
    await other.seen(question.id, 1);

    assert.deepEqual([one.asked.length, other.asked.length], [0, 1]);
    assert.deepEqual(fake.faults, []);
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
