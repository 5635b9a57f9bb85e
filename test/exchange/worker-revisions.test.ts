import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import type { Store } from "../../src/core/exchange.ts";
import { createInbox } from "../../src/exchange/inbox.ts";
import { createWorker } from "../../src/exchange/worker.ts";
import { openStore } from "../../src/store/open-store.ts";
import { silentLog } from "../fakes/log.ts";
import { echo } from "../fakes/script-agent.ts";
import { scriptPlatform } from "../fakes/script-platform.ts";
import { createStage } from "../fakes/stage.ts";
import { testDatabase } from "../support/postgres.ts";
import { until } from "../support/until.ts";

/** A worker with an agent that waits for its cues, and the store as another process sees it. */
async function startWorker(t: TestContext) {
  const databaseUrl = await testDatabase(t);
  const open = () => openStore({ databaseUrl, dataDir: "unused", log: silentLog });
  const [store, elsewhere] = await Promise.all([open(), open()]);
  t.after(() => Promise.all([store.close(), elsewhere.close()]));
  const platform = scriptPlatform();
  const agent = createStage();
  const worker = createWorker({ store, pool: store.pool, agent, platforms: [platform], log: silentLog });
  await worker.start();
  const isAsked = (question: string) =>
    until(
      async () => agent.asked.at(-1)?.question,
      (latest) => latest === question,
    );
  return { store, elsewhere, agent, platform, worker, isAsked };
}

async function send(store: Store, text: string): Promise<string> {
  const author = { id: "http:a", name: "A" };
  const message = { id: text, thread: "http:t1", author, text, replyTo: {}, receivedAt: new Date() } as const;
  return (await store.receive(message)).exchange.id;
}

describe("the worker", () => {
  test("ends the search that another process has stopped, and goes on with the thread", async (t) => {
    const { store, elsewhere, agent, platform, worker, isAsked } = await startWorker(t);
    const id = await send(store, "Why?");
    await send(store, "How?");
    await isAsked("Why?");

    const isStopped = await elsewhere.stop(id);
    await platform.shows(1);
    agent.say({ type: "answer", answer: echo("How?") });
    await platform.shows(2);
    await worker.stop(1_000);

    assert.equal(isStopped, true);
    assert.equal(agent.asked[0]?.signal.aborted, true);
    assert.deepEqual(platform.shown, ["failed: cancelled", "Answer to How?"]);
  });

  test("never begins what was stopped before its turn", async (t) => {
    const { store, elsewhere, agent, platform, worker } = await startWorker(t);
    await send(store, "1");
    const second = await send(store, "2");
    await send(store, "3");

    await elsewhere.stop(second);
    agent.say({ type: "answer", answer: echo("1") }, { type: "answer", answer: echo("3") });
    await platform.shows(2);
    await worker.stop(1_000);

    assert.deepEqual(
      agent.asked.map(({ question }) => question),
      ["1", "3"],
    );
  });

  test("answers anew what another process revises, while it runs and after it was delivered", async (t) => {
    const { store, elsewhere, agent, platform, worker, isAsked } = await startWorker(t);
    const inbox = createInbox({ store: elsewhere, log: silentLog });
    const id = await send(store, "Why?");
    await isAsked("Why?");

    await inbox.revise(id, { question: "How?" });
    await isAsked("How?");
    agent.say({ type: "answer", answer: echo("How?") });
    await platform.shows(1);
    await until(
      () => store.exchange(id),
      (exchange) => exchange?.state === "delivered",
    );
    await inbox.revise(id, { question: "Where?" });
    agent.say({ type: "answer", answer: echo("Where?") });
    await platform.shows(2);
    await worker.stop(1_000);

    assert.deepEqual(
      agent.asked.map(({ question }) => question),
      ["Why?", "How?", "Where?"],
    );
    assert.deepEqual(platform.shown, ["Answer to How?", "Answer to Where?"]);
  });

  test("takes away the reply to a question that another process takes back", async (t) => {
    const { store, elsewhere, agent, platform, worker } = await startWorker(t);
    const id = await send(store, "Why?");
    agent.say({ type: "answer", answer: echo("Why?") });
    await platform.shows(1);

    await elsewhere.revise(id, { isWithdrawn: true });
    await platform.shows(2);
    const gone = await until(
      () => elsewhere.exchange(id),
      (exchange) => exchange === undefined,
    );
    await worker.stop(1_000);

    assert.equal(gone, undefined);
    assert.deepEqual(platform.shown, ["Answer to Why?", "retracted"]);
    assert.deepEqual((await store.conversations({ limit: 1 })).items, []);
  });
});
