import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import type { Exchange } from "../../../src/core/exchange.ts";
import { Failure } from "../../../src/core/failure.ts";
import type { Answer } from "../../../src/core/reply.ts";
import { toReplyState } from "../../../src/platforms/discord/reply-progress.ts";
import type { Invoked } from "../../fakes/discord/interactions.ts";
import type { WorkingCore } from "../../fakes/working-core.ts";
import { silentLog } from "../../fakes/log.ts";
import { until } from "../../support/until.ts";
import { MERCURY_ANSWER } from "../../fakes/answers.ts";
import { type DiscordFootnoteOptions, silence, startDiscordFootnote, thinking } from "./discord-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";

/** Footnote with its commands registered. */
async function start(t: TestContext, options: DiscordFootnoteOptions = {}) {
  const footnote = await startDiscordFootnote(t, options);
  const { discord } = footnote;
  await discord.until(() => discord.commands().length > 0);
  return {
    ...footnote,
    /** Resolves once the channel shows this to somebody. */
    untilSeen: (channel: string, text: RegExp, as?: string) =>
      discord.until(() => text.test(discord.channel(channel).text({ ...(as !== undefined && { as }) }))),
  };
}

/** What the command has begun, once it is as wanted. */
async function exchangeOf(
  { store }: WorkingCore,
  { id }: Invoked,
  isWanted: (exchange: Exchange) => boolean = () => true,
): Promise<Exchange> {
  const exchange = await until(
    () => store.exchangeOf("discord", `interaction:${id}`),
    (found) => found !== undefined && isWanted(found),
  );
  assert.ok(exchange);
  return exchange;
}

function saying(text: string): Answer {
  const sentences = [{ before: "", text, footnotes: [], verdict: "structural" as const }];
  return { ...MERCURY_ANSWER, citations: [], sentences };
}

/** Its progress is stored before it is posted, too. */
function isPosted({ progress }: Exchange): boolean {
  return toReplyState(progress, 0).messages.length > 0;
}

describe("/wiki ask", () => {
  test("is answered in place, below the question", async (t) => {
    const { discord, alice, core, untilSeen } = await start(t);

    const invoked = await alice.slash(discord.general, "wiki ask", { question: QUESTION });
    await untilSeen(discord.general, /CC BY-SA/);
    await core.idle();

    assert.equal(invoked.isAnswered, true);
    assert.match(
      discord.channel(discord.general).text(),
      new RegExp(`^Footnote: > ${QUESTION.replace("?", "\\?")}\\nA day`),
    );
    assert.deepEqual(discord.faults, []);
  });

  test("shows a private answer to its asker alone", async (t) => {
    const { discord, alice, untilSeen } = await start(t);
    const bob = discord.addPerson("bob");

    await alice.slash(discord.general, "wiki ask", { question: QUESTION, private: true });
    await untilSeen(discord.general, /176 Earth days/, alice.id);

    assert.equal(discord.channel(discord.general).text({ as: bob.id }), "");
  });

  test("passes on the article and the language", async (t) => {
    const { discord, alice, asked, core, untilSeen } = await start(t);

    await alice.slash(discord.general, "wiki ask", {
      question: "how long is a day?",
      article: "Merkur",
      language: "de",
    });
    await untilSeen(discord.general, /CC BY-SA/);
    await core.idle();

    assert.deepEqual(
      asked.map(({ subject, language }) => ({ subject, language })),
      [{ subject: "Merkur", language: "de" }],
    );
  });

  test("is a question like any other in a thread of Footnote's", async (t) => {
    const { discord, alice, asked, seen, untilSeen } = await start(t);
    const question = alice.mention(discord.general, QUESTION);
    await seen(question.id, 1);

    await alice.slash(question.id, "wiki ask", { question: "and on Venus?" });
    await untilSeen(question.id, /> and on Venus\?\nA day/);

    assert.equal(asked[1]?.history.length, 1);
  });

  test("is taken once though it is told of twice", async (t) => {
    const { discord, alice, asked, untilSeen } = await start(t);

    const invoked = await alice.slash(discord.general, "wiki ask", { question: QUESTION });
    discord.replay(invoked.event);
    const later = await alice.slash(discord.general, "wiki ask", { question: "and on Venus?" });
    await untilSeen(discord.general, /> and on Venus\?\nA day/);

    assert.equal(later.isAnswered, true);
    assert.equal(asked.length, 2);
  });

  test("is deferred at once while the store takes its time, and goes on when it is back", async (t) => {
    let outages = 2;
    const footnote = await start(t, {
      store: {
        async receive(message) {
          if (outages-- > 0) throw new Failure("store-unavailable", "the database is away");
          return footnote.core.memory.receive(message);
        },
      },
    });

    const invoked = await footnote.alice.slash(footnote.discord.general, "wiki ask", { question: QUESTION });
    const before = footnote.discord.channel(footnote.discord.general).text();
    await footnote.untilSeen(footnote.discord.general, /176 Earth days/);

    assert.equal(invoked.isAnswered, true);
    assert.match(before, /thinking/);
  });

  test("is told what cannot be a question", async (t) => {
    const { discord, alice, untilSeen } = await start(t);

    await alice.slash(discord.general, "wiki ask", { question: " " });

    await untilSeen(discord.general, /can't read that as a question/);
  });

  test("goes on as a message of the channel when its token has ended", async (t) => {
    const { discord, alice, platform, core } = await start(t, { answer: thinking });
    const invoked = await alice.slash(discord.general, "wiki ask", { question: QUESTION });
    const exchange = await exchangeOf(core, invoked, isPosted);

    await discord.clock.advance(15 * 60_000 + 1_000);
    await platform.openReply(exchange).finish(saying("A day lasts long."));

    const own = discord.messages(discord.general).filter(({ author }) => author === discord.app.id);
    assert.equal(own.length, 1);
    assert.match(own[0]?.content ?? "", /A day lasts long/);
  });

  test("is a new message when its token has ended before the first word", async (t) => {
    const { discord, alice, platform, core } = await start(t, { answer: silence });
    const invoked = await alice.slash(discord.general, "wiki ask", { question: QUESTION });
    const exchange = await exchangeOf(core, invoked);

    await discord.clock.advance(15 * 60_000 + 1_000);
    await platform.openReply(exchange).finish(saying("A day lasts long."));

    assert.match(discord.messages(discord.general).at(-1)?.content ?? "", /A day lasts long/);
  });

  test("follows up five times at most where only its user has installed it", async (t) => {
    const { discord, platform, core } = await start(t, { answer: thinking });
    const guild = discord.addGuild("elsewhere", { hasBot: false });
    const room = discord.addChannel("room", { guild });
    const carol = discord.addPerson("carol", { guilds: [guild] });
    const invoked = await carol.slash(room, "wiki ask", { question: QUESTION });
    const paragraph = `${"Words follow words. ".repeat(80)}\n\n`;

    const exchange = await exchangeOf(core, invoked, isPosted);
    await platform.openReply(exchange).finish(saying(paragraph.repeat(9)));

    assert.equal(discord.messages(room).filter(({ author }) => author === discord.app.id).length, 6);
    assert.match(discord.messages(room).at(-1)?.content ?? "", /…$/);
    assert.deepEqual(discord.faults, []);
  });
});

async function suggest(_: string, language: string | undefined): Promise<string[]> {
  return ["Mercury (planet)", "x".repeat(101), `Mercury in ${language ?? "the wiki"}`];
}

describe("/wiki ask, while it is typed", () => {
  test("is no error when Discord waits no longer", async (t) => {
    const errors: unknown[] = [];
    const log = { ...silentLog, error: (...line: readonly unknown[]) => void errors.push(line) };
    const { discord, alice } = await start(t, { suggest, log, discord: { interactionMs: 200 } });
    const respond = "POST /interactions/:id/:token/callback";
    discord.fail(respond, { error: "10062" });

    const choices = await alice.autocomplete(discord.general, "wiki ask", { article: "merc" }, { question: "?" });

    assert.deepEqual(choices, []);
    assert.ok(discord.calls.some(({ route }) => route === respond));
    assert.deepEqual(errors, []);
  });

  test("offers titles of articles that Discord can show, in the language that was chosen", async (t) => {
    const { discord, alice } = await start(t, { suggest });

    const choices = await alice.autocomplete(
      discord.general,
      "wiki ask",
      { article: "merc" },
      { question: "?", language: "de" },
    );

    assert.deepEqual(
      choices.map(({ value }) => value),
      ["Mercury (planet)", "Mercury in de"],
    );
    assert.deepEqual(discord.faults, []);
  });

  test("offers nothing when the wiki is away", async (t) => {
    const { discord, alice } = await start(t, {
      suggest: async () => {
        throw new Failure("wiki-unavailable", "the wiki is away");
      },
    });

    const choices = await alice.autocomplete(discord.general, "wiki ask", { article: "merc" }, { question: "?" });

    assert.deepEqual(choices, []);
    assert.deepEqual(discord.faults, []);
  });

  test("offers languages by name, in one's own words and in theirs", async (t) => {
    const { discord } = await start(t);
    const hans = discord.addPerson("hans", { locale: "de" });

    const own = await hans.autocomplete(discord.general, "wiki ask", { language: "fran" }, { question: "?" });
    const theirs = await hans.autocomplete(discord.general, "wiki ask", { language: "日本" }, { question: "?" });

    assert.deepEqual(own, [{ name: "Französisch (fr)", value: "fr" }]);
    assert.deepEqual(theirs, [{ name: "Japanisch (ja)", value: "ja" }]);
  });
});
