import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startDiscordFootnote } from "./discord-footnote.ts";

describe("the fixed texts around an answer", () => {
  test("are in the language that a server has chosen", async (t) => {
    const { discord, alice, seen } = await startDiscordFootnote(t);
    const guild = discord.addGuild("Bücherei", { locale: "de" });
    discord.addMember(guild, alice);
    const channel = discord.addChannel("allgemein", { guild });

    const question = alice.mention(channel, "how long does a day last on Mercury?");
    const shown = await seen(question.id, 1);

    assert.match(shown, /Nobody has stayed for one\. \(nicht in den Quellen\)/);
    assert.match(shown, /, Stand 2026-10-01\n/);
    assert.match(shown, /\[Hilfreich\] \[Nicht hilfreich\] \[Warum\?\] \[Noch einmal fragen\]$/);
    assert.deepEqual(discord.faults, []);
  });

  test("and what it says itself are in that language, too", async (t) => {
    const { discord, alice, seen } = await startDiscordFootnote(t, {
      prepare: (fake) => void Object.assign(fake.world.guilds.get(fake.guild)!, { locale: "fr" }),
    });

    alice.mention(discord.general, "?");
    await seen(discord.general, 2);

    assert.match(discord.channel(discord.general).text(), /Footnote: Me voici\. Écris ta question/);
  });

  test("are English where nobody knows a language of theirs", async (t) => {
    const { discord, alice, seen } = await startDiscordFootnote(t, {
      prepare: (fake) => void Object.assign(fake.world.guilds.get(fake.guild)!, { locale: "ko" }),
    });

    const question = alice.mention(discord.general, "how long does a day last on Mercury?");

    assert.match(await seen(question.id, 1), /\[Helpful\]/);
  });
});

describe("Discord's list of commands", () => {
  test("has names, and descriptions where there are any, in five languages", async (t) => {
    const { discord } = await startDiscordFootnote(t);
    await discord.until(() => discord.commands().length > 0);

    const commands = discord.commands();

    assert.deepEqual(
      commands.map(({ name }) => name),
      ["wiki", "wikistats", "Look it up"],
    );
    const texts = [...JSON.stringify(commands).matchAll(/"\w+_localizations":(\{[^}]*\})/g)];
    assert.equal(texts.length, 17);
    for (const [, localizations = "{}"] of texts) {
      const translated: unknown = JSON.parse(localizations);
      assert.deepEqual(Object.keys(translated ?? {}).toSorted(), ["de", "es-419", "es-ES", "fr", "ja"]);
    }
    assert.deepEqual(discord.faults, []);
  });
});
