import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import type { Person } from "../../fakes/discord/person.ts";
import { type DiscordFootnoteOptions, startDiscordFootnote } from "./discord-footnote.ts";

async function start(t: TestContext, options: DiscordFootnoteOptions = {}) {
  const footnote = await startDiscordFootnote(t, options);
  const { discord } = footnote;
  const mod = discord.addPerson("mod", { permissions: ["MANAGE_GUILD"] });
  await discord.until(() => discord.commands().length > 0);
  const seenBy = (person: Person): string => discord.channel(discord.general).text({ as: person.id });
  return {
    ...footnote,
    mod,
    seenBy,
    untilSeen: (person: Person, text: string) => discord.until(() => seenBy(person).includes(text)),
    async figures(person: Person) {
      const { reply } = await person.slash(discord.general, "wikistats");
      await discord.until(() => seenBy(person).includes("Footnote in figures"));
      return reply!;
    },
  };
}

describe("/wikistats", () => {
  test("shows the figures and their chart to whoever asks alone", async (t) => {
    const { discord, alice, figures, seenBy } = await start(t);

    const reply = await figures(alice);

    const shown = seenBy(alice);
    assert.match(
      shown,
      /^Footnote \(only for alice\): \| Footnote in figures\n\| Cache: In memory, without Redis\n\| 42 items/,
    );
    assert.match(shown, /\| Database: 0 conversations/);
    assert.match(shown, /\(picture: attachment:\/\/questions\.png\)\n\(file: questions\.png\)$/);
    assert.equal(discord.channel(discord.general).text(), "");
    const [file] = discord.world.message(reply.channel, reply.id)?.attachments ?? [];
    assert.match(file?.description ?? "", /^Questions a day\./);
    assert.deepEqual(discord.faults, []);
  });

  test("shows no chart where no files are allowed, nor while the database is away", async (t) => {
    let isAway = false;
    const footnote = await start(t, {
      store: {
        async usage(days) {
          if (isAway) throw new Failure("store-unavailable", "the database is away");
          return footnote.core.memory.usage(days);
        },
      },
    });
    const { discord, alice, figures, seenBy } = footnote;
    discord.deny(discord.general, ["ATTACH_FILES"]);

    await figures(alice);
    const denied = seenBy(alice);
    discord.allow(discord.general, ["ATTACH_FILES"]);
    isAway = true;
    const bob = discord.addPerson("bob");
    await figures(bob);

    assert.doesNotMatch(denied, /questions\.png/);
    assert.match(seenBy(bob), /Not known while the database is away/);
    assert.doesNotMatch(seenBy(bob), /questions\.png/);
  });

  test("links the articles that were cited most", async (t) => {
    const { discord, alice, seen, figures, seenBy } = await start(t);
    const question = alice.mention(discord.general, "how long does a day last on Mercury?");
    await seen(question.id, 1);

    await figures(alice);

    assert.match(seenBy(alice), /Most cited in 7 days: \[Mercury \(planet\)\]\(<https:.+>\), 1 citation/);
  });

  test("clears the cache for who manages the server, who confirms it first, and shows the figures anew", async (t) => {
    const { discord, mod, core, figures, seenBy, untilSeen } = await start(t);
    const reply = await figures(mod);

    await mod.click(reply, "Clear cache");
    const asked = seenBy(mod);
    const before = core.cache.cleared();
    await mod.click(reply, "Clear it");
    await untilSeen(mod, "The cache is cleared: 3 entries.");

    assert.match(asked, /\*\*Clear the cache\?\*\*[^]*\[Clear it\] \[Keep it\]/);
    assert.equal(before, 0);
    assert.equal(core.cache.cleared(), 1);
    assert.match(seenBy(mod), /\(file: questions\.png\)\n\[Clear cache\]/);
    assert.deepEqual(discord.faults, []);
  });

  test("keeps the cache when it is not confirmed", async (t) => {
    const { mod, core, figures, seenBy } = await start(t);
    const reply = await figures(mod);

    await mod.click(reply, "Clear cache");
    await mod.click(reply, "Keep it");

    assert.match(seenBy(mod), /\[Clear cache\]/);
    assert.equal(core.cache.cleared(), 0);
  });

  test("lets nobody else clear it, not even with a button from earlier", async (t) => {
    const { discord, alice, mod, core, figures, seenBy } = await start(t);
    await figures(alice);
    const shown = seenBy(alice);
    const reply = await figures(mod);
    await mod.click(reply, "Clear cache");
    for (const { roles } of discord.world.guilds.get(discord.guild)!.members.values()) roles.clear();

    await mod.click(reply, "Clear it");

    assert.doesNotMatch(shown, /Clear cache/);
    assert.match(seenBy(mod), /Only those who manage this server can do that\.$/);
    assert.equal(core.cache.cleared(), 0);
  });

  test("lets no manager of a server clear it that has not invited Footnote", async (t) => {
    const { discord } = await start(t);
    const guild = discord.addGuild("My own", { hasBot: false });
    const channel = discord.addChannel("mine", { guild });
    const owner = discord.addPerson("owner", { guilds: [guild], permissions: ["MANAGE_GUILD"] });
    const shown = (): string => discord.channel(channel).text({ as: owner.id });

    await owner.slash(channel, "wikistats");
    await discord.until(() => shown().includes("Footnote in figures"));

    assert.doesNotMatch(shown(), /Clear cache/);
    assert.deepEqual(discord.faults, []);
  });

  test("is for admins in direct messages, too, in their language", async (t) => {
    const admins: string[] = [];
    const people: Person[] = [];
    const { discord } = await start(t, {
      admins,
      prepare(fake) {
        const root = fake.addPerson("root", { locale: "fr" });
        admins.push(`discord:${root.id}`);
        people.push(root);
      },
    });
    const [root] = people;

    await root!.slash(root!.direct, "wikistats");
    await discord.until(() => discord.channel(root!.direct).text({ as: root!.id }).includes("Footnote en chiffres"));

    assert.match(discord.channel(root!.direct).text({ as: root!.id }), /\[Vider le cache\]$/);
  });
});
