import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import type { AgentRequest } from "../../../src/core/agent.ts";
import { MERCURY_ANSWER, MERCURY_CITATION, SUPPORTED, UNSUPPORTED } from "../../fakes/answers.ts";
import { answering } from "../../fakes/offers.ts";
import { answered } from "./answered.ts";
import { silence, type SlackFootnoteOptions, startSlackFootnote } from "./slack-footnote.ts";

const SHORT = { ...MERCURY_ANSWER, sentences: [UNSUPPORTED], citations: [] };

/** An agent that says one sentence, and no more until the test is over or it is stopped. */
async function* halfAnAnswer(request: AgentRequest) {
  yield { type: "source" as const, citation: MERCURY_CITATION };
  yield { type: "sentence" as const, sentence: SUPPORTED };
  yield* silence(request);
}

/** A question whose answer is being written; where Slack streams nothing, unless told otherwise. */
async function asking(t: TestContext, options: SlackFootnoteOptions & { readonly streams?: true } = {}) {
  const footnote = await startSlackFootnote(t, { answer: halfAnAnswer, ...options });
  const { slack, alice } = footnote;
  if (options.streams !== true) slack.fail("chat.startStream", { error: "channel_type_not_supported" }, 10);
  const { thread } = await alice.mention(slack.general, "how long does a day last on Mercury?");
  const replies = (): string[] => slack.thread(slack.general, thread).entries().slice(1);
  await slack.until(() => replies()[0]?.includes("176") === true);
  const reply = { channel: slack.general, ts: slack.messages(slack.general, thread)[1]?.ts ?? "" };
  return { footnote, slack, alice, thread, replies, reply };
}

const FIRST =
  "Footnote: A day on Mercury lasts 176 Earth days. [1](https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation)";

describe("Stop", () => {
  test("is a button below what is being written, and ends it with what was said", async (t) => {
    const { footnote, slack, alice, replies, reply } = await asking(t);
    const before = replies();

    const click = await alice.click(reply, "answer_stop");
    await footnote.core.idle();

    assert.equal(click.isAcked, true);
    assert.deepEqual(before, [`${FIRST}\n[Stop]`]);
    assert.deepEqual(replies(), [`${FIRST}\n\nStopped.\n[Ask again]`]);
    assert.deepEqual(slack.faults, []);
  });

  test("is for the asker, and others are told", async (t) => {
    const { slack, alice, thread, reply, footnote, replies } = await asking(t);
    const bob = slack.addPerson("bob");

    await bob.click(reply, "answer_stop");
    const seen = (): string => slack.thread(slack.general, thread).text({ as: bob.id });
    await slack.until(() => seen().includes("Only the asker can stop it."));
    const meanwhile = replies();
    await alice.click(reply, "answer_stop");
    await footnote.core.idle();

    assert.deepEqual(meanwhile, [`${FIRST}\n[Stop]`]);
  });

  for (const [whose, admins, isAdmin] of [
    ["Footnote's", ["slack:U0BOB"], false],
    ["the workspace's", [], true],
  ] as const) {
    test(`is for ${whose} admins too`, async (t) => {
      const { footnote, slack, replies, reply } = await asking(t, { admins });
      const bob = slack.addPerson("bob", { isAdmin });

      await bob.click(reply, "answer_stop");
      await footnote.core.idle();

      assert.deepEqual(replies(), [`${FIRST}\n\nStopped.\n[Ask again]`]);
    });
  }

  test("works at another replica", async (t) => {
    const { footnote, alice, replies, reply } = await asking(t);
    const other = await startSlackFootnote(t, { beside: footnote });
    await footnote.platform.pause();

    await alice.click(reply, "answer_stop");
    await footnote.core.idle();

    assert.equal(other.asked.length, 0);
    assert.deepEqual(replies(), [`${FIRST}\n\nStopped.\n[Ask again]`]);
  });

  test("is Slack's own button where the answer is streamed", async (t) => {
    const { footnote, slack, alice, thread, replies } = await asking(t, { streams: true });

    const pressed = await alice.stop(slack.general, thread);
    await footnote.core.idle();

    assert.equal(pressed.isAcked, true);
    assert.deepEqual(replies(), [`${FIRST}\n\nStopped.\n[Ask again]`]);
    assert.equal(slack.calls.findLast(({ method }) => method.startsWith("agents."))?.args["status"], "active");
  });

  test("by somebody else ends the stream and not the answer", async (t) => {
    const { footnote, slack, alice, thread, replies } = await asking(t, { streams: true });
    const bob = slack.addPerson("bob");

    await bob.stop(slack.general, thread);
    const seen = (): string => slack.thread(slack.general, thread).text({ as: bob.id });
    await slack.until(() => seen().includes("Only the asker can stop it."));
    const meanwhile = replies();
    await alice.stop(slack.general, thread);
    await footnote.core.idle();

    assert.deepEqual(meanwhile, [FIRST]);
  });

  test("stops nothing once the question was asked again", async (t) => {
    const { footnote, slack, alice, thread, reply } = await asking(t);
    const { deliveries } = await alice.click(reply, "answer_stop");
    await footnote.core.idle();
    await alice.click(reply, "answer_again");

    await Promise.all(deliveries.map((delivery) => slack.redeliver(delivery)));
    const seen = (): string => slack.thread(slack.general, thread).text({ as: alice.id });
    await slack.until(() => seen().includes("There is nothing to stop any more."));

    assert.equal((await footnote.store.stats()).exchanges.failed, 0);
  });
});

describe("Ask again", () => {
  const answer = answering((_, time) => (time === 0 ? MERCURY_ANSWER : SHORT));

  test("looks the question up once more, in the same message", async (t) => {
    const { footnote, reply, replies } = await answered(t, { answer });
    const { slack, alice, asked } = footnote;

    const click = await alice.click(reply, "answer_again");
    await slack.until(() => replies()[0]?.includes("176") === false && replies()[0]?.includes("Helpful") === true);

    assert.equal(click.isAcked, true);
    assert.deepEqual(replies(), [
      "Footnote: Nobody has stayed for one. (not in the sources)\n[Helpful] [Not helpful]\n[Why?] [Ask again]",
    ]);
    assert.equal(asked.length, 2);
    assert.deepEqual(slack.faults, []);
  });

  test("does so once, however often it is pressed", async (t) => {
    const { footnote, reply } = await answered(t, { answer });
    const { alice, asked, core } = footnote;

    await Promise.all([alice.click(reply, "answer_again"), alice.click(reply, "answer_again")]);
    await core.idle();

    assert.equal(asked.length, 2);
  });

  test("is for the asker, and others are told", async (t) => {
    const { footnote, reply, untilTold } = await answered(t, { answer });
    const bob = footnote.slack.addPerson("bob");

    await bob.click(reply, "answer_again");
    await untilTold(bob, "Only the asker can have this looked up again");

    assert.equal(footnote.asked.length, 1);
  });
});

describe("buttons in HTTP mode", () => {
  test("do what they do in Socket Mode", async (t) => {
    const answer = answering((_, time) => (time === 0 ? MERCURY_ANSWER : SHORT));
    const { footnote, reply, value } = await answered(t, { mode: "HTTP mode", answer });
    const { slack, alice, asked, core, store } = footnote;

    const judged = await alice.click(reply, "answer_judge", value("good"));
    const { verdicts } = await store.usage(1);
    const asksWhy = await alice.click(reply, "answer_why");
    const asksAgain = await alice.click(reply, "answer_again");
    await core.idle();

    assert.deepEqual([judged.isAcked, asksWhy.isAcked, asksAgain.isAcked], [true, true, true]);
    assert.deepEqual(verdicts, { good: 1, bad: 0 });
    assert.equal(alice.views().length, 1);
    assert.equal(asked.length, 2);
    assert.deepEqual(slack.faults, []);
  });
});
