import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Failure } from "../../src/core/failure.ts";
import { eventsOf, MERCURY_ANSWER } from "../fakes/answers.ts";
import { setUpRuns, THREAD } from "../fakes/exchange-runs.ts";

describe("the agent", () => {
  test("hears what was said before the first question, which is read once", async () => {
    let reads = 0;
    const said = [{ author: "Ada", text: "Mercury is hot, isn't it?" }];
    const { agent, ask, run } = setUpRuns({
      readContext: async () => {
        reads += 1;
        return said;
      },
    });
    agent.say(...eventsOf(MERCURY_ANSWER), ...eventsOf(MERCURY_ANSWER));

    await run(await ask("Is it?"));
    await run(await ask("And Venus?"));

    assert.deepEqual(
      agent.asked.map(({ context }) => context),
      [said, said],
    );
    assert.equal(reads, 1);
  });

  test("answers without what was said before when that cannot be read", async () => {
    const { store, platform, agent, ask, run } = setUpRuns({
      readContext: () => Promise.reject(new Failure("delivery-failed", "not allowed to read")),
    });
    agent.say({ type: "answer", answer: MERCURY_ANSWER });

    await run(await ask("Is it?"));

    assert.equal(agent.asked[0]?.context, undefined);
    assert.equal(platform.shown.length, 1);
    await ask("And now?");
    assert.equal((await store.nextUnfinished(THREAD))?.context, undefined);
  });

  test("is stopped while earlier messages are read", async () => {
    const { store, platform, agent, ask, run } = setUpRuns({
      readContext: async () => {
        await store.stop(id);
        return undefined;
      },
    });
    const id = await ask("Is it?");

    await run(id);

    assert.deepEqual(platform.written, ["failed: cancelled"]);
    assert.deepEqual(
      agent.asked.filter(({ signal }) => !signal.aborted),
      [],
    );
  });

  test("hears which meaning was chosen, and no earlier answer to the same question", async () => {
    const { store, agent, ask, run } = setUpRuns();
    agent.say(...eventsOf(MERCURY_ANSWER), ...eventsOf(MERCURY_ANSWER), ...eventsOf(MERCURY_ANSWER));
    await run(await ask("How old is it?"));
    const id = await ask("How hot is Mercury?");
    await run(id);

    await store.revise(id, { subject: "Mercury (planet)" });
    await run(id);

    assert.deepEqual(
      agent.asked.map(({ question, subject }) => [question, subject]),
      [
        ["How old is it?", undefined],
        ["How hot is Mercury?", undefined],
        ["How hot is Mercury?", "Mercury (planet)"],
      ],
    );
    assert.deepEqual(
      agent.asked.at(-1)?.history.map(({ question }) => question),
      ["How old is it?"],
    );
  });
});
