import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { WIKI_PAGES } from "../contracts/wiki-pages.ts";
import { startFakeMediaWiki, status } from "../fakes/mediawiki.ts";
import { startModelServer } from "../fakes/model-server.ts";
import { questionIn } from "../fakes/researching-model.ts";
import { startProcess } from "../support/footnote-process.ts";
import { type Asked, startLoad } from "../support/load.ts";
import { startMortalPostgres } from "../support/postgres-outage.ts";
import { testDatabase } from "../support/postgres.ts";
import { startRedis, withoutRedisServer } from "../support/redis.ts";
import { until } from "../support/until.ts";

const WIKI_DIR = join(import.meta.dirname, "..", "..", "src", "wiki", "sample");

/** Milliseconds the database stays away. Run it with 30000 now and then. */
const OUTAGE_MS = Number(process.env["OUTAGE_MS"] ?? 6_000);

describe("while PostgreSQL is away", () => {
  test("Footnote says so, loses nothing, and goes on afterwards", { timeout: OUTAGE_MS + 60_000 }, async (t) => {
    await using model = await startModelServer({ script: () => ({ latencyMs: 700, text: "No source." }) });
    const postgres = await startMortalPostgres();
    const footnote = await startProcess(t, {
      WIKI_DIR,
      DATABASE_URL: postgres.url,
      OPENAI_API_KEY: "test-key",
      OPENAI_BASE_URL: model.url,
    });
    const load = startLoad(t, footnote, 100);
    await model.received(10);

    await postgres.stop();
    const unready = await until(
      () => footnote.get("/ready"),
      (seen) => seen.status !== 200,
    );
    const live = await footnote.get("/live");
    const refused = await footnote.ask("Is anybody there?");
    await delay(OUTAGE_MS);
    await postgres.start();
    const startedAt = performance.now();
    await until(
      () => footnote.get("/ready"),
      (seen) => seen.status === 200,
    );
    const after = await footnote.ask("And now?", { thread: "after" });
    t.diagnostic(`${Math.round(performance.now() - startedAt)} ms from PostgreSQL's return to a new answer`);
    const asked = await load.end();
    await until(
      () => unfinished(postgres.url),
      (count) => count === 0,
    );
    t.diagnostic(`${Math.round(performance.now() - startedAt)} ms from PostgreSQL's return to the last answer`);

    const stored = asked.filter(({ body }) => body.exchange_id !== undefined);
    const again = await Promise.all(stored.map(({ question, key, thread }) => footnote.ask(question, { key, thread })));
    t.diagnostic(`${asked.length} asked: ${tally(asked)}`);
    assert.equal(unready.status, 503);
    assert.equal(live.status, 200);
    assert.deepEqual([refused.status, refused.body.error?.code], [503, "store-unavailable"]);
    assert.equal(after.status, 200);
    assert.deepEqual(
      again.map(({ status: code, body }) => [code, body.exchange_id]),
      stored.map(({ body }) => [200, body.exchange_id]),
    );
    assert.deepEqual(await answersPerQuestion(postgres.url), [{ answers: 1, state: "delivered" }]);
    assert.deepEqual(model.requests.map(({ body }) => questionIn(body)).filter(isRepeated), []);
    assert.equal(await footnote.end("SIGTERM"), 0);
  });
});

describe("while Redis is away", { skip: withoutRedisServer }, () => {
  test("Footnote answers as if nothing were", async (t) => {
    const redis = await startRedis(t);
    const wiki = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const footnote = await startProcess(t, {
      WIKI_API_URL: wiki.apiUrl,
      WIKI_CONTACT: "ops@example.org",
      DATABASE_URL: await testDatabase(t),
      REDIS_URL: redis.url,
    });
    const statuses = async () => [
      (await footnote.ask("How long is the orbit of Mercury (planet)?")).status,
      (await footnote.ask("What is C++?")).status,
      (await footnote.get("/ready")).status,
      (await footnote.get("/api/cache/stats")).status,
      (await footnote.delete("/api/cache")).status,
    ];
    const shows = (state: string) =>
      until(
        () => footnote.get("/api/cache/stats"),
        ({ body }) => JSON.stringify(body).includes(`"status":"${state}"`),
      );

    const healthy = await statuses();
    redis.freeze();
    const frozen = await statuses();
    await shows("disconnected");
    redis.thaw();
    await shows("connected");
    await redis.kill();
    const killed = await statuses();
    await shows("disconnected");
    await redis.restart();
    await shows("connected");
    const restarted = await statuses();

    const fine = [200, 200, 200, 200, 200];
    assert.deepEqual([healthy, frozen, killed, restarted], [fine, fine, fine, fine]);
    assert.doesNotMatch(footnote.output.join(""), /"level":"error"/);
  });
});

describe("while the wiki is away", () => {
  test("Footnote answers from what it has kept, and says since when", async (t) => {
    const wiki = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const footnote = await startProcess(t, {
      WIKI_API_URL: wiki.apiUrl,
      WIKI_CONTACT: "ops@example.org",
      DATABASE_URL: await testDatabase(t),
      CACHE_TTL: "1",
    });
    const ask = () => footnote.ask("How long is the orbit of Mercury (planet)?");
    const fresh = await ask();

    wiki.failAlways(status(500));
    // The search may be past its time before the article is: then the answer is stale, and its source is not.
    const stale = await until(ask, ({ body }) => body.sources[0]?.stale_since !== undefined);
    const unknown = await footnote.ask("What is AT&T?");
    wiki.failAlways(undefined);
    const again = await until(ask, ({ body }) => body.cache !== "stale");

    assert.deepEqual([fresh.status, fresh.body.cache, fresh.body.sources[0]?.stale_since], [200, "miss", undefined]);
    assert.deepEqual([stale.status, stale.body.cache, stale.body.response], [200, "stale", fresh.body.response]);
    assert.match(stale.body.sources[0]?.stale_since ?? "", /^\d{4}-\d\d-\d\dT/);
    assert.deepEqual([unknown.status, unknown.body.error?.code], [503, "wiki-unavailable"]);
    assert.deepEqual([again.body.cache, again.body.sources[0]?.stale_since], ["miss", undefined]);
  });
});

describe("while the model is away", () => {
  const turns = {
    "refuses for want of quota": { status: 429, retryAfterSeconds: 0 },
    fails: { status: 500 },
    "breaks off": { text: "Kyoto was the capital of Japan for long.", breakAfterChunks: 2 },
  } as const;

  for (const [trouble, turn] of Object.entries(turns)) {
    test(`Footnote quotes when it ${trouble}`, async (t) => {
      await using model = await startModelServer({ script: () => turn });
      const footnote = await startProcess(t, {
        WIKI_DIR,
        DATABASE_URL: await testDatabase(t),
        OPENAI_API_KEY: "test-key",
        OPENAI_BASE_URL: model.url,
      });

      const { status: code, body } = await footnote.ask("When did Kyoto become the capital of Japan?");

      assert.deepEqual([code, body.limit, body.model], [200, "model-unavailable", "quoting"]);
      assert.match(body.response, /Emperor Kanmu made Kyoto the capital of Japan in 794/);
      assert.equal(body.sources[0]?.title, "Kyoto");
    });
  }
});

/** `200: 71, 503: 33`. */
function tally(asked: readonly Asked[]): string {
  const replies = Map.groupBy(
    asked,
    ({ status: code, body }) =>
      `${code} ${body.error?.code ?? body.outcome}${body.exchange_id === undefined ? " not stored" : ""}`,
  );
  return [...replies].map(([reply, { length }]) => `${reply}: ${length}`).join(", ");
}

function isRepeated(one: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(one) !== index;
}

async function unfinished(url: string): Promise<number> {
  const rows = await query(
    url,
    "SELECT count(*)::int AS count FROM exchange WHERE state IN ('received', 'running', 'answered')",
  );
  return Number(rows[0]?.["count"]);
}

/** How many answers questions have, and where they stand: each combination once. */
async function answersPerQuestion(url: string): Promise<unknown[]> {
  return query(
    url,
    `SELECT DISTINCT state, (SELECT count(*)::int FROM message WHERE exchange_id = exchange.id AND role = 'assistant') AS answers
     FROM exchange`,
  );
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
