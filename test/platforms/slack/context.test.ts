import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { askedFor, type Mode, startSlackFootnote } from "./slack-footnote.ts";

const QUESTION = "is that true?";
const MODES: readonly Mode[] = ["Socket Mode", "HTTP mode"];

for (const mode of MODES) {
  describe(`a thread that Footnote is called to in ${mode}`, () => {
    test("is read once, with the names of those who spoke", async (t) => {
      const { slack, alice, seen, asked } = await startSlackFootnote(t, { mode });
      const bob = slack.addPerson("bob");
      const robot = slack.addBot("weatherman");
      slack.world.channels.get(slack.general)?.members.add(robot.id);
      const { thread } = await alice.say(slack.general, "A day on Mercury lasts 176 days & nights");
      await bob.say(slack.general, `Never, <@${alice.id}>!`, { thread });
      await robot.say(slack.general, "It will rain.", { thread });

      await bob.mention(slack.general, QUESTION, { thread });
      await seen(thread, 5);
      await bob.say(slack.general, "and on Venus?", { thread });
      await seen(thread, 7);

      const context = [
        { author: "alice", text: "A day on Mercury lasts 176 days & nights" },
        { author: "bob", text: "Never, @alice!" },
        { author: "weatherman", text: "It will rain." },
      ];
      assert.deepEqual(
        asked.map((request) => request.context),
        [context, context],
      );
      assert.equal(slack.calls.filter(({ method }) => method === "conversations.replies").length, 1);
      assert.deepEqual(slack.faults, []);
    });
  });
}

describe("a thread that Footnote is called to", () => {
  test("is read from its first message and the latest ones, when it is long", async (t) => {
    const { slack, alice, asked, core } = await startSlackFootnote(t);
    const { thread } = await alice.say(slack.general, "first");
    for (let n = 1; n <= 60; n += 1) await alice.say(slack.general, `reply ${n}`, { thread });

    await alice.mention(slack.general, QUESTION, { thread });
    await core.idle();

    const said = asked[0]?.context?.map(({ text }) => text);
    assert.equal(said?.length, 50);
    assert.deepEqual(said.slice(0, 2), ["first", "reply 12"]);
    assert.equal(said.at(-1), "reply 60");
  });

  test("is read without what Footnote said in it", async (t) => {
    const { slack, alice, seen, asked, store } = await startSlackFootnote(t);
    const { thread } = await alice.say(slack.general, "A day on Mercury lasts 176 days");
    await alice.mention(slack.general, QUESTION, { thread });
    await seen(thread, 3);
    await store.erase(`slack:${slack.team}:${slack.general}:${thread}`);

    await alice.mention(slack.general, "and that?", { thread });
    await seen(thread, 5);

    assert.deepEqual(
      asked[1]?.context?.map(({ author, text }) => `${author}: ${text}`),
      ["alice: A day on Mercury lasts 176 days", "alice: @Footnote is that true?"],
    );
    assert.deepEqual(
      slack.calls
        .filter(({ method, args }) => method === "users.info" && args["include_locale"] === undefined)
        .map(({ args }) => args["user"]),
      [alice.id, alice.id],
    );
  });

  test("is someone's where names may not be looked up", async (t) => {
    const scopes = askedFor.scopes.filter((scope) => scope !== "users:read");
    const { slack, alice, seen, asked } = await startSlackFootnote(t, { slack: { scopes } });
    const { thread } = await alice.say(slack.general, "A day on Mercury lasts 176 days");

    await alice.mention(slack.general, QUESTION, { thread });
    await seen(thread, 3);

    assert.deepEqual(asked[0]?.context, [{ author: "someone", text: "A day on Mercury lasts 176 days" }]);
  });

  for (const error of ["missing_scope", "not_in_channel"]) {
    test(`is not known where Footnote may not read it: ${error}`, async (t) => {
      const { slack, platform, store, alice, seen } = await startSlackFootnote(t);
      const { thread } = await alice.say(slack.general, "A day on Mercury lasts 176 days");
      const { ts } = await alice.mention(slack.general, QUESTION, { thread });
      await seen(thread, 3);
      const exchange = await store.exchangeOf("slack", `${slack.team}:${slack.general}:${ts}`);
      assert.ok(exchange !== undefined);
      slack.fail("conversations.replies", { error });

      const context = await platform.readContext?.(exchange, t.signal);

      assert.equal(context, undefined);
    });
  }

  test("may be asked for again when Slack did not tell", async (t) => {
    const { slack, platform, store, alice, seen } = await startSlackFootnote(t);
    const { thread } = await alice.say(slack.general, "A day on Mercury lasts 176 days");
    const { ts } = await alice.mention(slack.general, QUESTION, { thread });
    await seen(thread, 3);
    const exchange = await store.exchangeOf("slack", `${slack.team}:${slack.general}:${ts}`);
    assert.ok(exchange !== undefined);
    slack.fail("conversations.replies", { error: "internal_error" });

    await assert.rejects(async () => platform.readContext?.(exchange, t.signal), {
      name: "Failure",
      kind: "delivery-failed",
    });
  });

  test("is answered without what was said before when that cannot be read", async (t) => {
    const { slack, alice, seen, asked } = await startSlackFootnote(t);
    const { thread } = await alice.say(slack.general, "A day on Mercury lasts 176 days");
    slack.fail("conversations.replies", { error: "internal_error" });

    await alice.mention(slack.general, QUESTION, { thread });
    await seen(thread, 3);

    assert.deepEqual(
      asked.map(({ context }) => context),
      [undefined],
    );
  });
});

describe("a thread that a question began", () => {
  test("is not read, neither in channels nor in direct messages", async (t) => {
    const { slack, alice, seen, asked } = await startSlackFootnote(t);
    const { thread } = await alice.mention(slack.general, QUESTION);
    await seen(thread, 2);
    const direct = await alice.dm(QUESTION);
    await seen(direct.thread, 2, alice.direct);

    await alice.say(slack.general, "and on Venus?", { thread });
    await seen(thread, 4);
    await alice.dm("and on Earth?", { thread: direct.thread });
    await seen(direct.thread, 4, alice.direct);

    assert.equal(asked.length, 4);
    assert.deepEqual(
      asked.flatMap(({ context }) => context ?? []),
      [],
    );
    assert.equal(slack.calls.filter(({ method }) => method === "conversations.replies").length, 0);
  });
});
