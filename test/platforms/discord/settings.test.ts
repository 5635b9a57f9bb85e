import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import type { MessageAt } from "../../fakes/discord/person.ts";
import { told } from "./answered.ts";
import { type DiscordFootnoteOptions, startDiscordFootnote } from "./discord-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";

async function start(t: TestContext, options: DiscordFootnoteOptions = {}) {
  const footnote = await startDiscordFootnote(t, options);
  const { discord } = footnote;
  const mod = discord.addPerson("mod", { permissions: ["MANAGE_GUILD"] });
  await discord.until(() => discord.commands().length > 0);
  return {
    ...footnote,
    mod,
    async panel(): Promise<MessageAt> {
      const { reply } = await mod.slash(discord.general, "wiki settings");
      return reply!;
    },
    /** The panel as it is now. */
    shown(): string {
      const entries = discord.channel(discord.general).entries({ as: mod.id });
      return entries.find((entry) => entry.includes("settings for this server")) ?? "";
    },
  };
}

describe("/wiki settings", () => {
  test("shows the managers of a server what is set, and what can be", async (t) => {
    const { discord, mod, panel, shown } = await start(t);

    await panel();

    assert.equal(
      shown(),
      [
        "Footnote (only for mod): | Footnote's settings for this server",
        "| Language of the wiki: as Footnote is set up",
        "| Where I answer: everywhere",
        "| Where I answer only when mentioned: nowhere",
        "| How I answer: in threads",
        "| Limits: the same for everybody",
        "(component 8)",
        "(component 8)",
        "[How I answer ▾ in threads / as replies]",
        "(component 6)",
        "[Language of the wiki…]",
      ].join("\n"),
    );
    assert.equal(discord.channel(discord.general).text(), "");
    assert.ok(mod);
    assert.deepEqual(discord.faults, []);
  });

  test("is for nobody else, nor for who has been a manager, nor in direct messages", async (t) => {
    const footnote = await start(t);
    const { discord, alice, mod, core, panel } = footnote;
    const reply = await panel();
    for (const { roles } of discord.world.guilds.get(discord.guild)!.members.values()) roles.clear();

    const refused = await alice.slash(discord.general, "wiki settings");
    const late = await mod.select(reply, ["as replies"], "settings:answers");
    const direct = await alice.slash(alice.direct, "wiki settings");

    assert.equal(told(footnote, alice, refused), "Only those who manage this server can do that.");
    assert.equal(told(footnote, mod, late), "Only those who manage this server can do that.");
    assert.match(told(footnote, alice, direct) ?? "", /^There is nothing to set in direct messages/);
    assert.equal(await core.store.settings(`discord:${discord.guild}`), undefined);
  });

  test("answers below the question where that is chosen", async (t) => {
    const { discord, alice, mod, panel, shown, seen } = await start(t);
    const reply = await panel();

    await mod.select(reply, ["as replies"], "settings:answers");
    const chosen = shown();
    const question = alice.mention(discord.general, QUESTION);
    await seen(discord.general, 2);

    assert.match(chosen, /\| How I answer: as replies/);
    assert.equal(discord.messages(discord.general).at(-1)?.reference?.message, question.id);
    assert.deepEqual(discord.threads(discord.general), []);
    assert.deepEqual(discord.faults, []);
  });

  test("keeps to the channels that are chosen, their threads included, and says where they are", async (t) => {
    const footnote = await start(t);
    const { discord, alice, mod, asked, panel, seen } = footnote;
    const wiki = discord.addChannel("ask-the-wiki");
    const reply = await panel();
    await mod.select(reply, [wiki], "settings:channels");

    alice.mention(discord.general, QUESTION);
    await discord.until(() => discord.channel(discord.general).text().includes("I don't answer in this channel"));
    const refused = await alice.slash(discord.general, "wiki ask", { question: QUESTION });
    const question = alice.mention(wiki, QUESTION);
    await seen(question.id, 1);
    alice.say(question.id, "and on Venus?");
    await seen(question.id, 3);

    assert.match(discord.channel(discord.general).text(), /Ask me here: #ask-the-wiki/);
    assert.match(told(footnote, alice, refused) ?? "", /Ask me here: #ask-the-wiki/);
    assert.deepEqual(
      asked.map((request) => request.question),
      [QUESTION, "and on Venus?"],
    );
    assert.deepEqual(discord.faults, []);
  });

  test("wants a mention for each question in the threads of channels that are chosen for it", async (t) => {
    const { discord, alice, mod, asked, panel, seen } = await start(t);
    await mod.select(await panel(), [discord.general], "settings:mention-only");
    const question = alice.mention(discord.general, QUESTION);
    await seen(question.id, 1);

    alice.say(question.id, "and on Venus?");
    alice.mention(question.id, "and on Earth?");
    await seen(question.id, 4);

    assert.deepEqual(
      asked.map((request) => request.question),
      [QUESTION, "and on Earth?"],
    );
  });

  test("asks the wiki in the language that is chosen by name or code, unless the asker chooses another", async (t) => {
    const { discord, alice, mod, asked, core, panel, shown, seen } = await start(t);
    const reply = await panel();

    await mod.click(reply, "Language of the wiki…");
    await mod.submit({ value: "German" });
    const chosen = shown();
    const question = alice.mention(discord.general, QUESTION);
    await seen(question.id, 1);
    await alice.slash(discord.general, "wiki ask", { question: QUESTION, language: "fr" });
    await discord.until(() => asked.length === 2);
    await core.idle();
    await mod.click(reply, "Language of the wiki…");
    await mod.submit({ value: "" });

    assert.match(chosen, /\| Language of the wiki: de/);
    assert.deepEqual(
      asked.map(({ language }) => language),
      ["de", "fr"],
    );
    assert.match(shown(), /\| Language of the wiki: as Footnote is set up/);
    assert.deepEqual(discord.faults, []);
  });

  test("suggests titles of the wiki in the language that is chosen", async (t) => {
    const languages: (string | undefined)[] = [];
    const { discord, alice, mod, panel } = await start(t, {
      suggest: async (_, language) => {
        languages.push(language);
        return ["Merkur"];
      },
    });
    await mod.click(await panel(), "Language of the wiki…");
    await mod.submit({ value: "de" });

    await alice.autocomplete(discord.general, "wiki ask", { article: "Mer" });
    await alice.autocomplete(discord.general, "wiki ask", { article: "Mer" }, { language: "fr" });

    assert.deepEqual(languages, ["de", "fr"]);
  });

  test("takes no language and no limit that is none", async (t) => {
    const footnote = await start(t);
    const { discord, mod, core, panel } = footnote;
    const role = discord.addRole("readers");
    const reply = await panel();

    await mod.click(reply, "Language of the wiki…");
    const language = await mod.submit({ value: "Elvish of old" });
    await mod.select(reply, [role], "settings:role");
    const limit = await mod.submit({ value: "many" });

    assert.match(told(footnote, mod, language) ?? "", /^I know no such language/);
    assert.match(told(footnote, mod, limit) ?? "", /^That is no number/);
    assert.equal(await core.store.settings(`discord:${discord.guild}`), undefined);
  });

  test("limits questions a minute by role, of which the highest counts, and tells who asks more", async (t) => {
    const { discord, alice, mod, asked, panel, shown, seen } = await start(t);
    const readers = discord.addRole("readers", { members: [alice] });
    const bob = discord.addPerson("bob");
    const writers = discord.addRole("writers", { members: [bob] });
    discord.world.guilds.get(discord.guild)!.members.get(bob.id)!.roles.add(readers);
    const reply = await panel();
    for (const [role, limit] of [
      [readers, "1"],
      [writers, "2"],
    ] as const) {
      await mod.select(reply, [role], "settings:role");
      await mod.submit({ value: limit });
    }
    const limits = shown();

    for (const person of [alice, bob]) {
      const first = person.mention(discord.general, QUESTION);
      await seen(first.id, 1);
      person.mention(discord.general, "and on Venus?");
    }
    await discord.until(() => asked.length === 3);
    const refused = await alice.slash(discord.general, "wiki ask", { question: QUESTION });
    await discord.until(() => discord.channel(discord.general).text().split("within a minute").length === 3);

    assert.match(limits, /: 1 a minute\n\| .*: 2 a minute/);
    assert.equal(asked.length, 3);
    assert.ok(refused.isAnswered);
    assert.deepEqual(discord.faults, []);
  });

  test("shows as many limits and channels as there is room for", async (t) => {
    const { discord, core, panel, shown } = await start(t);
    const ids = Array.from({ length: 60 }, (_, i) => String(10n ** 17n + BigInt(i)));
    const perMinute = Object.fromEntries(ids.map((id) => [id, 5]));
    const channels = ids.slice(0, 25);
    const place = `discord:${discord.guild}`;
    await core.store.saveSettings(place, { channels, mentionOnly: channels, perMinute }, "discord:1");

    await panel();

    assert.match(shown(), /: 5 a minute[^]*…/);
    assert.deepEqual(discord.faults, []);
  });

  test("is held to by every replica, soon", async (t) => {
    const { discord, core, mod, panel, platform, alice } = await start(t);
    await mod.select(await panel(), ["as replies"], "settings:answers");
    await platform.stop();

    const replica = await startDiscordFootnote(t, { fake: discord, store: core.memory });
    alice.mention(discord.general, QUESTION);
    await replica.seen(discord.general, 2);

    assert.deepEqual(discord.threads(discord.general), []);
  });

  test("says so when the database is away", async (t) => {
    const footnote = await start(t, {
      store: {
        async saveSettings() {
          throw new Failure("store-unavailable", "the database is away");
        },
      },
    });

    const change = await footnote.mod.select(await footnote.panel(), ["as replies"], "settings:answers");

    assert.match(told(footnote, footnote.mod, change) ?? "", /^My database can't be reached/);
  });
});
