import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MERCURY_ANSWER } from "../../fakes/answers.ts";
import { AMBIGUOUS, answering, NO_SOURCE } from "../../fakes/offers.ts";
import { answered } from "./answered.ts";
import { startSlackFootnote } from "./slack-footnote.ts";

const answer = answering(({ subject }) => (subject === undefined ? AMBIGUOUS : MERCURY_ANSWER));

describe("an ambiguous question", () => {
  test("is answered by buttons, and no list", async (t) => {
    const { footnote, replies } = await answered(t, { answer });

    assert.deepEqual(replies(), [
      "Footnote: That can mean several things. Which one do you mean?\n[Mercury (planet)] [Mercury (element)]",
    ]);
    assert.deepEqual(footnote.slack.faults, []);
  });

  test("is answered in the same message when its meaning is chosen", async (t) => {
    const { footnote, reply, thread, replies } = await answered(t, { answer });
    const { slack, alice, asked } = footnote;

    const click = await alice.click(reply, "answer_choose_0");
    await slack.until(() => replies()[0]?.includes("176 Earth days") === true);
    await footnote.core.idle();

    assert.equal(click.isAcked, true);
    assert.deepEqual(
      asked.map(({ subject }) => subject),
      [undefined, "Mercury (planet)"],
    );
    const versions = slack.thread(slack.general, thread).history();
    assert.equal(versions.filter(({ ts }) => ts === reply.ts)[1]?.text, "_Looking again…_\n[Stop]");
    assert.equal(slack.messages(slack.general, thread).length, 2);
    assert.doesNotMatch(replies().join("\n"), /Mercury \(element\)/);
    assert.deepEqual(slack.faults, []);
  });

  test("is answered once, however often the button is pressed, at whichever replica", async (t) => {
    const { footnote, reply, replies } = await answered(t, { answer });
    const { slack, alice } = footnote;
    const replica = await startSlackFootnote(t, { beside: footnote, answer });

    const [first] = await Promise.all([alice.click(reply, "answer_choose_1"), alice.click(reply, "answer_choose_1")]);
    first.deliveries.forEach((delivery) => slack.duplicate(delivery));
    await slack.until(() => replies()[0]?.includes("176 Earth days") === true);
    await Promise.all([footnote.core.idle(), replica.core.idle()]);

    assert.equal(footnote.asked.length + replica.asked.length, 2);
    assert.equal(replies(alice).length, 1);
  });

  test("is answered after a restart", async (t) => {
    const { footnote, reply, replies } = await answered(t, { answer });
    await footnote.platform.stop();
    await startSlackFootnote(t, { beside: footnote, answer });

    await footnote.alice.click(reply, "answer_choose_0");
    await footnote.slack.until(() => replies()[0]?.includes("176 Earth days") === true);

    assert.equal(replies().length, 1);
  });

  test("is for its asker to answer in a channel, and others are told", async (t) => {
    const { footnote, reply, untilTold } = await answered(t, { answer });
    const bob = footnote.slack.addPerson("bob");

    await bob.click(reply, "answer_choose_0");
    await untilTold(bob, "Only the asker can choose here");

    assert.equal(footnote.asked.length, 1);
  });

  test("is answered in direct messages", async (t) => {
    const { footnote, reply, replies } = await answered(t, { answer, isDirect: true });

    await footnote.alice.click(reply, "answer_choose_0");
    await footnote.slack.until(() => replies()[0]?.includes("176 Earth days") === true);

    assert.equal(replies().length, 1);
  });

  test("that was put differently since leaves the old choice without effect", async (t) => {
    const { footnote, reply, exchange, untilTold } = await answered(t, { answer });
    const { alice, core, asked } = footnote;
    const before = await exchange();
    await core.store.revise(before?.id ?? "", { question: "and on Venus?" });

    await alice.click(reply, "answer_choose_0");
    await untilTold(alice, "That choice is no longer open");

    assert.equal(asked.length, 1);
  });

  test("takes as many meanings as Slack has room for, however long", async (t) => {
    const suggestions = Array.from({ length: 40 }, (_, i) => `Mercury ${i} ${"🪐".repeat(60)}`);
    const { footnote, replies } = await answered(t, { answer: answering(() => ({ ...AMBIGUOUS, suggestions })) });

    assert.equal(replies()[0]?.split("[Mercury").length, 26);
    assert.deepEqual(footnote.slack.faults, []);
  });
});

describe("a question without a source", () => {
  test("is asked again about the article that is chosen among the nearest", async (t) => {
    const { footnote, reply, replies } = await answered(t, {
      answer: answering(({ subject }) => (subject === undefined ? NO_SOURCE : MERCURY_ANSWER)),
    });
    const offered = replies();

    await footnote.alice.click(reply, "answer_choose_0");
    await footnote.slack.until(() => replies()[0]?.includes("176 Earth days") === true);

    assert.deepEqual(offered, ["Footnote: I found no source for this in Wikipedia. The nearest articles:\n[Venus]"]);
    assert.equal(footnote.asked[1]?.subject, "Venus");
    assert.equal(footnote.asked[1]?.question, "how long does a day last on Mercury?");
  });
});
