import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Agent } from "../../../src/core/agent.ts";
import type { Store } from "../../../src/core/exchange.ts";
import type { ReplyTarget } from "../../../src/core/platform.ts";
import type { Answer } from "../../../src/core/reply.ts";
import { eventsOf, MERCURY_ANSWER } from "../../fakes/answers.ts";
import { recordLog } from "../../fakes/log.ts";
import { createMemoryStore } from "../../fakes/memory-store.ts";
import type { FakeSlack } from "../../fakes/slack/fake-slack.ts";
import type { Person, Sent } from "../../fakes/slack/person.ts";
import { AMBIGUOUS, answering } from "../../fakes/offers.ts";
import { type Mode, silence, type SlackFootnote, startSlackFootnote } from "./slack-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";
const STATUS = "Footnote (only for alice): Looking it up…";
const ANSWER = /^Footnote \(only for alice\): A day on Mercury lasts 176 Earth days\. \[1\]/;

/** What Footnote has said in the channel that this person sees. */
function seenBy(person: Person, slack: FakeSlack, channel = slack.general): string[] {
  return slack.channel(channel).entries({ as: person.id });
}

/** A private question, as whoever answers it is told of it. */
async function targetOf(
  { deliveries: [command], channel }: Sent,
  { store, slack }: Pick<SlackFootnote, "store" | "slack">,
): Promise<ReplyTarget> {
  const name = `q-${String(command?.payload["trigger_id"])}`;
  const exchange = await store.exchangeOf("slack", `${slack.team}:${channel}:${name}`);
  assert.ok(exchange);
  return { id: exchange.id, revision: 0, replyTo: exchange.replyTo };
}

/** An agent that answers once it may. */
function mercuryAfter(may: Promise<void>): Agent["answer"] {
  return async function* () {
    await may;
    yield* eventsOf(MERCURY_ANSWER);
  };
}

const modes: readonly Mode[] = ["Socket Mode", "HTTP mode"];

for (const mode of modes) {
  test(`/wiki -q is answered to the asker alone in ${mode}`, async (t) => {
    const { slack, alice, asked, core } = await startSlackFootnote(t, { mode });

    const command = await alice.slash(slack.general, "/wiki", `-q ${QUESTION}`);
    await core.idle();

    const [status, answer = "", ...others] = seenBy(alice, slack);
    assert.equal(command.isAcked, true);
    assert.equal(status, STATUS);
    assert.match(answer, ANSWER);
    assert.match(answer, /as of 2026-10-01/);
    assert.deepEqual(others, []);
    assert.deepEqual(slack.channel(slack.general).entries(), []);
    assert.equal(asked[0]?.question, QUESTION);
    assert.deepEqual(slack.faults, []);
  });
}

describe("a private question", () => {
  for (const flag of ["-q", "--quiet", "—quiet", "–q", "-Q"]) {
    test(`is one that follows ${flag}`, async (t) => {
      const { slack, alice, asked, core } = await startSlackFootnote(t);

      await alice.slash(slack.general, "/wiki", `${flag} ${QUESTION}`);
      await core.idle();

      assert.equal(asked[0]?.question, QUESTION);
      assert.deepEqual(slack.channel(slack.general).entries(), []);
    });
  }

  test("is a thread of its own, without an address where Footnote can write", async (t) => {
    const { slack, alice, store } = await startSlackFootnote(t);

    const { deliveries } = await alice.slash(slack.general, "/wiki", `-q ${QUESTION}`);

    const name = `q-${String(deliveries[0]?.payload["trigger_id"])}`;
    const exchange = await store.exchangeOf("slack", `${slack.team}:${slack.general}:${name}`);
    assert.equal(exchange?.thread, `slack:${slack.team}:${slack.general}:${name}`);
    assert.deepEqual(exchange?.replyTo, {
      team: slack.team,
      channel: slack.general,
      threadTs: name,
      questionTs: name,
      user: alice.id,
      userTeam: slack.team,
      isAddressed: true,
      isPrivate: true,
    });
  });

  test("without words gets the help", async (t) => {
    const { slack, alice } = await startSlackFootnote(t);

    await alice.slash(slack.general, "/wiki", "-q");

    assert.match(seenBy(alice, slack)[0] ?? "", /\*Ask the wiki\*/);
  });

  test("can be asked where Footnote is not", async (t) => {
    const { promise: isAcked, resolve: ack } = Promise.withResolvers<void>();
    const { slack, alice, core } = await startSlackFootnote(t, { answer: mercuryAfter(isAcked) });
    const aside = slack.addChannel("aside", { members: [alice], withoutBot: true });

    await alice.slash(aside, "/wiki", `-q ${QUESTION}`);
    ack();
    await core.idle();

    const [status = "", answer = ""] = seenBy(alice, slack, aside);
    assert.match(status, /^Footnote \(only for alice\): Looking it up….*`\/invite` @Footnote/);
    assert.match(answer, ANSWER);
    assert.deepEqual(slack.channel(aside).entries(), []);
    assert.deepEqual(slack.faults, [{ method: "chat.postEphemeral", error: "not_in_channel", detail: aside }]);
  });

  test("leaves no address in the log that others could write to", async (t) => {
    const { promise: isTooLate, resolve: expire } = Promise.withResolvers<void>();
    const { log, lines } = recordLog();
    const { slack, alice, core } = await startSlackFootnote(t, { log, answer: mercuryAfter(isTooLate) });
    const aside = slack.addChannel("aside", { members: [alice], withoutBot: true });

    await alice.slash(aside, "/wiki", `-q ${QUESTION}`);
    await slack.clock.advance(31 * 60_000);
    expire();
    await core.idle();

    assert.match(lines.join("\n"), /expired_url/);
    assert.doesNotMatch(lines.join("\n"), /\/response\//);
  });
});

describe("a private question that cannot be stored", () => {
  test("in time is told so, and not answered when it is stored later", async (t) => {
    const memory = createMemoryStore();
    const { promise: databaseIsBack, resolve: comeBack } = Promise.withResolvers<void>();
    const { promise: forgotten, resolve: forget } = Promise.withResolvers<void>();
    const store: Store = {
      ...memory,
      receive: (message) => databaseIsBack.then(() => memory.receive(message)),
      forget: (id) => memory.forget(id).then(forget),
    };
    const { slack, alice } = await startSlackFootnote(t, { store, answer: silence, slack: { ackMs: 60_000 } });

    await alice.slash(slack.general, "/wiki", `-q ${QUESTION}`);
    comeBack();
    await forgotten;

    assert.deepEqual(seenBy(alice, slack), [
      STATUS,
      "Footnote (only for alice): My database can't be reached just now. Please try again in a little while.",
    ]);
    assert.equal((await memory.stats()).conversations, 0);
    assert.deepEqual(slack.faults, []);
  });
});

/** An answer that takes several messages. */
const LONG: Answer = {
  ...MERCURY_ANSWER,
  sentences: Array.from({ length: 200 }, (_, i) => ({
    before: i === 0 ? "" : "\n\n",
    text: `Sentence number ${i} says that Mercury turns slowly, and that its days are longer than its years.`,
    footnotes: [1],
    verdict: "supported" as const,
  })),
};

describe("a private answer", () => {
  test("that is long comes in several messages, its sources below the last", async (t) => {
    const { slack, alice, core } = await startSlackFootnote(t, { answer: answering(() => LONG) });

    await alice.slash(slack.general, "/wiki", `-q ${QUESTION}`);
    await core.idle();

    const [, ...parts] = seenBy(alice, slack);
    assert.ok(parts.length >= 2);
    assert.deepEqual(
      parts.map((part) => part.includes("as of 2026-10-01")),
      parts.map((_, index) => index === parts.length - 1),
    );
    assert.equal(parts.join("\n").match(/Sentence number/g)?.length, 200);
    assert.deepEqual(slack.faults, []);
  });

  test("goes as plain text where Slack takes no tables", async (t) => {
    const text = "| Planet | Day |\n|---|---|\n| Mercury | 176 |";
    const sentences = [{ before: "", text, footnotes: [], verdict: "structural" as const }];
    const { slack, alice, store, platform } = await startSlackFootnote(t, { answer: silence });
    const sent = await alice.slash(slack.general, "/wiki", `-q ${QUESTION}`);
    const target = await targetOf(sent, { store, slack });
    slack.fail("chat.postEphemeral", { error: "invalid_blocks" }, 4);

    await platform.openReply(target).finish({ ...MERCURY_ANSWER, sentences, citations: [] });

    assert.match(seenBy(alice, slack)[1] ?? "", /```\nPlanet +Day\n/);
  });

  test("offers meanings, and the choice is answered in their place", async (t) => {
    const answer = answering(({ subject }) => (subject === undefined ? AMBIGUOUS : MERCURY_ANSWER));
    const { slack, alice, asked, core } = await startSlackFootnote(t, { answer });
    await alice.slash(slack.general, "/wiki", "-q Mercury?");
    await core.idle();
    const offer = slack.world.messagesIn(slack.general).at(-1)!;

    await alice.click({ channel: slack.general, ts: offer.ts }, "answer_choose_0");
    await core.idle();

    await slack.until(() => !seenBy(alice, slack).some((entry) => entry.includes("Which one do you mean?")));
    assert.equal(asked[1]?.subject, "Mercury (planet)");
    assert.match(seenBy(alice, slack).at(-1) ?? "", ANSWER);
    assert.deepEqual(slack.faults, []);
  });

  test("can be judged, and asked for again", async (t) => {
    const { slack, alice, asked, store, core } = await startSlackFootnote(t);
    await alice.slash(slack.general, "/wiki", `-q ${QUESTION}`);
    await core.idle();
    const answer = slack.world.messagesIn(slack.general).at(-1)!;

    await alice.click(answer, "answer_judge");
    const { verdicts } = await store.usage(1);
    await alice.click(answer, "answer_again");
    await core.idle();

    assert.deepEqual(verdicts, { good: 1, bad: 0 });
    assert.equal(asked.length, 2);
    await slack.until(() => seenBy(alice, slack).filter((entry) => ANSWER.test(entry)).length === 1);
    assert.deepEqual(slack.channel(slack.general).entries(), []);
    assert.deepEqual(slack.faults, []);
  });

  test("that cannot be found is an apology", async (t) => {
    const { slack, alice, core } = await startSlackFootnote(t, {
      // oxlint-disable-next-line require-yield -- an agent that fails before it says anything
      async *answer() {
        throw new Error("out of order");
      },
    });

    await alice.slash(slack.general, "/wiki", `-q ${QUESTION}`);
    await core.idle();

    assert.match(seenBy(alice, slack)[1] ?? "", /^Footnote \(only for alice\): Something went wrong on my side/);
    assert.deepEqual(slack.faults, []);
  });
});

describe("a private answer after a crash", () => {
  test("still comes", async (t) => {
    const { slack, alice, store, platform } = await startSlackFootnote(t, { answer: silence });
    const sent = await alice.slash(slack.general, "/wiki", `-q ${QUESTION}`);
    const target = await targetOf(sent, { store, slack });

    await platform.openReply(target).finish(MERCURY_ANSWER);

    assert.match(seenBy(alice, slack)[1] ?? "", ANSWER);
  });

  test("goes on behind the messages that were sent", async (t) => {
    const { slack, alice, store, platform } = await startSlackFootnote(t, { answer: silence });
    const sent = await alice.slash(slack.general, "/wiki", `-q ${QUESTION}`);
    const target = await targetOf(sent, { store, slack });
    await platform.openReply(target).finish(LONG);
    const once = seenBy(alice, slack).length;
    const progress = (await store.exchange(target.id))?.progress;

    await platform.openReply({ ...target, progress: { ...progress, sent: 1 } }).finish(LONG);
    const twice = seenBy(alice, slack).length;
    await platform.openReply({ ...target, ...(progress && { progress }) }).finish(LONG);

    assert.equal(twice, once + (once - 2));
    assert.equal(seenBy(alice, slack).length, twice);
    assert.deepEqual(slack.faults, []);
  });

  test("comes when Slack was silent", async (t) => {
    const { slack, alice, store, platform } = await startSlackFootnote(t, { answer: silence });
    const sent = await alice.slash(slack.general, "/wiki", `-q ${QUESTION}`);
    const target = await targetOf(sent, { store, slack });
    slack.fail("chat.postEphemeral", { status: 503 });

    await platform.openReply(target).finish(MERCURY_ANSWER);

    assert.match(seenBy(alice, slack)[1] ?? "", ANSWER);
  });
});
