import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Store } from "../../src/core/exchange.ts";
import { Failure } from "../../src/core/failure.ts";
import { runExchange } from "../../src/exchange/run-exchange.ts";
import { eventsOf, MERCURY_ANSWER, SUPPORTED } from "../fakes/answers.ts";
import { setUpRuns, THREAD } from "../fakes/exchange-runs.ts";
import { recordLog } from "../fakes/log.ts";
import { echo } from "../fakes/script-agent.ts";

const SENTENCE = { type: "sentence", sentence: SUPPORTED } as const;
const SHOWN = "A day on Mercury lasts 176 Earth days. [1]";

describe("an exchange that is stopped", () => {
  test("ends the search, says so, and keeps what was shown", async () => {
    const { store, platform, agent, ask, run, shows } = setUpRuns();
    const id = await ask("Why?");
    const running = run(id);
    agent.say(SENTENCE);
    await shows(SHOWN);

    const isStopped = await store.stop(id);
    await running;

    const exchange = await store.exchange(id);
    assert.equal(isStopped, true);
    assert.equal(agent.asked[0]?.signal.aborted, true);
    assert.deepEqual(platform.written, [SHOWN, "failed: cancelled"]);
    assert.deepEqual([exchange?.state, exchange?.failure, exchange?.answer], ["failed", "cancelled", undefined]);
    assert.equal(store.feed.listeners(), 0);
  });

  test("is never run when it was not begun", async () => {
    const { store, platform, agent, ask, run } = setUpRuns();
    const id = await ask("Why?");

    await store.stop(id);
    await run(id);

    assert.equal(await store.nextUnfinished(THREAD), undefined);
    assert.deepEqual(agent.asked, []);
    assert.deepEqual(platform.opened, []);
  });

  test("says so after a crash, where its reply was begun", async () => {
    const { store, platform, agent, ask, run } = setUpRuns();
    const id = await ask("Why?");
    await store.begin({ id, revision: 0 });
    await store.progress(id, { messages: ["1.1"] });

    await store.stop(id);
    await run(id);

    assert.deepEqual(agent.asked, []);
    assert.deepEqual(platform.written, ["failed: cancelled"]);
    assert.equal((await store.exchange(id))?.state, "failed");
    assert.equal(await store.nextUnfinished(THREAD), undefined);
  });

  test("is stopped too when that happens just as it begins", async () => {
    const { store, platform, ask, run } = setUpRuns();
    const id = await ask("Why?");
    const begin: Store["begin"] = async (exchange) => {
      const begun = await store.begin(exchange);
      await store.stop(id);
      return begun;
    };

    await run(id, { begin });

    assert.deepEqual(platform.written, ["failed: cancelled"]);
    assert.equal((await store.exchange(id))?.failure, "cancelled");
  });
});

describe("an answer that comes too late", () => {
  test("is not shown when the exchange was stopped just before", async () => {
    const { store, platform, agent, ask, run } = setUpRuns();
    const id = await ask("Why?");
    agent.say(...eventsOf(MERCURY_ANSWER));
    const answer: Store["answer"] = async (exchange, answered) => {
      await store.stop(id);
      return store.answer(exchange, answered);
    };

    // Nobody hears of the stop in time.
    await run(id, { answer, feed: { ...store.feed, subscribe: () => () => {} } });

    assert.equal(platform.written.at(-1), "failed: cancelled");
    assert.equal((await store.exchange(id))?.failure, "cancelled");
  });

  test("is shown when it was stored without our hearing of it", async () => {
    const { store, platform, agent, ask, run } = setUpRuns();
    const id = await ask("Why?");
    agent.say(...eventsOf(MERCURY_ANSWER));
    let isFirst = true;
    const answer: Store["answer"] = async (exchange, answered) => {
      const isKept = await store.answer(exchange, answered);
      if (!isFirst) return isKept;
      isFirst = false;
      throw new Failure("store-unavailable", "the connection broke after the commit");
    };

    await run(id, { answer });

    assert.equal(platform.shown.length, 1);
    assert.equal((await store.exchange(id))?.state, "delivered");
  });
});

describe("an exchange whose question was put again a day later", () => {
  test("logs how long its answer took since then", async () => {
    const { store, platform, agent } = setUpRuns();
    const { log, lines } = recordLog();
    const message = { id: "m1", thread: THREAD, author: { id: "http:a", name: "A" }, text: "Why?", replyTo: {} };
    const { exchange } = await store.receive({ ...message, receivedAt: new Date(Date.now() - 86_400_000) });
    await store.revise(exchange.id, {});
    agent.say(...eventsOf(MERCURY_ANSWER));

    const next = (await store.nextUnfinished(THREAD))!;
    await runExchange(next, { store, agent, log, platformOf: () => platform }, AbortSignal.timeout(60_000));

    assert.match(lines.at(-1) ?? "", /ms: \d{1,4},.*'delivered'/s);
  });
});

describe("an exchange whose question changes while it runs", () => {
  test("ends this run without a word, and is answered anew by the next", async () => {
    const { store, platform, agent, ask, run, shows, isAsked } = setUpRuns();
    const id = await ask("Why?");
    const running = run(id);
    agent.say(SENTENCE);
    await shows(SHOWN);
    await store.progress(id, { messages: ["1.1"] });

    await store.revise(id, { question: "How?" });
    await running;
    const written = [...platform.written];
    const next = await store.nextUnfinished(THREAD);
    const again = run(id);
    await isAsked("How?");
    agent.say({ type: "answer", answer: echo("How?") });
    await again;

    assert.deepEqual(written, [SHOWN]);
    assert.equal(next?.id, id);
    assert.deepEqual(
      agent.asked.map(({ question, signal }) => [question, signal.aborted]),
      [
        ["Why?", true],
        ["How?", false],
      ],
    );
    assert.deepEqual(
      platform.opened.map(({ revision, progress }) => [revision, progress]),
      [
        [0, undefined],
        [1, { messages: ["1.1"] }],
      ],
    );
    assert.deepEqual(platform.written, [SHOWN, "Answer to How?"]);
    assert.equal((await store.exchange(id))?.state, "delivered");
    assert.equal(store.feed.listeners(), 0);
  });

  test("is answered as it is now when that happens just as it begins", async () => {
    const { store, platform, agent, ask, run, isAsked } = setUpRuns();
    const id = await ask("Why?");
    const begin: Store["begin"] = async (exchange) => {
      const begun = await store.begin(exchange);
      await store.revise(id, { question: "How?" });
      return begun;
    };

    await run(id, { begin });
    const before = [...platform.written];
    const again = run(id);
    await isAsked("How?");
    agent.say({ type: "answer", answer: echo("How?") });
    await again;

    assert.deepEqual(before, []);
    assert.equal(agent.asked.at(-1)?.question, "How?");
    assert.deepEqual(platform.written, ["Answer to How?"]);
  });

  test("keeps neither the answer nor the delivery of the earlier question", async () => {
    const { store, agent, ask, run } = setUpRuns({
      deliver: async () => {
        await store.revise(id, { question: "How?" });
      },
    });
    const id = await ask("Why?");
    agent.say({ type: "answer", answer: echo("Why?") });

    await run(id);

    const exchange = await store.exchange(id);
    assert.deepEqual([exchange?.state, exchange?.revision, exchange?.answer], ["received", 1, undefined]);
  });
});

describe("an exchange whose question is taken back", () => {
  test("loses its reply, and is forgotten", async () => {
    const { store, platform, agent, ask, run } = setUpRuns();
    const id = await ask("Why?");
    agent.say(...eventsOf(MERCURY_ANSWER));
    await run(id);

    await store.revise(id, { isWithdrawn: true });
    const next = await store.nextUnfinished(THREAD);
    await run(id);

    assert.equal(next?.id, id);
    assert.equal(platform.shown.at(-1), "retracted");
    assert.equal(agent.asked.length, 1);
    assert.equal(await store.exchange(id), undefined);
    assert.equal(await store.nextUnfinished(THREAD), undefined);
  });

  test("is searched for no longer", async () => {
    const { store, platform, agent, ask, run, isAsked } = setUpRuns();
    const id = await ask("Why?");
    const running = run(id);
    await isAsked("Why?");

    await store.revise(id, { isWithdrawn: true });
    await running;
    await run(id);

    assert.equal(agent.asked[0]?.signal.aborted, true);
    assert.deepEqual(platform.written, ["retracted"]);
    assert.equal(await store.exchange(id), undefined);
  });

  test("loses its reply again when the process ended before it was forgotten", async () => {
    const { store, platform, ask, run } = setUpRuns();
    const id = await ask("Why?");
    await store.revise(id, { isWithdrawn: true });
    const ending = new AbortController();
    const forget: Store["forget"] = async () => {
      ending.abort(new Error("the process ends"));
      throw new Failure("store-unavailable", "the database is gone too");
    };

    await assert.rejects(run(id, { forget }, ending.signal), /the process ends/);
    const between = await store.nextUnfinished(THREAD);
    await run(id);

    assert.equal(between?.id, id);
    assert.deepEqual(platform.written, ["retracted", "retracted"]);
    assert.equal(await store.exchange(id), undefined);
  });

  test("is forgotten though its reply cannot be taken away", async () => {
    const { store, ask, run } = setUpRuns({
      retract: () => Promise.reject(new Failure("delivery-failed", "the channel is gone")),
    });
    const id = await ask("Why?");
    await store.revise(id, { isWithdrawn: true });

    await run(id);

    assert.equal(await store.exchange(id), undefined);
  });
});
