import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import type { MessageAt } from "../../fakes/discord/person.ts";
import { MERCURY_ANSWER } from "../../fakes/answers.ts";
import { answering } from "../../fakes/offers.ts";
import { answered, told } from "./answered.ts";
import { silence, startDiscordFootnote, thinking } from "./discord-footnote.ts";

const BUTTONS = "[Helpful] [Not helpful] [Why?] [Ask again]";

describe("an answer", () => {
  test("is judged by anybody, who may change their mind, and is counted", async (t) => {
    const { footnote, reply } = await answered(t);
    const { discord, alice, core } = footnote;
    const bob = discord.addPerson("bob");

    const first = await alice.click(reply, "Helpful");
    await bob.click(reply, "Helpful");
    const changed = await bob.click(reply, "Not helpful");

    assert.equal(told(footnote, alice, first), "Thanks! Noted that this helped.");
    assert.equal(told(footnote, bob, changed), "Thanks for saying so. Noted that this didn't help.");
    assert.deepEqual((await core.store.usage(1)).verdicts, { good: 1, bad: 1 });
    assert.deepEqual(discord.faults, []);
  });

  test("is looked up again for its asker, in the same message", async (t) => {
    const venus = { ...MERCURY_ANSWER, sentences: [{ ...MERCURY_ANSWER.sentences[0]!, text: "It has changed." }] };
    const answer = answering((_, time) => (time === 0 ? MERCURY_ANSWER : venus));
    const { footnote, reply, untilShown, shown } = await answered(t, { answer });
    const { discord, alice } = footnote;

    const click = await alice.click(reply, "Ask again");
    await untilShown("It has changed");

    assert.equal(click.isAnswered, true);
    assert.equal(told(footnote, alice, click), undefined);
    assert.match(shown(), /\[Ask again\] \(edited\)$/);
    assert.equal(discord.messages(reply.channel).filter(({ author }) => author === discord.app.id).length, 1);
    assert.deepEqual(discord.faults, []);
  });

  test("says that it is looked up again until there is something else to say", async (t) => {
    let times = 0;
    const { footnote, reply, shown } = await answered(t, {
      answer: (request) => (times++ === 0 ? answering(() => MERCURY_ANSWER)(request) : silence(request)),
    });

    await footnote.alice.click(reply, "Ask again");
    await footnote.discord.until(() => shown().includes("Looking again"));

    assert.equal(shown(), "Footnote: -# Looking again…\n[Stop] (edited)");
  });

  test("is looked up again for who manages the server and for admins, and others are told that it is not", async (t) => {
    const { footnote, reply } = await answered(t);
    const { discord, asked, core } = footnote;
    const bob = discord.addPerson("bob");
    const mod = discord.addPerson("mod", { permissions: ["MANAGE_GUILD"] });

    const refused = await bob.click(reply, "Ask again");
    await mod.click(reply, "Ask again");
    await discord.until(() => asked.length === 2);
    await core.idle();

    assert.match(told(footnote, bob, refused) ?? "", /^Only the asker can have this looked up again/);
    assert.equal(asked.length, 2);
  });

  test("is looked up again once, however often that is asked for, by whichever replica it is heard", async (t) => {
    const { footnote, reply, untilShown } = await answered(t);
    const { discord, alice, asked, core } = footnote;
    const replica = await startDiscordFootnote(t, { fake: discord, store: core.memory });

    const [first] = await Promise.all([alice.click(reply, "Ask again"), alice.click(reply, "Ask again")]);
    discord.replay(first.event);
    await discord.until(() => asked.length + replica.asked.length > 1);
    await Promise.all([core.idle(), replica.core.idle()]);
    await untilShown("176 Earth days");

    assert.equal(asked.length + replica.asked.length, 2);
  });

  test("keeps its buttons over a restart", async (t) => {
    const { footnote, reply } = await answered(t);
    const { discord, alice, platform, core } = footnote;
    await platform.stop();
    const next = await startDiscordFootnote(t, { fake: discord, store: core.memory });

    const judged = await alice.click(reply, "Helpful");
    await alice.click(reply, "Ask again");
    await discord.until(() => next.asked.length === 1);
    await next.core.idle();

    assert.match(told(next, alice, judged) ?? "", /Thanks/);
  });

  test("has buttons whose ids are short and say who it is about and nothing else", async (t) => {
    const { footnote, reply, exchangeId } = await answered(t);

    const message = footnote.discord.messages(reply.channel).at(-1);

    const ids = JSON.stringify(message?.components).match(/"custom_id":"[^"]+"/g);
    assert.deepEqual(ids, [
      `"custom_id":"good:${exchangeId}:0"`,
      `"custom_id":"bad:${exchangeId}:0"`,
      `"custom_id":"why:${exchangeId}:0"`,
      `"custom_id":"again:${exchangeId}:0"`,
    ]);
  });

  test("that is erased says so to who clicks what is left of it", async (t) => {
    const { footnote, reply, exchangeId } = await answered(t);
    await footnote.core.store.forget(exchangeId);

    const click = await footnote.alice.click(reply, "Helpful");

    assert.equal(told(footnote, footnote.alice, click), "That question and its answer are no longer stored.");
  });

  test("that is replaced by now is not judged", async (t) => {
    const { footnote, reply, exchangeId } = await answered(t);
    const { alice, core } = footnote;
    await core.store.revise(exchangeId, {});

    const click = await alice.click(reply, "Helpful");

    assert.equal(told(footnote, alice, click), "That answer has been replaced by another since.");
    assert.deepEqual((await core.store.usage(1)).verdicts, { good: 0, bad: 0 });
  });

  test("takes no click from another server, channel or conversation, nor with an id that is none", async (t) => {
    const { footnote, reply, exchangeId } = await answered(t);
    const { discord, alice, core, asked } = footnote;
    const elsewhere = discord.addGuild("Elsewhere");
    discord.addMember(elsewhere, alice);
    const other = alice.mention(discord.general, "and on Venus?");
    const there = alice.mention(discord.addChannel("there", { guild: elsewhere }), "and on Earth?");
    await discord.until(() => asked.length === 3);
    await core.idle();
    const replyIn = (channel: string): MessageAt => ({ channel, id: discord.messages(channel).at(-1)?.id ?? "" });

    const clicks = [];
    for (const at of [replyIn(other.id), replyIn(there.id)]) {
      forge(footnote, at, `again:${exchangeId}:0`);
      clicks.push(await alice.click(at, "Ask again"));
    }
    forge(footnote, reply, "again:../../etc/passwd:0");
    clicks.push(await alice.click(reply, "Ask again"));
    await core.idle();

    for (const click of clicks) {
      assert.equal(told(footnote, alice, click), "That button is not of this conversation.");
    }
    assert.equal(asked.length, 3);
  });

  test("that nobody can look up now is apologised for", async (t) => {
    const { footnote, reply } = await answered(t, {
      store: {
        async judge() {
          throw new Failure("store-unavailable", "the database is away");
        },
      },
    });

    const click = await footnote.alice.click(reply, "Helpful");

    assert.match(told(footnote, footnote.alice, click) ?? "", /^My database can't be reached just now/);
  });

  test("has its buttons in the language of who asked by a command, who is told in theirs", async (t) => {
    const footnote = await startDiscordFootnote(t);
    const { discord, core } = footnote;
    await discord.until(() => discord.commands().length > 0);
    const anna = discord.addPerson("anna", { locale: "de" });

    const { reply } = await anna.slash(discord.general, "wiki ask", { question: "Wie lang ist ein Merkurtag?" });
    await discord.until(() => discord.channel(discord.general).text().includes("Hilfreich"));
    await core.idle();
    const click = await footnote.alice.click(reply!, "Hilfreich");

    assert.match(
      discord.channel(discord.general).text(),
      /\[Hilfreich\] \[Nicht hilfreich\] \[Warum\?\] \[Noch einmal fragen\]/,
    );
    assert.match(told(footnote, footnote.alice, click) ?? "", /^Thanks!/);
  });
});

describe("a private answer", () => {
  test("is not changed when Discord takes no edits of it any more, and its asker is told", async (t) => {
    const footnote = await startDiscordFootnote(t);
    const { discord, alice, core, asked } = footnote;
    await discord.until(() => discord.commands().length > 0);
    const { reply, id } = await alice.slash(discord.general, "wiki ask", { question: "how long?", private: true });
    await discord.until(() => discord.channel(discord.general).text({ as: alice.id }).includes(BUTTONS));
    await core.idle();
    const exchange = await core.store.exchangeOf("discord", `interaction:${id}`);
    const place = { ...exchange!.replyTo, tokenUntil: 0 };
    const aged = { ...exchange!, replyTo: place };
    const later = await startDiscordFootnote(t, {
      fake: discord,
      store: { ...core.memory, exchange: async () => aged },
    });
    await footnote.platform.stop();

    const click = await alice.click(reply!, "Ask again");

    assert.match(told(later, alice, click) ?? "", /^I can't change this answer any more/);
    assert.equal(asked.length, 1);
  });
});

describe("an answer that is being written", () => {
  test("is stopped by its button for its asker and for who manages the server", async (t) => {
    const footnote = await startDiscordFootnote(t, { answer: thinking });
    const { discord, alice } = footnote;
    const mod = discord.addPerson("mod", { permissions: ["MANAGE_GUILD"] });

    for (const person of [alice, mod]) {
      const question = alice.mention(discord.general, "how long does a day last on Mercury?");
      await discord.until(() => discord.channel(question.id).text().includes("[Stop]"));
      const status = discord.messages(question.id).at(-1);
      const click = await person.click({ channel: question.id, id: status!.id }, "Stop");
      await discord.until(() => discord.channel(question.id).text().includes("Stopped."));

      assert.equal(told(footnote, person, click), undefined);
      assert.equal(discord.channel(question.id).text(), "Footnote: Stopped.\n[Ask again] (edited)");
    }
    assert.deepEqual(discord.faults, []);
  });

  test("goes on when somebody else wants it stopped, who is told", async (t) => {
    const footnote = await startDiscordFootnote(t, { answer: thinking });
    const { discord, alice } = footnote;
    const bob = discord.addPerson("bob");
    const question = alice.mention(discord.general, "how long does a day last on Mercury?");
    await discord.until(() => discord.channel(question.id).text().includes("[Stop]"));

    const status = discord.messages(question.id).at(-1);
    const click = await bob.click({ channel: question.id, id: status!.id }, "Stop");

    assert.equal(told(footnote, bob, click), "Only the asker can stop it.");
    assert.match(discord.channel(question.id).text(), /Searching/);
  });
});

/** Gives the button to ask again another id, as nobody but Discord should be able to. */
function forge(
  { discord }: Awaited<ReturnType<typeof startDiscordFootnote>>,
  { channel, id }: MessageAt,
  customId: string,
) {
  const message = discord.world.message(channel, id);
  const text = JSON.stringify(message?.components).replace(/again:[^"]+/, customId);
  Object.assign(message ?? {}, { components: JSON.parse(text) });
}
