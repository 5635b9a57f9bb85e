import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { WIKI_PAGES } from "../contracts/wiki-pages.ts";
import { startFakeMediaWiki } from "../fakes/mediawiki.ts";
import { type ModelServer, startModelServer } from "../fakes/model-server.ts";
import { readSse, type SentEvent } from "../fakes/read-sse.ts";
import { questionIn, researching } from "../fakes/researching-model.ts";
import { type FootnoteProcess, startProcess } from "../support/footnote-process.ts";
import { testDatabase } from "../support/postgres.ts";
import { startRedis, withoutRedisServer } from "../support/redis.ts";
import { until } from "../support/until.ts";

const WIKI_DIR = join(import.meta.dirname, "..", "..", "src", "wiki", "sample");

describe("two replicas", () => {
  test("answer through whichever of them was asked", async (t) => {
    const DATABASE_URL = await testDatabase(t);
    const gate = Promise.withResolvers<void>();
    const answering = researching([{ find_passages: { question: "When did Kyoto become the capital?" } }], KYOTO);
    await using model = await startModelServer({
      script: (body) => (questionIn(body) === "first?" ? { after: gate.promise, text: "No source." } : answering(body)),
    });
    await using idle = await startModelServer({ script: [] });
    const busy = await startProcess(t, { WIKI_DIR, DATABASE_URL, ...modelAt(model) });
    const first = busy.ask("first?", { thread: "t" });
    await model.received(1);
    const other = await startProcess(t, { WIKI_DIR, DATABASE_URL, ...modelAt(idle) });

    // The busy one serves the thread, so it is the one that goes on with it.
    const asked = other.ask("When?", { thread: "t" });
    const events = await other.stream("When, again?", { thread: "t" });
    const received = await events.next();
    await storedQuestions(other, 3);
    gate.resolve();
    const { status, body } = await asked;
    const told = await Array.fromAsync(events);

    assert.equal((await first).status, 200);
    assert.equal(status, 200);
    assert.equal(body.response, "Emperor Kanmu made Kyoto the capital of Japan in 794. [1]");
    assert.equal(received.value?.event, "status");
    assert.deepEqual(
      told.map(({ event }) => event).filter((event) => event !== "status"),
      ["source", "sentence", "done"],
    );
    assert.equal(told.at(-1)?.data["response"], body.response);
    assert.equal(idle.requests.length, 0);
  });

  test("tell whoever joins late, at whichever of them, what was told before", async (t) => {
    const DATABASE_URL = await testDatabase(t);
    const passages = { find_passages: { question: "When did Kyoto become the capital?" } };
    const answering = researching([passages], `${KYOTO} It was the seat of the emperors of Japan until 1869. [=1869]`);
    // So slow that there is time to join between the two sentences.
    await using model = await startModelServer({ script: (body) => ({ ...answering(body), chunkDelayMs: 250 }) });
    const [asked, other] = await Promise.all([
      startProcess(t, { WIKI_DIR, DATABASE_URL, ...modelAt(model) }),
      startProcess(t, { WIKI_DIR, DATABASE_URL, ...modelAt(model) }),
    ]);
    const early = await asked.stream("When?", { thread: "t" });
    const id = String((await nextOf(early, "status"))["exchange_id"]);
    const first = await nextOf(early, "sentence");

    const late = readSse(
      await fetch(`${other.address}/api/exchanges/${id}`, { headers: { Accept: "text/event-stream" } }),
    );
    const toldLate = await nextOf(late, "sentence");
    const stored = await other.get("/api/conversations/t/messages");

    assert.deepEqual(toldLate, first);
    assert.doesNotMatch(JSON.stringify(stored.body), /"role":"assistant"/, "the answer is not yet whole");
    assert.equal((await nextOf(late, "done"))["response"], (await nextOf(early, "done"))["response"]);
  });

  test("answer every question once and in order when one of them is killed", async (t) => {
    const DATABASE_URL = await testDatabase(t);
    await using silent = await startModelServer({ script: () => ({ hang: true }) });
    await using model = await startModelServer({ script: () => ({ text: "No source." }) });
    const dying = await startProcess(t, { WIKI_DIR, DATABASE_URL, ...modelAt(silent) });
    const lost = askAll(dying, ["a1", "b1", "c1"]);
    await silent.received(3);
    const living = await startProcess(t, { WIKI_DIR, DATABASE_URL, ...modelAt(model) });
    // Whoever is free takes the threads d and e; those before them stay with the one that will die.
    const waiting = askAll(living, ["d1", "e1"]);
    await storedQuestions(living, 5);
    waiting.push(...askAll(living, ["a2", "b2", "c2", "d2", "e2"]));
    await storedQuestions(living, 10);
    lost.push(...askAll(dying, ["a3", "b3", "c3"]));
    // These are lost only if the one that dies serves their threads.
    const perhapsLost = askAll(dying, ["d3", "e3"]);
    await storedQuestions(living, 15);
    waiting.push(...askAll(living, ["a4", "b4", "c4", "d4", "e4"]));
    await storedQuestions(living, 20);

    const killedAt = performance.now();
    await dying.end("SIGKILL");
    const waited = await Promise.all(waiting);
    await Promise.all(perhapsLost);
    const again = await Promise.all(askAll(living, ALL));
    t.diagnostic(`${Math.round(performance.now() - killedAt)} ms from the kill to the last answer`);

    assert.deepEqual(new Set(await Promise.all(lost)), new Set(["connection lost"]));
    assert.deepEqual(new Set(waited), new Set([200]));
    assert.deepEqual(
      again,
      ALL.map(() => 200),
    );
    assert.deepEqual(
      Object.groupBy(
        model.requests.map(({ body }) => questionIn(body)),
        threadOf,
      ),
      Object.groupBy(ALL, threadOf),
    );
  });

  test("share one budget of requests to the wiki", { skip: withoutRedisServer }, async (t) => {
    const redis = await startRedis(t);
    const wiki = await startFakeMediaWiki(t, { pages: WIKI_PAGES, latencyMs: 30 });
    const environment = {
      DATABASE_URL: await testDatabase(t),
      REDIS_URL: redis.url,
      WIKI_API_URL: wiki.apiUrl,
      WIKI_CONTACT: "ops@example.org",
    };
    const one = await startProcess(t, environment);
    const other = await startProcess(t, environment);

    const replies = await Promise.all(
      SUBJECTS.flatMap((subject, i) => [
        one.ask(`What is ${subject}?`, { thread: `one-${i}` }),
        other.ask(`Who made ${subject}?`, { thread: `other-${i}` }),
      ]),
    );

    t.diagnostic(`${wiki.requests.length} requests to the wiki`);
    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]));
    assert.equal(wiki.mostAtOnce(), 3);
  });
});

const KYOTO = "Emperor Kanmu made Kyoto the capital of Japan in 794 [=the capital of Japan in 794].";
const SUBJECTS = ["Mercury (planet)", "quicksilver", "AT&T", "C++", "Ångström", "100%"];

const ALL = ["a", "b", "c", "d", "e"].flatMap((thread) => [1, 2, 3, 4].map((number) => `${thread}${number}`));

function threadOf(question: string): string {
  return question.charAt(0);
}

/** The status of each reply. The question is its own key, and begins with its thread. */
function askAll(footnote: FootnoteProcess, questions: readonly string[]): Promise<number | "connection lost">[] {
  return questions.map(async (question) => {
    try {
      return (await footnote.ask(question, { thread: threadOf(question), key: question })).status;
    } catch {
      return "connection lost";
    }
  });
}

/** The data of the stream's next event of that name. */
async function nextOf(events: AsyncGenerator<SentEvent>, name: string): Promise<SentEvent["data"]> {
  for (;;) {
    const { value, done } = await events.next();
    if (done === true) throw new Error(`the stream ended without ${name}`);
    if (value.event === name) return value.data;
  }
}

function modelAt({ url }: ModelServer): Record<string, string> {
  return { OPENAI_API_KEY: "test-key", OPENAI_BASE_URL: url };
}

async function storedQuestions(footnote: FootnoteProcess, count: number): Promise<void> {
  await until(
    async () => JSON.stringify((await footnote.get("/api/db/stats")).body),
    (figures) => figures.includes(`"user":${count},`),
  );
}
