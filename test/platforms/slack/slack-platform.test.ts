import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { platformContract } from "../../contracts/platform.ts";
import { until } from "../../support/until.ts";
import { type Mode, silence, startSlackFootnote } from "./slack-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";
const SHOWN = `Footnote: A day on Mercury lasts 176 Earth days. [1](https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation) Nobody has stayed for one. (not in the sources)
[1] [Mercury (planet) § Rotation](https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation), as of 2026-10-01 Text: [CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/)
[Helpful] [Not helpful]
[Why?] [Ask again]`;

const MODES: readonly Mode[] = ["Socket Mode", "HTTP mode"];

for (const mode of MODES) {
  describe(`Slack in ${mode}`, () => {
    test("answers a mention in the thread of its message, once for all its events", async (t) => {
      const { slack, alice, asked, seen } = await startSlackFootnote(t, { mode });

      const question = await alice.mention(slack.general, QUESTION);
      const shown = await seen(question.thread, 2);

      assert.equal(question.isAcked, true);
      assert.equal(question.deliveries.length, 2);
      assert.equal(shown, `alice: @Footnote ${QUESTION}\n${SHOWN}`);
      assert.equal(asked.length, 1);
      assert.deepEqual(slack.faults, []);
    });

    test("takes a redelivered event for the one it was", async (t) => {
      const { slack, alice, asked, seen } = await startSlackFootnote(t, { mode });
      const question = await alice.mention(slack.general, QUESTION);

      const outcomes = await Promise.all(
        question.deliveries.flatMap((delivery) => [
          slack.redeliver(delivery),
          slack.redeliver(delivery, { num: 1, reason: "http_timeout" }),
        ]),
      );
      const shown = await seen(question.thread, 2);

      assert.ok(outcomes.every(({ isAcked }) => isAcked));
      assert.equal(asked.length, 1);
      assert.equal(shown.split("176 Earth days").length, 2);
    });

    test("goes on without mentions in a thread it takes part in, in order", async (t) => {
      const { slack, alice, asked, seen } = await startSlackFootnote(t, { mode });
      const { thread } = await alice.mention(slack.general, QUESTION);

      const first = alice.say(slack.general, "and on Venus?", { thread });
      const second = alice.say(slack.general, "and on Earth?", { thread });
      await Promise.all([first, second]);
      await seen(thread, 6);

      assert.deepEqual(
        asked.map(({ question }) => question),
        [QUESTION, "and on Venus?", "and on Earth?"],
      );
    });

    test("stays quiet where it is not meant", async (t) => {
      const { slack, alice, asked, seen } = await startSlackFootnote(t, { mode });
      const bob = slack.addPerson("bob");
      const other = slack.addBot("weatherman");
      slack.world.channels.get(slack.general)?.members.add(other.id);
      const { thread } = await alice.mention(slack.general, QUESTION);
      await seen(thread, 2);

      const elsewhere = await bob.say(slack.general, "good morning");
      await bob.say(slack.general, "and to you", { thread: elsewhere.thread });
      await bob.say(slack.general, `<@${alice.id}> do you believe that?`, { thread });
      await other.say(slack.general, "It will rain.", { thread });
      await bob.join(slack.general);
      await bob.setTopic(slack.general, "Mercury");

      assert.equal(asked.length, 1);
    });

    test("answers direct messages without a mention", async (t) => {
      const { alice, asked, seen } = await startSlackFootnote(t, { mode });

      const question = await alice.dm(QUESTION);
      const shown = await seen(question.thread, 2, alice.direct);

      assert.equal(shown, `alice: ${QUESTION}\n${SHOWN}`);
      assert.equal(asked[0]?.question, QUESTION);
    });

    test("acks nothing it could not store, and answers when it comes again", async (t) => {
      let outages = 2;
      const store = {
        receive: async (message: Parameters<typeof memory.receive>[0]) => {
          if (outages-- > 0) throw new Failure("store-unavailable", "the database is away");
          return memory.receive(message);
        },
      };
      const footnote = await startSlackFootnote(t, { mode, store, slack: { ackMs: 300 } });
      const memory = footnote.store;

      const question = await footnote.alice.mention(footnote.slack.general, QUESTION);
      await footnote.seen(question.thread, 2);

      assert.equal(question.isAcked, true);
      assert.equal(question.deliveries.flatMap(({ outcomes }) => outcomes).filter(({ isAcked }) => !isAcked).length, 2);
      assert.equal(footnote.asked.length, 1);
    });
  });
}

describe("Slack in HTTP mode, paused", () => {
  test("takes nothing new, so that Slack asks again", async (t) => {
    const { slack, alice, platform, asked } = await startSlackFootnote(t, { mode: "HTTP mode" });
    const question = await alice.mention(slack.general, QUESTION);

    await platform.pause();
    const outcomes = await Promise.all(question.deliveries.map((delivery) => slack.redeliver(delivery)));

    assert.deepEqual(
      outcomes.map(({ isAcked }) => isAcked),
      [false, false],
    );
    assert.equal(asked.length, 1);
  });
});

describe("Slack in Socket Mode, paused", () => {
  test("is connected no more", async (t) => {
    const { slack, platform } = await startSlackFootnote(t);

    await platform.pause();

    await until(
      async () => slack.socket.connections.length,
      (open) => open === 0,
    );
  });
});

describe("Slack in HTTP mode", () => {
  test("refuses requests that Slack did not sign, or not just now", async (t) => {
    const { http, asked } = await startSlackFootnote(t, { mode: "HTTP mode" });

    const statuses = [
      await http?.forge({ type: "event_callback" }, "bad-signature"),
      await http?.forge({ type: "event_callback" }, "stale"),
      await http?.forge({ type: "event_callback" }, "unsigned"),
    ];

    assert.deepEqual(statuses, [401, 401, 401]);
    assert.equal(asked.length, 0);
  });

  test("passes Slack's challenge", async (t) => {
    const { http } = await startSlackFootnote(t, { mode: "HTTP mode" });

    assert.equal(await http?.verify(), true);
  });
});

describe("Slack in Socket Mode", () => {
  test("connects again when the connection breaks, and takes what was missed", async (t) => {
    const { slack, alice, seen } = await startSlackFootnote(t);

    slack.socket.connections[0]?.drop();
    const question = await alice.mention(slack.general, QUESTION);
    const shown = await seen(question.thread, 2);

    assert.match(shown, /176 Earth days/);
  });

  test("connects again when Slack renews the connection", async (t) => {
    const { slack, alice, asked, seen } = await startSlackFootnote(t);
    const [old] = slack.socket.connections;

    old?.refresh();
    await until(
      async () => slack.socket.connections.map(({ id }) => id),
      ([id]) => id !== undefined && id !== old?.id,
    );
    const question = await alice.mention(slack.general, QUESTION);
    await seen(question.thread, 2);

    assert.equal(asked.length, 1);
    assert.deepEqual(slack.faults, []);
  });
});

describe("Slack", () => {
  test("is off with a token it refuses, says so, and lets the rest go on", async (t) => {
    const errors: object[] = [];
    const log = {
      debug() {},
      info() {},
      warn() {},
      error: (fields: object) => void errors.push(fields),
      child: () => log,
    };
    const { slack, alice, seen, store } = await startSlackFootnote(t, { log });
    const question = await alice.mention(slack.general, QUESTION);
    await seen(question.thread, 2);

    slack.setToken(slack.botToken, "token_revoked");
    const later = await alice.mention(slack.general, "and on Venus?");
    const states = await until(
      async () => (await store.stats()).exchanges,
      ({ failed }) => failed === 1,
    );
    await until(
      async () => slack.socket.connections.length,
      (open) => open === 0,
    );

    assert.equal(later.isAcked, true);
    assert.equal(states.delivered, 1);
    assert.deepEqual(errors, [{ code: "token_revoked" }]);
  });
});

platformContract("the Slack platform", async (t: TestContext) => {
  const { slack, alice, platform, store } = await startSlackFootnote(t, { answer: silence });
  const threads = new Map<string, string>();
  return {
    platform,
    async ask() {
      const { thread } = await alice.mention(slack.general, QUESTION);
      const { items } = await store.conversations({ limit: 1 });
      const messages = await store.messages(items[0]!.thread, { limit: 1 });
      const exchange = messages?.items[0]?.exchangeId ?? "";
      threads.set(exchange, thread);
      return { id: exchange, revision: 0, replyTo: (await store.exchange(exchange))?.replyTo ?? {} };
    },
    shown: async (exchange) => slack.thread(slack.general, threads.get(exchange) ?? "").text(),
  };
});
