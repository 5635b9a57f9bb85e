import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { platformContract } from "../../contracts/platform.ts";
import { MERCURY_ANSWER } from "../../fakes/answers.ts";
import { until } from "../../support/until.ts";
import { silence, startDiscordFootnote, thinking } from "./discord-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";
const BUTTONS = "[Helpful] [Not helpful] [Why?] [Ask again]";
const SHOWN = `Footnote: A day on Mercury lasts 176 Earth days. [1](<https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation>) Nobody has stayed for one. (not in the sources)
| [1] [Mercury (planet) § Rotation](<https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation>), as of 2026-10-01
| Text: [CC BY-SA 4.0](<https://creativecommons.org/licenses/by-sa/4.0/>)
${BUTTONS}`;

describe("Discord", () => {
  test("answers a mention in a thread made from its message and named after it", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t);

    const question = alice.mention(discord.general, QUESTION);
    const shown = await seen(question.id, 1);

    assert.equal(shown, SHOWN);
    assert.equal(discord.nameOf(question.id), QUESTION);
    assert.deepEqual(
      asked.map((request) => request.question),
      [QUESTION],
    );
    assert.deepEqual(discord.faults, []);
  });

  test("takes a replayed message for the one it was", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t);
    const question = alice.mention(discord.general, QUESTION);

    for (const event of [...question.events, ...question.events]) discord.replay(event);
    const later = alice.mention(discord.general, "and on Venus?");
    await seen(later.id, 1);

    assert.equal((await seen(question.id, 1)).split("176 Earth days").length, 2);
    assert.equal(asked.length, 2);
  });

  test("goes on without mentions in its thread, in order", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t);
    const question = alice.mention(discord.general, QUESTION);
    await seen(question.id, 1);

    alice.say(question.id, "and on Venus?");
    alice.say(question.id, "and on Earth?");
    await seen(question.id, 5);

    assert.deepEqual(
      asked.map((request) => request.question),
      [QUESTION, "and on Venus?", "and on Earth?"],
    );
    assert.deepEqual(discord.faults, []);
  });

  test("stays quiet where it is not meant", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t);
    const bob = discord.addPerson("bob");
    const other = discord.addBot("weatherman");
    const hook = discord.addWebhook(discord.general, "news");
    const question = alice.mention(discord.general, QUESTION);
    await seen(question.id, 1);

    bob.say(discord.general, "good morning");
    bob.say(question.id, `<@${alice.id}> do you believe that?`);
    const doubt = alice.say(question.id, "thanks!");
    bob.say(question.id, "what do you mean?", { replyTo: doubt });
    bob.pin(doubt);
    other.say(question.id, `<@${discord.app.id}> will it rain?`);
    hook.say(`<@${discord.app.id}> who reads this?`);
    const last = alice.mention(discord.general, "and on Venus?");
    await seen(last.id, 1);

    assert.deepEqual(
      asked.map((request) => request.question),
      [QUESTION, "and on Venus?"],
    );
  });

  test("answers direct messages without a mention", async (t) => {
    const { alice, seen } = await startDiscordFootnote(t);

    alice.dm(QUESTION);
    const shown = await seen(alice.direct, 2);

    assert.equal(shown, `alice: ${QUESTION}\n${SHOWN}`);
  });

  test("answers as a reply where no thread can be made, and goes on with who replies to it", async (t) => {
    const { discord, alice, asked, core, seen } = await startDiscordFootnote(t);
    const room = discord.addChannel("lounge", { kind: "voice" });

    const question = alice.mention(room, QUESTION);
    await seen(room, 2);
    const [, answer] = discord.messages(room);
    alice.say(room, "and on Venus?", { replyTo: { channel: room, id: answer?.id ?? "" } });
    await seen(room, 4);

    assert.equal(answer?.reference?.message, question.id);
    assert.equal(asked[1]?.question, "and on Venus?");
    assert.equal(asked[1]?.history.length, 1);
    assert.equal((await core.store.conversations({ limit: 9 })).items.length, 1);
  });

  test("answers in the channel where it may not make threads", async (t) => {
    const { discord, alice, seen } = await startDiscordFootnote(t);
    discord.deny(discord.general, ["CREATE_PUBLIC_THREADS"]);

    alice.mention(discord.general, QUESTION);
    const shown = await seen(discord.general, 2);

    assert.match(shown, /176 Earth days/);
  });

  test("answers in the channel where it may not write in threads", async (t) => {
    const { discord, alice, seen } = await startDiscordFootnote(t);
    discord.deny(discord.general, ["SEND_MESSAGES_IN_THREADS"]);

    alice.mention(discord.general, QUESTION);
    await discord.until(() => /176 Earth days/.test(discord.channel(discord.general).text()));

    assert.match(await seen(discord.general, 2), /Text: \[CC BY-SA 4.0\]/);
  });

  test("shows the sources as text where embeds are not allowed", async (t) => {
    const { discord, alice, seen } = await startDiscordFootnote(t);
    discord.deny(discord.general, ["EMBED_LINKS"]);

    const question = alice.mention(discord.general, QUESTION);
    await discord.until(() => /CC BY-SA/.test(discord.channel(question.id).text()));

    assert.match(await seen(question.id, 1), /\n-# \[1\] \[Mercury \(planet\) § Rotation\]/);
  });

  test("tells the asker directly where it may not write", async (t) => {
    const { discord, alice, core } = await startDiscordFootnote(t);
    discord.deny(discord.general, ["CREATE_PUBLIC_THREADS", "SEND_MESSAGES"]);

    alice.mention(discord.general, QUESTION);
    await discord.until(() => discord.channel(alice.direct).entries().length > 0);
    await core.idle();

    assert.match(discord.channel(alice.direct).text(), /could not answer your question .* I may not write there/);
    assert.equal((await core.store.stats()).exchanges.failed, 1);
  });

  test("answers an edited question anew, in the same message", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t);
    const question = alice.mention(discord.general, QUESTION);
    await seen(question.id, 1);

    alice.edit(question, `<@${discord.app.id}> how long does a day last on Venus?`);
    await until(
      async () => asked.length,
      (count) => count === 2,
    );
    await seen(question.id, 1);

    assert.equal(asked[1]?.question, "how long does a day last on Venus?");
    assert.equal(discord.messages(question.id).filter(({ author }) => author === discord.app.id).length, 1);
  });

  test("takes its answer away with the question", async (t) => {
    const { discord, alice, core, seen } = await startDiscordFootnote(t);
    const question = alice.mention(discord.general, QUESTION);
    await seen(question.id, 1);

    alice.delete(question);
    await discord.until(() => discord.channel(question.id).entries().length === 0);
    await core.idle();

    assert.equal((await core.store.conversations({ limit: 9 })).items.length, 0);
  });

  test("stops a question for who asked it and for who manages the server, and for nobody else", async (t) => {
    const { discord, alice, seen } = await startDiscordFootnote(t, { answer: thinking });
    const bob = discord.addPerson("bob");
    const mod = discord.addPerson("mod", { permissions: ["MANAGE_GUILD"] });
    const question = alice.mention(discord.general, QUESTION);
    await discord.until(() => discord.channel(question.id).text().includes("Searching"));

    bob.mention(question.id, "stop");
    await discord.until(() => discord.channel(question.id).text().includes("nothing of yours"));
    const before = discord.channel(question.id).text();
    alice.say(question.id, "stop");
    const after = await seen(question.id, 4);
    const other = bob.mention(discord.general, QUESTION);
    await discord.until(() => discord.channel(other.id).text().includes("Searching"));
    mod.say(other.id, "stop");
    await discord.until(() => discord.channel(other.id).text().includes("Stopped."));

    assert.doesNotMatch(before, /Stopped/);
    assert.match(after, /^Footnote: Stopped\.\n\[Ask again\] \(edited\)\n/);
    assert.deepEqual(discord.faults, []);
  });

  test("is quiet in a thread where it was told to be, until it is mentioned", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t);
    const question = alice.mention(discord.general, QUESTION);
    await seen(question.id, 1);

    alice.say(question.id, "stop listening");
    await seen(question.id, 3);
    alice.say(question.id, "and on Venus?");
    alice.mention(question.id, "and on Earth?");
    const shown = await seen(question.id, 6);

    assert.match(shown, /I'll stay quiet here/);
    assert.deepEqual(
      asked.map((request) => request.question),
      [QUESTION, "and on Earth?"],
    );
  });

  test("says nothing of a remark in its thread that it found nothing for", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t, {
      async *answer({ question }) {
        if (question === QUESTION) yield { type: "answer", answer: MERCURY_ANSWER };
        else yield { type: "answer", answer: { ...MERCURY_ANSWER, citations: [], outcome: "no-source" } };
      },
    });
    const question = alice.mention(discord.general, QUESTION);
    await seen(question.id, 1);

    alice.say(question.id, "The train was late today.");
    alice.say(question.id, "why was the train late?");
    const shown = await seen(question.id, 4);

    assert.equal(asked.length, 3);
    assert.match(shown, /\nalice: The train was late today\.\nalice: why was the train late\?\nFootnote: /);
  });

  test("stores a question when the store is back", async (t) => {
    let outages = 2;
    const footnote = await startDiscordFootnote(t, {
      store: {
        async receive(message) {
          if (outages-- > 0) throw new Failure("store-unavailable", "the database is away");
          return footnote.core.memory.receive(message);
        },
      },
    });

    const question = footnote.alice.mention(footnote.discord.general, QUESTION);
    const shown = await footnote.seen(question.id, 1);

    assert.equal(shown, SHOWN);
  });

  test("pings nobody, whatever the answer says", async (t) => {
    const text = "@everyone <@1> <@&2> ||hidden|| <#3> here.";
    const sentence = { before: "", text, footnotes: [], verdict: "structural" as const };
    const { discord, alice, seen } = await startDiscordFootnote(t, {
      async *answer() {
        const rest = { citations: [], suggestions: [], outcome: "answered", model: "quoting", cache: "miss" } as const;
        yield { type: "answer", answer: { ...rest, sentences: [sentence], tokens: { input: 0, output: 0 } } };
      },
    });

    const question = alice.mention(discord.general, QUESTION);
    const shown = await seen(question.id, 1);

    assert.equal(
      shown,
      `Footnote: @\u2060everyone <\u2060@1> <\u2060@&2> |\u2060|hidden|\u2060| <\u2060#3> here.\n${BUTTONS}`,
    );
    assert.ok(
      discord.calls
        .filter(({ route }) => /messages$|messages\/:message$/.test(route))
        .every(({ body }) => JSON.stringify(body).includes('"allowed_mentions":{"parse":[],"replied_user":false}')),
    );
  });
});

platformContract("the Discord platform", async (t: TestContext) => {
  const { discord, alice, platform, core } = await startDiscordFootnote(t, { answer: silence });
  const threads = new Map<string, string>();
  return {
    platform,
    async ask() {
      const question = alice.mention(discord.general, QUESTION);
      await until(
        async () => core.asked.length,
        (asked) => asked === 1,
      );
      const exchange = await core.store.exchangeOf("discord", question.id);
      assert.ok(exchange);
      threads.set(exchange.id, question.id);
      return { id: exchange.id, revision: 0, replyTo: exchange.replyTo };
    },
    shown: async (exchange) => discord.channel(threads.get(exchange) ?? "").text(),
  };
});
