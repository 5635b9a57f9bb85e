import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { slackTextsFor } from "../../../src/platforms/slack/texts/slack-texts.ts";
import type { Person } from "../../fakes/slack/person.ts";
import { askedFor, type SlackFootnote, startSlackFootnote } from "./slack-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";
const [ENGLISH, GERMAN, JAPANESE] = [slackTextsFor("en"), slackTextsFor("de"), slackTextsFor("ja")];

function withoutWiki(): never {
  throw new Failure("wiki-unavailable", "the wiki is away");
}

/** What this person sees of the general channel and of a thread in it. */
function seenBy({ id }: Person, { slack }: SlackFootnote, thread?: string): string {
  const shown = thread === undefined ? slack.channel(slack.general) : slack.thread(slack.general, thread);
  return shown.text({ as: id });
}

for (const [locale, buttons, date] of [
  ["de-DE", "[Hilfreich] [Nicht hilfreich]\n[Warum?] [Noch einmal fragen]", "Stand 2026-10-01"],
  ["ja-JP", "[役に立った] [役に立たなかった]\n[なぜ？] [もう一度調べる]", "2026-10-01時点"],
] as const) {
  describe(`somebody whose Slack speaks ${locale}`, () => {
    const texts = slackTextsFor(locale);

    test("reads what stands around an answer in it", async (t) => {
      const { slack, seen } = await startSlackFootnote(t);
      const mika = slack.addPerson("mika", { locale });

      const { thread } = await mika.mention(slack.general, QUESTION);
      const shown = await seen(thread, 2);

      assert.ok(shown.endsWith(buttons), shown);
      assert.ok(shown.includes(date), shown);
      assert.deepEqual(slack.faults, []);
    });

    test("reads an apology in it, and the one that is stored is English", async (t) => {
      const { slack, seen, store } = await startSlackFootnote(t, { answer: withoutWiki });
      const mika = slack.addPerson("mika", { locale });

      const { thread } = await mika.mention(slack.general, QUESTION);
      const shown = await seen(thread, 2);

      assert.ok(shown.includes(texts.apology("wiki-unavailable")), shown);
      const messages = await store.messages(`slack:${slack.team}:${slack.general}:${thread}`, { limit: 2 });
      assert.equal(messages?.items.at(-1)?.text, ENGLISH.apology("wiki-unavailable"));
    });

    test("is told in it what a click did, and why the answer", async (t) => {
      const footnote = await startSlackFootnote(t);
      const { slack, alice, seen } = footnote;
      const mika = slack.addPerson("mika", { locale });
      const { thread } = await alice.mention(slack.general, QUESTION);
      const english = await seen(thread, 2);
      const reply = { channel: slack.general, ts: slack.messages(slack.general, thread).at(-1)?.ts ?? "" };

      await mika.click(reply, "answer_again");
      await slack.until(() => seenBy(mika, footnote, thread).includes(texts.clicks.onlyAskerAsksAgain));
      await mika.click(reply, "answer_why");

      assert.ok(mika.views()[0]?.startsWith(texts.why.introduction));
      assert.match(english, /\[Ask again\]$/);
      assert.deepEqual(slack.faults, []);
    });

    test("is told in it what is no question, and what a word did", async (t) => {
      const footnote = await startSlackFootnote(t);
      const { slack, seen } = footnote;
      const mika = slack.addPerson("mika", { locale });

      await mika.mention(slack.general, "x".repeat(8_001));
      await slack.until(() => seenBy(mika, footnote).includes(texts.hints.tooLong(8_000)));
      const { thread } = await mika.mention(slack.general, QUESTION);
      await seen(thread, 2);
      await mika.say(slack.general, "stop listening", { thread });

      await slack.until(() => seenBy(mika, footnote, thread).includes(texts.hints.quiet));
      assert.deepEqual(slack.faults, []);
    });

    test("uses commands and the shortcut in it", async (t) => {
      const footnote = await startSlackFootnote(t);
      const { slack, seen } = footnote;
      const mika = slack.addPerson("mika", { locale, isAdmin: true });

      await mika.slash(slack.general, "/wiki", "");
      await mika.slash(slack.general, "/wiki", "settings");
      await mika.slash(slack.general, "/wikistats");
      await slack.until(() => seenBy(mika, footnote).includes(texts.stats.title));
      const said = await mika.say(slack.general, QUESTION);
      await mika.shortcut(said, "look_it_up");
      const thread = await seen(said.ts, 3);

      assert.ok(seenBy(mika, footnote).includes(texts.commands.help));
      assert.ok(seenBy(mika, footnote).includes(`[${texts.stats.clear}]`));
      assert.ok(mika.views()[0]?.includes(texts.channelSettings.mentionOnly));
      assert.ok(thread.includes(texts.commands.lookUp("U0MIKA").replace("<@U0MIKA>", "@mika")), thread);
      assert.deepEqual(slack.faults, []);
    });

    test("is suggested questions in it", async (t) => {
      const { slack } = await startSlackFootnote(t);
      const mika = slack.addPerson("mika", { locale });

      await mika.openMessagesTab();
      await slack.until(() => slack.prompts(mika.direct).length > 0);

      assert.deepEqual(slack.prompts(mika.direct), texts.home.ofWikipedia);
      assert.deepEqual(slack.faults, []);
    });
  });
}

describe("the language of a reply", () => {
  test("is the asker's, whoever else reads it", async (t) => {
    const { slack, alice, seen } = await startSlackFootnote(t);
    const hans = slack.addPerson("hans", { locale: "de-AT" });
    const yuki = slack.addPerson("yuki", { locale: "ja-JP" });
    const { thread } = await hans.mention(slack.general, QUESTION);
    const first = await seen(thread, 2);

    await yuki.say(slack.general, "what about its year?", { thread });
    const shown = await seen(thread, 4);
    await alice.mention(slack.general, QUESTION, { thread });
    const last = await seen(thread, 6);

    assert.ok(first.endsWith(`[${GERMAN.buttons.askAgain}]`), first);
    assert.ok(shown.endsWith(`[${JAPANESE.buttons.askAgain}]`), shown);
    assert.ok(last.endsWith("[Ask again]"), last);
  });
});

describe("English", () => {
  test("is what everybody reads where Slack refuses to tell who they are, and it is asked once", async (t) => {
    const scopes = askedFor.scopes.filter((scope) => scope !== "users:read");
    const footnote = await startSlackFootnote(t, { slack: { scopes } });
    const { slack, seen } = footnote;
    const hans = slack.addPerson("hans", { locale: "de-DE" });

    const { thread } = await hans.mention(slack.general, QUESTION);
    const shown = await seen(thread, 2);
    await hans.say(slack.general, "stop listening", { thread });
    await slack.until(() => seenBy(hans, footnote, thread).includes(ENGLISH.hints.quiet));

    assert.match(shown, /\[Ask again\]$/);
    assert.equal(slack.calls.filter(({ args }) => args["include_locale"] !== undefined).length, 1);
  });

  test("is what a command says while Slack is silent about who uses it", async (t) => {
    const footnote = await startSlackFootnote(t);
    const { slack } = footnote;
    const hans = slack.addPerson("hans", { locale: "de-DE" });
    slack.fail("users.info", { hang: "before" });

    const command = await hans.slash(slack.general, "/wiki", "");

    assert.equal(command.isAcked, true);
    assert.ok(seenBy(hans, footnote).includes(ENGLISH.commands.help));
  });
});

for (const language of ["en", "de", "es", "fr", "ja"]) {
  test(`what Slack shows in little room is short: ${language}`, () => {
    const { modal, channelSettings, home, stats } = slackTextsFor(language);
    const { followUps, mentionOnly, mentionOnlyMeans } = channelSettings;

    assert.ok(Object.values(modal).every(({ length }) => length <= 24));
    assert.ok([followUps, mentionOnly, mentionOnlyMeans].every(({ length }) => length <= 75));
    assert.ok([stats.yes, stats.no].every(({ length }) => length <= 30));
    assert.ok(home.ofWikipedia.length <= 4 && home.ofOtherWikis.length <= 4);
  });
}
