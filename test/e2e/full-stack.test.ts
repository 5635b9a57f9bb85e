import assert from "node:assert/strict";
import { after, describe, test, type TestContext } from "node:test";
import { startModelServer } from "../fakes/model-server.ts";
import { researching } from "../fakes/researching-model.ts";
import { type FootnoteProcess, type Reply, startProcess } from "../support/footnote-process.ts";
import { type MediaWiki, sampleDump, startMediaWiki, withoutMediaWiki } from "../support/mediawiki.ts";
import { testDatabase } from "../support/postgres.ts";
import { type RedisServer, startRedis, withoutRedisServer } from "../support/redis.ts";
import { until } from "../support/until.ts";

const QUESTION = "How long is Mercury's year, and what is quicksilver?";

/** Every tool, and an answer that cites what two of them found. */
const answering = researching(
  [
    { search_wikipedia: { query: "Mercury orbits" } },
    { find_passages: { question: "How long is the orbit of Mercury (planet)?" } },
    { fetch_wikipedia_info: { query: "quicksilver" } },
    { list_wikipedia_sections: { title: "Mercury (planet)" } },
    { get_section_content: { title: "Mercury (planet)", section: "Orbit" } },
  ],
  "Mercury orbits the Sun every 88 days [=orbits the Sun every 88 days]. " +
    "Quicksilver is a chemical element with symbol Hg [=symbol Hg].",
);

let server: Promise<MediaWiki> | undefined;
after(async () => (await server)?.stop());

describe(
  "Footnote with a real MediaWiki, Redis and PostgreSQL",
  { skip: withoutMediaWiki || withoutRedisServer },
  () => {
    test("answers with what the tools found, and links to the very revision", async (t) => {
      const { footnote, wiki } = await start(t);

      const { status, body } = await untilDated(footnote);

      assert.equal(status, 200);
      assert.equal(
        body.response,
        "Mercury orbits the Sun every 88 days. [1] Quicksilver is a chemical element with symbol Hg. [2]",
      );
      assert.deepEqual(
        body.sources.map(({ n, title, section, quote }) => ({ n, title, section, quote })),
        [
          { n: 1, title: "Mercury (planet)", section: "Orbit", quote: "Mercury orbits the Sun every 88 days." },
          {
            n: 2,
            title: "Mercury (element)",
            section: "",
            quote: "Mercury is a chemical element with symbol Hg and atomic number 80.",
          },
        ],
      );
      const [orbit] = body.sources;
      const link = new URL(orbit?.url ?? "");
      assert.equal(link.origin, new URL(wiki.apiUrl).origin);
      assert.equal(link.searchParams.get("oldid"), orbit?.revision);
      assert.equal(link.hash, "#Orbit");
      assert.deepEqual(
        body.sources.map(({ revised_at }) => revised_at),
        ["2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z"],
      );
      const page = await fetch(link);
      assert.match(await page.text(), /Mercury orbits the Sun every 88 days/);
    });

    test("answers from the cache the second time, in another process too", async (t) => {
      const { footnote, redis, environment } = await start(t);
      // On another database, or it might be the one to answer what the first is asked.
      const other = await startProcess(t, { ...environment, DATABASE_URL: await testDatabase(t) });

      const first = await footnote.ask(QUESTION);
      const again = await untilDated(footnote);
      const elsewhere = await other.ask(QUESTION);
      const keys = await redis.client.keys("wiki:*");
      const figures = await figuresOf(other);

      assert.deepEqual(
        [first, again, elsewhere].map(({ body }) => body.cache),
        ["miss", "hit", "hit"],
      );
      assert.deepEqual(elsewhere.body.sources, again.body.sources);
      assert.deepEqual(
        keys.filter((key) => !/^wiki:(article|revised|revision|search):[0-9a-f]{32}$/.test(key)),
        [],
      );
      assert.ok((await redis.client.pttl(keys[0] ?? "")) > 0);
      assert.deepEqual(figures, {
        status: "connected",
        host: `127.0.0.1:${redis.port}`,
        wiki_cached_items: keys.length,
        ttl_seconds: 3_600,
        misses: 0,
        stale: 0,
        hit_rate: 1,
      });
    });

    test("forgets everything when its cache is cleared", async (t) => {
      const { footnote, redis } = await start(t);
      await footnote.ask(QUESTION);
      const before = await redis.client.keys("wiki:*");

      const { status, body } = await footnote.delete("/api/cache");
      const left = await redis.client.keys("wiki:*");
      const again = await footnote.ask(QUESTION);

      assert.equal(status, 200);
      assert.deepEqual(body, { deleted: before.length });
      assert.deepEqual(left, []);
      assert.equal(again.body.cache, "miss");
    });

    test("keeps the conversation, and counts it", async (t) => {
      const { footnote } = await start(t);
      await footnote.ask(QUESTION, { thread: "one" });
      await footnote.ask(QUESTION, { thread: "two" });
      await footnote.ask(QUESTION, { thread: "two" });

      const conversations = await footnote.get("/api/conversations?limit=1");
      const messages = await footnote.get("/api/conversations/two/messages?limit=3");
      const { body: figures } = await footnote.get("/api/db/stats");

      assert.partialDeepStrictEqual(conversations.body, {
        conversations: [{ thread_id: "two", title: QUESTION, platform: "http", messages: 4 }],
      });
      assert.match(JSON.stringify(conversations.body), /"next_cursor":"[^"]+"/);
      assert.partialDeepStrictEqual(messages.body, {
        messages: [
          { role: "user", text: QUESTION, sources: [] },
          {
            role: "assistant",
            sources: [
              { n: 1, title: "Mercury (planet)" },
              { n: 2, title: "Mercury (element)" },
            ],
          },
          { role: "user", text: QUESTION },
        ],
      });
      assert.partialDeepStrictEqual(figures, {
        status: "connected",
        engine: "server",
        conversations: 2,
        messages: { user: 3, assistant: 3 },
        exchanges: { received: 0, running: 0, failed: 0 },
        citations: 6,
      });
    });

    test("streams what it does, each sentence behind its source, the sources' dates, then the whole", async (t) => {
      const { footnote } = await start(t);
      await untilDated(footnote);

      const events = await Array.fromAsync(await footnote.stream(QUESTION));

      assert.equal(events[0]?.event, "status");
      assert.deepEqual(
        events.map(({ event }) => event).filter((event) => event !== "status"),
        ["source", "sentence", "source", "sentence", "source", "source", "done"],
      );
      assert.deepEqual(
        events.filter(({ event }) => event === "source").map(({ data }) => [data["n"], data["revised_at"]]),
        [
          [1, null],
          [2, null],
          [1, "2025-01-01T00:00:00Z"],
          [2, "2025-01-02T00:00:00Z"],
        ],
      );
      assert.equal(
        events.at(-1)?.data["response"],
        "Mercury orbits the Sun every 88 days. [1] Quicksilver is a chemical element with symbol Hg. [2]",
      );
    });
  },
);

interface FullStack {
  readonly footnote: FootnoteProcess;
  readonly redis: RedisServer;
  readonly wiki: MediaWiki;
  readonly environment: Readonly<Record<string, string>>;
}

async function start(t: TestContext): Promise<FullStack> {
  const wiki = await (server ??= startMediaWiki(sampleDump()));
  const redis = await startRedis(t);
  const model = await startModelServer({ script: answering });
  t.after(() => model.close());
  const environment = {
    WIKI_API_URL: wiki.apiUrl,
    WIKI_CONTACT: "ops@example.org",
    REDIS_URL: redis.url,
    DATABASE_URL: await testDatabase(t),
    OPENAI_API_KEY: "test-key",
    OPENAI_BASE_URL: model.url,
  };
  return { footnote: await startProcess(t, environment), redis, wiki, environment };
}

/** A wiki that is slow to tell dates leaves an answer without them. */
function untilDated(footnote: FootnoteProcess): Promise<Reply> {
  return until(
    () => footnote.ask(QUESTION),
    ({ body }) => body.sources.every(({ revised_at }) => revised_at !== null),
  );
}

/** What can be told beforehand of the cache's figures. */
async function figuresOf(footnote: FootnoteProcess): Promise<unknown> {
  const { body } = await footnote.get("/api/cache/stats");
  const { hits: _hits, memory_used: _used, memory_used_bytes: _bytes, ...rest } = Object(body);
  return rest;
}
