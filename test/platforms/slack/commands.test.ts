import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import type { Installations, Store } from "../../../src/core/exchange.ts";
import { Failure } from "../../../src/core/failure.ts";
import { eventsOf, MERCURY_ANSWER } from "../../fakes/answers.ts";
import { createMemoryStore } from "../../fakes/memory-store.ts";
import { install, STATE_SECRET } from "./installing.ts";
import { silence, startSlackFootnote } from "./slack-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";
const ANSWER = /^Footnote: A day on Mercury lasts 176 Earth days\. \[1\]/;

for (const mode of ["Socket Mode", "HTTP mode"] as const) {
  describe(`/wiki in ${mode}`, () => {
    test("announces the question, and answers it below", async (t) => {
      const { slack, alice, seen } = await startSlackFootnote(t, { mode });

      const command = await alice.slash(slack.general, "/wiki", QUESTION);
      const [announcement] = slack.world.messagesIn(slack.general);
      const thread = await seen(announcement?.ts ?? "", 2);

      assert.equal(command.isAcked, true);
      const [question, answer = ""] = thread.split(/\n(?=Footnote: )/);
      assert.equal(question, `Footnote: @alice asks: ${QUESTION}`);
      assert.match(answer, ANSWER);
      assert.deepEqual(slack.channel(slack.general).entries({ as: alice.id }), [question]);
      assert.deepEqual(slack.faults, []);
    });

    test("tells how it is used when nothing is asked", async (t) => {
      const { slack, alice, asked } = await startSlackFootnote(t, { mode });

      await alice.slash(slack.general, "/wiki", "");
      await alice.slash(slack.general, "/wiki", "help");

      const told = slack.channel(slack.general).entries({ as: alice.id });
      assert.equal(told.length, 2);
      assert.match(told[0] ?? "", /^Footnote \(only for alice\): \*Ask the wiki\*\n`\/wiki How long/);
      assert.equal(told[1], told[0]);
      assert.deepEqual(asked, []);
      assert.deepEqual(slack.faults, []);
    });
  });
}

describe("a question by /wiki", () => {
  test("is followed up in its thread without a mention", async (t) => {
    const { slack, alice, seen, asked } = await startSlackFootnote(t);
    await alice.slash(slack.general, "/wiki", QUESTION);
    const thread = slack.world.messagesIn(slack.general)[0]?.ts ?? "";
    await seen(thread, 2);

    await alice.say(slack.general, "and how long is its year?", { thread });
    await seen(thread, 4);

    assert.deepEqual(
      asked.map(({ question, history }) => [question, history.map((turn) => turn.question)]),
      [
        [QUESTION, []],
        ["and how long is its year?", [QUESTION]],
      ],
    );
    assert.deepEqual(slack.faults, []);
  });

  test("is its asker's, and stored as the message that announces it", async (t) => {
    const { slack, alice, store, core } = await startSlackFootnote(t);

    await alice.slash(slack.general, "/wiki", QUESTION);
    await core.idle();

    const ts = slack.world.messagesIn(slack.general)[0]?.ts ?? "";
    const exchange = await store.exchangeOf("slack", `${slack.team}:${slack.general}:${ts}`);
    assert.equal(exchange?.thread, `slack:${slack.team}:${slack.general}:${ts}`);
    assert.equal(exchange?.author.id, `slack:${alice.id}`);
    assert.equal(exchange?.question, QUESTION);
    assert.equal(JSON.stringify(exchange?.replyTo).includes("/response/"), false);
  });

  test("pings nobody but its asker", async (t) => {
    const { slack, alice, seen } = await startSlackFootnote(t);

    await alice.slash(slack.general, "/wiki", "is <!channel> or @everyone or <!here|here> & <@U0BOB|bob> a word?");
    const thread = slack.world.messagesIn(slack.general)[0]?.ts ?? "";
    const [announcement] = (await seen(thread, 2)).split("\n");

    assert.equal(announcement, "Footnote: @alice asks: is @\u2060channel or @\u2060everyone or here & @bob a word?");
    assert.deepEqual(
      slack.world.pings.map(({ ping }) => ping),
      [`<@${alice.id}>`],
    );
  });

  test("may name Footnote", async (t) => {
    const { slack, alice, asked, core } = await startSlackFootnote(t);

    await alice.slash(slack.general, "/wiki", `<@${slack.botUser}|footnote> ${QUESTION}`);
    await core.idle();

    assert.deepEqual(
      asked.map(({ question }) => question),
      [QUESTION],
    );
  });

  test("that says nothing, or too much, is refused to the asker alone", async (t) => {
    const { slack, alice, asked } = await startSlackFootnote(t);

    await alice.slash(slack.general, "/wiki", "?!");
    await alice.slash(slack.general, "/wiki", "x".repeat(8_001));

    assert.deepEqual(slack.channel(slack.general).entries({ as: alice.id }), [
      "Footnote (only for alice): I can't read that as a question. Please put it in other words.",
      "Footnote (only for alice): That is longer than I can read: a question may have 8,000 characters.",
    ]);
    assert.deepEqual(asked, []);
    assert.deepEqual(slack.faults, []);
  });

  test("of the greatest length is announced and asked", async (t) => {
    const { slack, alice, asked, core } = await startSlackFootnote(t);

    await alice.slash(slack.general, "/wiki", "&".repeat(7_999) + "x");
    await core.idle();

    assert.equal(asked[0]?.question.length, 8_000);
    assert.deepEqual(slack.faults, []);
  });
});

describe("a question by /wiki that cannot be stored", () => {
  test("is told to the asker, and its announcement taken back", async (t) => {
    const store = {
      receive: async () => {
        throw new Failure("store-unavailable", "the database is away");
      },
    };
    const { slack, alice } = await startSlackFootnote(t, { store });

    const command = await alice.slash(slack.general, "/wiki", QUESTION);
    await slack.until(() => slack.calls.some(({ method }) => method === "chat.delete"));

    assert.equal(command.isAcked, true);
    assert.deepEqual(slack.channel(slack.general).entries({ as: alice.id }), [
      "Footnote (only for alice): My database can't be reached just now. Please try again in a little while.",
    ]);
    assert.deepEqual(slack.faults, []);
  });

  test("in time is told to the asker, and not answered when it is stored later", async (t) => {
    const memory = createMemoryStore();
    const { promise: databaseIsBack, resolve: comeBack } = Promise.withResolvers<void>();
    const { promise: forgotten, resolve: forget } = Promise.withResolvers<void>();
    const store: Store = {
      ...memory,
      receive: (message) => databaseIsBack.then(() => memory.receive(message)),
      forget: (id) => memory.forget(id).then(forget),
    };
    const { slack, alice } = await startSlackFootnote(t, { store, answer: silence, slack: { ackMs: 60_000 } });

    const command = await alice.slash(slack.general, "/wiki", QUESTION);
    await slack.until(() => slack.channel(slack.general).entries().length === 0);
    comeBack();
    await forgotten;

    assert.equal(command.isAcked, true);
    assert.deepEqual(slack.channel(slack.general).entries({ as: alice.id }), [
      "Footnote (only for alice): My database can't be reached just now. Please try again in a little while.",
    ]);
    assert.equal((await memory.stats()).conversations, 0);
    assert.deepEqual(slack.faults, []);
  });
});

describe("an announcement that Slack takes too late", () => {
  test("is taken back, and its question not asked", async (t) => {
    const { slack, alice, asked } = await startSlackFootnote(t, { slack: { ackMs: 60_000 } });
    slack.fail("chat.postMessage", { delayMs: 2_800 });

    await alice.slash(slack.general, "/wiki", QUESTION);
    const told = slack.channel(slack.general).entries({ as: alice.id });
    await slack.until(() => slack.calls.some(({ method }) => method === "chat.delete"));

    assert.deepEqual(told, [
      "Footnote (only for alice): My database can't be reached just now. Please try again in a little while.",
    ]);
    assert.deepEqual(slack.channel(slack.general).entries(), []);
    assert.deepEqual(asked, []);
    assert.deepEqual(slack.faults, []);
  });
});

describe("an announcement that Slack has taken without saying so", () => {
  test("is found and taken back", async (t) => {
    const { slack, alice, asked } = await startSlackFootnote(t);
    slack.fail("chat.postMessage", { close: "after" });

    const command = await alice.slash(slack.general, "/wiki", QUESTION);
    await slack.until(() => slack.channel(slack.general).entries().length === 0);

    assert.equal(command.isAcked, true);
    assert.deepEqual(slack.channel(slack.general).entries({ as: alice.id }), [
      "Footnote (only for alice): Slack did not take that from me. Please try again.",
    ]);
    assert.deepEqual(asked, []);
    assert.deepEqual(slack.faults, []);
  });
});

describe("/wiki in a channel where Footnote is not", () => {
  test("is answered to everybody, and says how Footnote is invited", async (t) => {
    const { promise: isAcked, resolve: ack } = Promise.withResolvers<void>();
    const { slack, alice, core } = await startSlackFootnote(t, {
      async *answer() {
        await isAcked;
        yield* eventsOf(MERCURY_ANSWER);
      },
    });
    const aside = slack.addChannel("aside", { members: [alice], withoutBot: true });

    await alice.slash(aside, "/wiki", QUESTION);
    ack();
    await core.idle();

    const [hint, answer = "", ...others] = slack.channel(aside).entries();
    assert.equal(
      hint,
      "Footnote: Looking it up… I'm not in this channel: `/invite` @Footnote, and I can answer in threads.",
    );
    assert.match(answer, ANSWER);
    assert.deepEqual(others, []);
    assert.deepEqual(slack.faults, [{ method: "chat.postMessage", error: "not_in_channel", detail: aside }]);
  });

  test("is answered in other people's direct messages", async (t) => {
    const { slack, alice, core } = await startSlackFootnote(t);
    const bob = slack.addPerson("bob");
    const secret = slack.addChannel("secret", { kind: "private", members: [alice, bob], withoutBot: true });

    await alice.slash(secret, "/wiki", QUESTION);
    await core.idle();

    assert.equal(
      slack
        .channel(secret)
        .entries()
        .filter((entry) => ANSWER.test(entry)).length,
      1,
    );
    assert.deepEqual(slack.faults, [{ method: "chat.postMessage", error: "channel_not_found", detail: secret }]);
  });
});

test("the manifest declares every command and shortcut", () => {
  const path = join(import.meta.dirname, "../../../src/platforms/slack/manifest.json");

  const { features } = JSON.parse(readFileSync(path, "utf8"));

  const commands: readonly { command: string }[] = features.slash_commands;
  const shortcuts: readonly { type: string; callback_id: string }[] = features.shortcuts;
  assert.deepEqual(
    commands.map(({ command }) => command),
    ["/wiki", "/wikistats"],
  );
  assert.deepEqual(
    shortcuts.map(({ type, callback_id: id }) => [type, id]),
    [["message", "look_it_up"]],
  );
});

/** Another process in an installed workspace, which finds its installation in this way. */
async function footnoteWithout(t: TestContext, get: Installations["get"]) {
  const footnote = await startSlackFootnote(t, { stateSecret: STATE_SECRET });
  await install(footnote, footnote.slack, footnote.alice);
  await footnote.platform.stop();
  const store = { installations: { ...footnote.store.installations, get } };
  return startSlackFootnote(t, { stateSecret: STATE_SECRET, beside: footnote, store });
}

describe("a command while nobody can tell whose it is", () => {
  test("says so when the store is away", async (t) => {
    const { slack, alice } = await footnoteWithout(t, async () => {
      throw new Failure("store-unavailable", "the database is away");
    });

    const command = await alice.slash(slack.general, "/wiki", QUESTION);

    assert.equal(command.isAcked, true);
    assert.match(slack.channel(slack.general).text({ as: alice.id }), /My database can't be reached just now/);
    assert.deepEqual(slack.faults, []);
  });

  test("says so in time when the store does not answer, and does nothing later", async (t) => {
    const { promise: databaseIsBack, resolve: comeBack } = Promise.withResolvers<string | undefined>();
    const footnote = await footnoteWithout(t, () => databaseIsBack);
    const { slack, alice, asked } = footnote;

    const command = await alice.slash(slack.general, "/wiki", QUESTION);
    const told = slack.channel(slack.general).entries({ as: alice.id });
    comeBack(await footnote.store.installations.get("slack", slack.team));
    await footnote.alice.slash(slack.general, "/wiki", "help");

    assert.equal(command.isAcked, true);
    assert.deepEqual(told, [
      "Footnote (only for alice): My database can't be reached just now. Please try again in a little while.",
    ]);
    assert.deepEqual(
      slack.calls.filter(({ method }) => method === "chat.postMessage"),
      [],
    );
    assert.deepEqual(asked, []);
    assert.deepEqual(slack.faults, []);
  });
});
