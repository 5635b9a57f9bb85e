import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { eventsOf, MERCURY_ANSWER } from "../../fakes/answers.ts";
import { startSlackFootnote } from "./slack-footnote.ts";

const ANSWER = /^Footnote: A day on Mercury lasts 176 Earth days\. \[1\]/;

for (const mode of ["Socket Mode", "HTTP mode"] as const) {
  test(`Look it up answers in the thread of the message in ${mode}`, async (t) => {
    const { slack, alice, asked, seen } = await startSlackFootnote(t, { mode });
    const bob = slack.addPerson("bob");
    const said = await bob.say(slack.general, "<@U0ALICE> a day on Mercury lasts 176 days &amp; more <!here>");

    const shortcut = await alice.shortcut(said, "look_it_up");
    const thread = await seen(said.ts, 3);

    assert.equal(shortcut.isAcked, true);
    const [, announcement, answer = ""] = thread.split(/\n(?=Footnote: )/);
    assert.equal(announcement, "Footnote: @alice asked me to look this up.");
    assert.match(answer, ANSWER);
    assert.equal(asked[0]?.question, "a day on Mercury lasts 176 days &amp; more");
    assert.deepEqual(slack.channel(slack.general).entries({ as: alice.id }).length, 1);
    assert.deepEqual(slack.faults, []);
  });
}

describe("Look it up", () => {
  test("takes what was said before in the thread as context", async (t) => {
    const { slack, alice, asked, seen } = await startSlackFootnote(t);
    const { ts: thread } = await alice.say(slack.general, "let's talk about planets");
    const reply = await alice.say(slack.general, "how long does a day last on Mercury?", { thread });

    await alice.shortcut(reply, "look_it_up");
    await seen(thread, 4);

    assert.deepEqual(asked[0]?.context, [
      { author: "alice", text: "let's talk about planets" },
      { author: "alice", text: "how long does a day last on Mercury?" },
    ]);
    assert.deepEqual(slack.faults, []);
  });

  test("is done once for each who asks for it", async (t) => {
    const { slack, alice, asked, seen } = await startSlackFootnote(t);
    const bob = slack.addPerson("bob");
    const said = await bob.say(slack.general, "a day on Mercury lasts 176 days");
    await alice.shortcut(said, "look_it_up");
    await seen(said.ts, 3);

    const { deliveries } = await bob.shortcut(said, "look_it_up");
    await seen(said.ts, 5);
    await Promise.all(deliveries.map((delivery) => slack.redeliver(delivery)));
    await slack.until(() => slack.calls.some(({ method }) => method === "chat.delete"));
    const thread = await seen(said.ts, 5);

    assert.equal(asked.length, 2);
    assert.equal(thread.match(/asked me to look this up/g)?.length, 2);
    assert.deepEqual(slack.faults, []);
  });

  test("takes as much of a long message as a question may have", async (t) => {
    const { slack, alice, asked, seen } = await startSlackFootnote(t);
    const said = await alice.say(slack.general, "👩‍🚀".repeat(8_001));
    const words = await alice.say(slack.general, "é".repeat(8_001));

    await alice.shortcut(said, "look_it_up");
    await alice.shortcut(words, "look_it_up");
    await seen(words.ts, 3);

    assert.deepEqual(
      asked.map(({ question }) => question),
      ["é".repeat(8_000)],
    );
  });

  test("says so when there is nothing to look up", async (t) => {
    const { slack, alice, asked } = await startSlackFootnote(t);
    const said = await alice.say(slack.general, "<@U0ALICE> !?");

    const shortcut = await alice.shortcut(said, "look_it_up");
    await slack.until(() => slack.channel(slack.general).entries({ as: alice.id }).length === 2);

    assert.equal(shortcut.isAcked, true);
    assert.equal(
      slack.channel(slack.general).entries({ as: alice.id })[1],
      "Footnote (only for alice): There is no text in that message that I could look up.",
    );
    assert.deepEqual(asked, []);
    assert.deepEqual(slack.faults, []);
  });

  test("is answered to the asker alone where Footnote is not", async (t) => {
    const { promise: isAcked, resolve: ack } = Promise.withResolvers<void>();
    const { slack, alice, core } = await startSlackFootnote(t, {
      async *answer() {
        await isAcked;
        yield* eventsOf(MERCURY_ANSWER);
      },
    });
    const aside = slack.addChannel("aside", { members: [alice], withoutBot: true });
    const said = await alice.say(aside, "how long does a day last on Mercury?");

    await alice.shortcut(said, "look_it_up");
    await slack.until(() => slack.channel(aside).entries({ as: alice.id }).length === 2);
    ack();
    await core.idle();

    const [, hint = "", answer = ""] = slack.channel(aside).entries({ as: alice.id });
    assert.match(hint, /^Footnote \(only for alice\): Looking it up….*`\/invite` @Footnote/);
    assert.match(answer, /^Footnote \(only for alice\): A day on Mercury lasts 176 Earth days/);
    assert.equal(slack.channel(aside).entries().length, 1);
    assert.deepEqual(slack.faults, [{ method: "chat.postMessage", error: "not_in_channel", detail: aside }]);
  });

  test("that cannot be stored is told to the asker, and its announcement taken back", async (t) => {
    const store = {
      receive: async () => {
        throw new Failure("store-unavailable", "the database is away");
      },
    };
    const { slack, alice } = await startSlackFootnote(t, { store });
    const said = await alice.say(slack.general, "how long does a day last on Mercury?");

    const shortcut = await alice.shortcut(said, "look_it_up");
    await slack.until(() => slack.calls.some(({ method }) => method === "chat.delete"));
    await slack.until(() => slack.channel(slack.general).entries({ as: alice.id }).length === 2);

    assert.equal(shortcut.isAcked, true);
    assert.match(slack.channel(slack.general).text({ as: alice.id }), /My database can't be reached just now/);
    assert.equal(slack.thread(slack.general, said.ts).entries().length, 1);
    assert.deepEqual(slack.faults, []);
  });
});
