import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { answered } from "./answered.ts";
import { startSlackFootnote } from "./slack-footnote.ts";

describe("feedback on an answer", () => {
  test("is kept, and its giver alone is thanked", async (t) => {
    const { footnote, reply, value, replies, untilTold } = await answered(t);
    const { slack, alice, store } = footnote;

    const click = await alice.click(reply, "answer_judge", value("good"));
    await untilTold(alice, "Thanks");

    assert.equal(click.isAcked, true);
    assert.deepEqual((await store.usage(1)).verdicts, { good: 1, bad: 0 });
    assert.equal(replies().length, 1);
    assert.equal(replies(alice).at(-1), "Footnote (only for alice): Thanks! Noted that this helped.");
    assert.deepEqual(slack.faults, []);
  });

  test("can be changed, and is one for each person", async (t) => {
    const { footnote, reply, value } = await answered(t);
    const { slack, alice, store } = footnote;
    const bob = slack.addPerson("bob");

    await alice.click(reply, "answer_judge", value("good"));
    await alice.click(reply, "answer_judge", value("bad"));
    await bob.click(reply, "answer_judge", value("bad"));

    assert.deepEqual((await store.usage(1)).verdicts, { good: 0, bad: 2 });
  });

  test("can be given after a restart", async (t) => {
    const { footnote, reply, value } = await answered(t);
    await footnote.platform.stop();
    const restarted = await startSlackFootnote(t, { beside: footnote });

    const click = await footnote.alice.click(reply, "answer_judge", value("bad"));

    assert.equal(click.isAcked, true);
    assert.deepEqual((await restarted.store.usage(1)).verdicts, { good: 0, bad: 1 });
  });

  test("on an answer that is stored no more is told so", async (t) => {
    const { footnote, reply, thread, value, untilTold } = await answered(t);
    const { slack, alice, store } = footnote;
    await store.erase(`slack:${slack.team}:${slack.general}:${thread}`);

    const click = await alice.click(reply, "answer_judge", value("good"));
    await untilTold(alice, "no longer stored");

    assert.equal(click.isAcked, true);
  });

  test("that cannot be kept is acked, and said to be lost", async (t) => {
    const store = {
      judge: async () => {
        throw new Failure("store-unavailable", "the database is away");
      },
    };
    const { footnote, reply, value, untilTold } = await answered(t, { store });

    const click = await footnote.alice.click(reply, "answer_judge", value("good"));
    await untilTold(footnote.alice, "My database can't be reached just now");

    assert.equal(click.isAcked, true);
  });
});
