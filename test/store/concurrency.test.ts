import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "../../src/core/failure.ts";
import type { ThreadId } from "../../src/core/message.ts";
import type { Answer } from "../../src/core/reply.ts";
import type { OpenStore } from "../../src/store/open-store.ts";
import { testStore } from "../support/postgres.ts";

const numbers = Array.from({ length: 60 }, (_, n) => n);

test("simultaneous exchanges of few threads about the same articles neither deadlock nor miscount", async (t) => {
  const store = await testStore(t);

  await Promise.all(numbers.map((n) => wholeExchange(store, n)));

  const stats = await store.stats();
  const { rows } = await store.pool.query(`
    SELECT (SELECT count(*)::int FROM conversation) AS conversations,
      (SELECT count(*)::int FROM citation) AS citations,
      (SELECT sum(message_count)::int FROM conversation) AS "messageCounts",
      (SELECT count(*)::int FROM message) AS messages,
      (SELECT sum(citations)::int FROM article_usage) AS "articleCitations"`);
  assert.deepEqual(rows, [
    { conversations: 5, citations: 120, messageCounts: 120, messages: 120, articleCitations: 120 },
  ]);
  assert.equal(stats.conversations, 5);
  assert.equal(stats.citations, 120);
  assert.deepEqual(stats.messages, { user: 60, assistant: 60 });
  assert.deepEqual(stats.exchanges, { received: 0, running: 0, answered: 0, delivered: 60, failed: 0 });
});

test("erasing a thread while it is written to leaves exact counts", async (t) => {
  const store = await testStore(t);

  await Promise.all([
    ...numbers.map((n) => wholeExchange(store, n)),
    ...[0, 1, 2, 3, 4].map((n) => store.erase(threadOf(n))),
  ]);

  const stats = await store.stats();
  const { rows } = await store.pool.query(`
    SELECT (SELECT count(*)::int FROM conversation) AS conversations,
      (SELECT count(*)::int FROM citation) AS citations,
      (SELECT count(*)::int FROM message WHERE role = 'user') AS asked,
      (SELECT count(*)::int FROM message WHERE role = 'assistant') AS answered,
      (SELECT count(*)::int FROM exchange WHERE state = 'delivered') AS delivered`);
  assert.deepEqual(rows, [
    {
      conversations: stats.conversations,
      citations: stats.citations,
      asked: stats.messages.user,
      answered: stats.messages.assistant,
      delivered: stats.exchanges.delivered,
    },
  ]);
});

test("revising, stopping, judging and forgetting exchanges while they are answered leaves exact counts", async (t) => {
  const store = await testStore(t);
  const ids = await Promise.all(numbers.map(async (n) => (await receive(store, n)).exchange.id));

  await Promise.all(
    ids.flatMap((id, n) => [
      wholeExchange(store, n).catch(unlessForgotten),
      store.revise(id, n % 3 === 0 ? { question: "Whither?" } : {}),
      store.judge(id, "slack:U", "good").then(() => store.judge(id, "slack:U", "bad")),
      ...(n % 4 === 0 ? [store.stop(id)] : []),
      ...(n % 4 === 1 ? [store.forget(id)] : []),
    ]),
  );

  const { conversations, messages, citations, exchanges } = await store.stats();
  const { perDay } = await store.usage(2);
  const { rows } = await store.pool.query(`
    SELECT (SELECT count(*)::int FROM conversation) AS conversations,
      (SELECT count(*)::int FROM citation) AS citations,
      (SELECT sum(message_count)::int FROM conversation) AS messages,
      (SELECT count(*)::int FROM message WHERE role = 'user') AS "userMessages",
      (SELECT count(*)::int FROM message WHERE role = 'assistant') AS "assistantMessages",
      (SELECT json_object_agg(state, n) FROM (
        SELECT state, count(id)::int AS n FROM unnest(enum_range(NULL::exchange_state)) AS state LEFT JOIN exchange USING (state)
        GROUP BY state) AS counted) AS exchanges`);
  assert.deepEqual(rows, [
    {
      conversations,
      citations,
      messages: messages.user + messages.assistant,
      userMessages: messages.user,
      assistantMessages: messages.assistant,
      exchanges,
    },
  ]);
  assert.equal(perDay[0]!.failed + perDay[1]!.failed, exchanges.failed);
});

test("a job in the queue names the thread of each received message", async (t) => {
  const store = await testStore(t);

  await receive(store, 1);
  await receive(store, 1);

  const { rows } = await store.pool.query("SELECT payload FROM graphile_worker._private_jobs");
  assert.deepEqual(rows, [{ payload: { thread: "slack:T:C:1" } }]);
});

async function wholeExchange(store: OpenStore, n: number): Promise<void> {
  const { exchange } = await receive(store, n);
  await store.begin(exchange);
  await store.answer(exchange, n % 2 === 0 ? answer : { ...answer, citations: answer.citations.toReversed() });
  await store.delivered(exchange, {});
}

function unlessForgotten(error: unknown): void {
  if (!(error instanceof Failure && error.kind === "cancelled")) throw error;
}

function receive(store: OpenStore, n: number) {
  return store.receive({
    id: `m${n}`,
    thread: threadOf(n),
    author: { id: "slack:U", name: "Ada" },
    text: "Where?",
    replyTo: {},
    receivedAt: new Date(),
  });
}

function threadOf(n: number): ThreadId {
  return `slack:T:C:${n % 5}`;
}

const source = { section: "", language: "en", revision: "1", url: "https://wiki.test/1", text: "Here." };

const answer: Answer = {
  sentences: [{ before: "", text: "Here.", footnotes: [1, 2], verdict: "supported" }],
  citations: [
    { n: 1, quote: "Here.", source: { ...source, id: "1", title: "Here" } },
    { n: 2, quote: "Here.", source: { ...source, id: "2", title: "There" } },
  ],
  suggestions: [],
  outcome: "answered",
  model: "quoting",
  tokens: { input: 0, output: 0 },
  cache: "hit",
};
