import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Mode, startSlackFootnote } from "./slack-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";
const MODES: readonly Mode[] = ["Socket Mode", "HTTP mode"];

for (const mode of MODES) {
  describe(`the agent view in ${mode}`, () => {
    test("suggests up to four questions whenever it is opened", async (t) => {
      const { slack, alice } = await startSlackFootnote(t, { mode });

      const opened = await alice.openMessagesTab();
      await slack.until(() => slack.prompts(alice.direct).length > 0);

      assert.equal(opened.isAcked, true);
      assert.equal(slack.prompts(alice.direct).length, 4);
      const calls = slack.calls.filter(({ method }) => method === "assistant.threads.setSuggestedPrompts");
      assert.equal(calls.length, 1);
      assert.equal(calls[0]?.args["thread_ts"], undefined);
      assert.deepEqual(slack.faults, []);
    });

    test("calls a thread by its first question", async (t) => {
      const { slack, alice, seen } = await startSlackFootnote(t, { mode });

      const { thread, deliveries } = await alice.dm(`${QUESTION} ${"And why? ".repeat(20)}`);
      await seen(thread, 2, alice.direct);
      await Promise.all(deliveries.map((delivery) => slack.redeliver(delivery)));
      await alice.dm("and on Venus?", { thread });
      await seen(thread, 4, alice.direct);
      await slack.until(() => slack.titleOf(alice.direct, thread) !== undefined);

      assert.match(slack.titleOf(alice.direct, thread) ?? "", /^how long does a day last on Mercury\? And why\? .*…$/);
      assert.equal(slack.calls.filter(({ method }) => method === "assistant.threads.setTitle").length, 1);
      assert.deepEqual(slack.faults, []);
    });
  });
}

describe("the agent view", () => {
  test("is done without where Slack does not offer it", async (t) => {
    const { slack, alice, seen } = await startSlackFootnote(t);
    slack.fail("assistant.threads.setTitle", { error: "not_allowed_token_type" });
    slack.fail("assistant.threads.setSuggestedPrompts", { error: "not_allowed_token_type" });

    const opened = await alice.openMessagesTab();
    const { thread } = await alice.dm(QUESTION);
    const shown = await seen(thread, 2, alice.direct);

    assert.equal(opened.isAcked, true);
    assert.match(shown, /176 Earth days/);
  });

  test("gives threads in channels no title", async (t) => {
    const { slack, alice, seen } = await startSlackFootnote(t);

    const { thread } = await alice.mention(slack.general, QUESTION);
    await seen(thread, 2);

    assert.equal(slack.calls.filter(({ method }) => method === "assistant.threads.setTitle").length, 0);
  });
});
