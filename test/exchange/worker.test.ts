import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import type { Agent } from "../../src/core/agent.ts";
import { Failure, toFailure } from "../../src/core/failure.ts";
import type { ThreadId } from "../../src/core/message.ts";
import { createInbox } from "../../src/exchange/inbox.ts";
import { whenStoreAnswers } from "../../src/exchange/patience.ts";
import { createWorker, type Worker } from "../../src/exchange/worker.ts";
import type { OpenStore } from "../../src/store/open-store.ts";
import { silentLog } from "../fakes/log.ts";
import { echo, scriptAgent } from "../fakes/script-agent.ts";
import { type ScriptPlatform, scriptPlatform } from "../fakes/script-platform.ts";
import { testStore } from "../support/postgres.ts";
import { until } from "../support/until.ts";

interface Stage {
  readonly agent?: Agent;
  readonly platform?: ScriptPlatform;
  readonly store: OpenStore;
  readonly concurrency?: number;
}

function work({ store, agent = scriptAgent(), platform = scriptPlatform(), ...options }: Stage): Worker {
  return createWorker({ store, pool: store.pool, agent, platforms: [platform], log: silentLog, ...options });
}

let messages = 0;

async function send(store: OpenStore, text: string, thread: ThreadId = "http:t1"): Promise<string> {
  messages += 1;
  const author = { id: "http:a", name: "A" };
  const inbox = createInbox({ store, log: silentLog });
  const message = { id: `m${messages}`, thread, author, text, replyTo: {}, receivedAt: new Date() };
  return (await inbox.accept(message)).exchange.id;
}

async function stage(t: TestContext, parts: Omit<Stage, "store"> = {}) {
  const store = await testStore(t);
  const platform = parts.platform ?? scriptPlatform();
  const worker = work({ ...parts, store, platform });
  await worker.start();
  return { store, platform, worker };
}

describe("the worker", () => {
  test("answers a question and marks it delivered", async (t) => {
    const { store, platform, worker } = await stage(t);

    const id = await send(store, "Why?");
    await platform.shows(1);
    await worker.stop(1_000);

    assert.deepEqual(platform.shown, ["Answer to Why?"]);
    assert.equal((await store.exchange(id))?.state, "delivered");
  });

  test("answers the questions of a thread one after another, in order", async (t) => {
    let running = 0;
    let most = 0;
    const agent = scriptAgent(async ({ question }) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return echo(question);
    });
    const { store, platform, worker } = await stage(t, { agent });

    for (const text of ["1", "2", "3", "4", "5", "6", "7", "8"]) await send(store, text);
    await platform.shows(8);
    await worker.stop(1_000);

    assert.deepEqual(
      platform.shown,
      ["1", "2", "3", "4", "5", "6", "7", "8"].map((text) => `Answer to ${text}`),
    );
    assert.equal(most, 1);
  });

  test("lets no thread wait for another", async (t) => {
    const release = Promise.withResolvers<void>();
    const agent = scriptAgent(async ({ question }) => {
      if (question === "slow") await release.promise;
      return echo(question);
    });
    const { store, platform, worker } = await stage(t, { agent });

    await send(store, "slow", "http:slow");
    await send(store, "quick", "http:quick");
    await platform.shows(1);
    release.resolve();
    await platform.shows(2);
    await worker.stop(1_000);

    assert.deepEqual(platform.shown, ["Answer to quick", "Answer to slow"]);
  });

  test("gives the agent the turns before the question", async (t) => {
    const agent = scriptAgent();
    const { store, platform, worker } = await stage(t, { agent });

    await send(store, "first");
    await send(store, "second");
    await platform.shows(2);
    await worker.stop(1_000);

    assert.deepEqual(agent.asked[1]?.history, [{ question: "first", answer: "Answer to first", subjects: [] }]);
  });

  test("apologizes for an exchange that fails, and goes on with the next", async (t) => {
    const agent = scriptAgent(({ question }) =>
      question === "bad" ? Promise.reject(new Failure("wiki-unavailable", "refused")) : Promise.resolve(echo(question)),
    );
    const { store, platform, worker } = await stage(t, { agent });

    const id = await send(store, "bad");
    await send(store, "good");
    await platform.shows(2);
    await worker.stop(1_000);

    assert.deepEqual(platform.shown, ["failed: wiki-unavailable", "Answer to good"]);
    assert.equal((await store.exchange(id))?.failure, "wiki-unavailable");
  });

  test("delivers a stored answer without asking the agent again", async (t) => {
    const store = await testStore(t);
    const id = await send(store, "Why?");
    await store.begin({ id, revision: 0 });
    await store.answer({ id, revision: 0 }, echo("the first attempt"));
    const agent = scriptAgent();
    const platform = scriptPlatform();
    const worker = work({ store, agent, platform });

    await worker.start();
    await platform.shows(1);
    await worker.stop(1_000);

    assert.deepEqual(platform.shown, ["Answer to the first attempt"]);
    assert.deepEqual(agent.asked, []);
  });

  test("apologizes for an exchange that has been begun three times already", async (t) => {
    const store = await testStore(t);
    const id = await send(store, "Why?");
    for (const _ of [1, 2, 3]) await store.begin({ id, revision: 0 });
    const platform = scriptPlatform();
    const worker = work({ store, platform });

    await worker.start();
    await platform.shows(1);
    await worker.stop(1_000);

    assert.deepEqual(platform.shown, ["failed: bug"]);
  });

  test("leaves the questions of a platform that is off to a process where it is on", async (t) => {
    const { store, platform, worker } = await stage(t);
    const id = await send(store, "In Slack?", "slack:T1:C1:1.0");
    await send(store, "Over HTTP?", "http:t1");
    await platform.shows(1);
    const untouched = await store.exchange(id);

    const slack = { ...scriptPlatform(), name: "slack" };
    const other = work({ store, platform: slack });
    await other.start();
    await slack.shows(1);
    await other.stop(1_000);
    await worker.stop(1_000);

    assert.deepEqual(platform.shown, ["Answer to Over HTTP?"]);
    assert.equal(untouched?.state, "received");
    assert.deepEqual(slack.shown, ["Answer to In Slack?"]);
  });

  test("leaves what it cannot finish in time to the next worker, in order", async (t) => {
    const begun = Promise.withResolvers<void>();
    const stuck = scriptAgent(({ signal }) => {
      begun.resolve();
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(toFailure(signal.reason))));
    });
    const { store, worker } = await stage(t, { agent: stuck });
    await send(store, "1");
    await send(store, "2");
    await begun.promise;

    await worker.stop(10);
    const platform = scriptPlatform();
    const next = work({ store, platform });
    await next.start();
    await platform.shows(2);
    await next.stop(1_000);

    assert.deepEqual(platform.shown, ["Answer to 1", "Answer to 2"]);
  });

  test("leaves what it has no hands for to a worker that has", async (t) => {
    const begun = Promise.withResolvers<void>();
    const stuck = scriptAgent(({ signal }) => {
      begun.resolve();
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(toFailure(signal.reason))));
    });
    const { store, worker } = await stage(t, { agent: stuck, concurrency: 1 });
    await send(store, "stuck", "http:stuck");
    await begun.promise;
    await Promise.all(["a", "b", "c"].map((name) => send(store, name, `http:${name}`)));
    await until(
      () => store.pool.query("select from graphile_worker._private_jobs where locked_by is not null"),
      ({ rowCount }) => rowCount === 2,
    );

    const platform = scriptPlatform();
    const other = work({ store, platform });
    await other.start();
    await platform.shows(3);
    await other.stop(1_000);
    await worker.stop(10);

    assert.deepEqual(platform.shown.toSorted(), ["Answer to a", "Answer to b", "Answer to c"]);
  });

  test("takes over the jobs of a worker whose lock is free", async (t) => {
    const store = await testStore(t);
    await send(store, "Why?");
    await store.pool.query("update graphile_worker._private_jobs set locked_by = 'pool-dead', locked_at = now()");
    const platform = scriptPlatform();
    const worker = work({ store, platform });

    await worker.start();
    await platform.shows(1);
    await worker.stop(1_000);

    assert.deepEqual(platform.shown, ["Answer to Why?"]);
  });

  test("answers each question once when two workers share the database", async (t) => {
    const store = await testStore(t);
    const platform = scriptPlatform();
    const workers = [work({ store, platform }), work({ store, platform })];
    for (const worker of workers) await worker.start();

    await Promise.all(["a", "b", "c", "d", "e"].map((name) => send(store, name, `http:${name}`)));
    for (const name of ["a", "b", "c", "d", "e"]) await send(store, `${name} again`, `http:${name}`);
    await platform.shows(10);
    for (const worker of workers) await worker.stop(1_000);

    assert.equal(new Set(platform.shown).size, 10);
    assert.equal(platform.shown.length, 10);
  });

  test("goes on after its session is lost", async (t) => {
    const { store, platform, worker } = await stage(t);
    await send(store, "before");
    await platform.shows(1);

    await store.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    // The pool may still hand out a connection that is gone, as a client of the API would learn by a 503.
    await whenStoreAnswers(() => send(store, "after"), AbortSignal.timeout(30_000));
    await platform.shows(2);
    await worker.stop(1_000);

    assert.deepEqual(platform.shown, ["Answer to before", "Answer to after"]);
  });
});
