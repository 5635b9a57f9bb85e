import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { createHttpFootnote } from "../../fakes/http-footnote.ts";

const gone = () => Promise.reject(new Failure("store-unavailable", "gone"));

describe("GET /api/cache/stats", () => {
  it("tells the cache's figures", async () => {
    const { platform } = createHttpFootnote();

    const response = await platform.request("/api/cache/stats");

    assert.deepEqual(await response.json(), {
      status: "memory",
      host: null,
      wiki_cached_items: 12,
      memory_used: "1.2M",
      memory_used_bytes: 1_258_291,
      ttl_seconds: 3600,
      hits: 30,
      misses: 10,
      stale: 0,
      hit_rate: 0.75,
    });
  });
});

describe("DELETE /api/cache", () => {
  it("empties the cache and tells how much was in it", async () => {
    const { platform } = createHttpFootnote({ cache: { clear: async () => 42 } });

    const response = await platform.request("/api/cache", { method: "DELETE" });

    assert.deepEqual(await response.json(), { deleted: 42 });
  });
});

describe("GET /api/db/stats", () => {
  it("tells the database's figures", async () => {
    const { platform, chat } = createHttpFootnote();
    await chat({ message: "How long?" });

    const response = await platform.request("/api/db/stats");

    assert.deepEqual(await response.json(), {
      status: "connected",
      engine: "embedded",
      version: "memory",
      conversations: 1,
      messages: { user: 1, assistant: 1 },
      exchanges: { received: 0, running: 0, answered: 0, delivered: 1, failed: 0 },
      citations: 1,
      size_bytes: 0,
      migrations: ["memory"],
    });
  });

  it("answers 503 while the database cannot be reached", async () => {
    const { platform } = createHttpFootnote({ stats: { database: gone } });

    const response = await platform.request("/api/db/stats");

    assert.equal(response.status, 503);
  });
});

describe("GET /api/usage", () => {
  it("tells how Footnote was used, and how the wiki does", async () => {
    const { platform } = createHttpFootnote({
      stats: {
        usage: async (days) => ({
          perDay: [{ day: "2026-11-01", exchanges: days, failed: 1 }],
          cache: { hit: 5, miss: 2, stale: 1 },
          latencyMs: { p50: 10, p90: 20, p99: 30 },
          topArticles: [{ title: "Venus", url: "https://wiki.example/Venus", citations: 4 }],
          tokens: { input: 100, output: 20 },
          verdicts: { good: 3, bad: 1 },
        }),
        wiki: async () => ({
          name: "Wikipedia",
          state: "failing",
          reason: "timed out",
          budget: { perMinute: 200, left: 150, inFlight: 2, pausedForMs: 500 },
        }),
      },
    });

    const response = await platform.request("/api/usage?days=7");

    assert.deepEqual(await response.json(), {
      per_day: [{ day: "2026-11-01", exchanges: 7, failed: 1 }],
      cache: { hit: 5, miss: 2, stale: 1 },
      latency_ms: { p50: 10, p90: 20, p99: 30 },
      top_articles: [{ title: "Venus", url: "https://wiki.example/Venus", citations: 4 }],
      tokens: { input: 100, output: 20 },
      verdicts: { good: 3, bad: 1 },
      wiki: {
        name: "Wikipedia",
        state: "failing",
        reason: "timed out",
        requests_per_minute: 200,
        requests_left: 150,
        paused_for_ms: 500,
      },
    });
  });

  it("covers thirty days unless told otherwise, and a year at the most", async () => {
    const { platform } = createHttpFootnote();

    const usual = await platform.request("/api/usage");
    const tooMany = await platform.request("/api/usage?days=367");

    assert.match(await usual.text(), /(?:"day".*?){30}/);
    assert.equal(tooMany.status, 400);
  });
});

describe("GET /live", () => {
  it("answers whatever state the parts are in", async () => {
    const { platform } = createHttpFootnote({ store: { ping: gone, stats: gone } });

    const response = await platform.request("/live");

    assert.deepEqual([response.status, await response.json()], [200, { status: "ok" }]);
  });
});

describe("GET /ready", () => {
  it("answers 200 when questions can be taken", async () => {
    const { platform } = createHttpFootnote();

    const response = await platform.request("/ready");

    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), {
      status: "ready",
      database: "ok",
      migrations: 1,
      cache: "memory",
      wiki: "ok",
    });
  });

  it("answers 503 while the database cannot be reached", async () => {
    const { platform } = createHttpFootnote({ store: { ping: gone } });

    const response = await platform.request("/ready");

    assert.equal(response.status, 503);
    assert.deepEqual(await response.json(), {
      status: "unavailable",
      database: "unreachable",
      migrations: 0,
      cache: "memory",
      wiki: "ok",
    });
  });

  it("answers 503 once Footnote is stopping", async () => {
    const { platform } = createHttpFootnote();

    await platform.pause();
    const response = await platform.request("/ready");

    assert.equal(response.status, 503);
    assert.match(await response.text(), /"status":"stopping"/);
  });
});

describe("GET /api/openapi.json", () => {
  it("describes every route in OpenAPI 3.1", async () => {
    const { platform } = createHttpFootnote();

    const document = await (await platform.request("/api/openapi.json")).text();

    const { openapi, paths }: { openapi: string; paths: Record<string, object> } = JSON.parse(document);
    assert.equal(openapi, "3.1.0");
    assert.deepEqual(
      Object.entries(paths).map(([path, methods]) => [path, Object.keys(methods)]),
      [
        ["/live", ["get"]],
        ["/ready", ["get"]],
        ["/api/chat", ["post"]],
        ["/api/exchanges/{exchange_id}", ["get"]],
        ["/api/conversations", ["get"]],
        ["/api/conversations/{thread_id}/messages", ["get"]],
        ["/api/conversations/{thread_id}", ["delete"]],
        ["/api/cache/stats", ["get"]],
        ["/api/cache", ["delete"]],
        ["/api/db/stats", ["get"]],
        ["/api/usage", ["get"]],
      ],
    );
  });

  it("names the problems a question may end with, and what its fields must be like", async () => {
    const { platform } = createHttpFootnote();

    const document = JSON.parse(await (await platform.request("/api/openapi.json")).text());

    const { responses, description } = document.paths["/api/chat"].post;
    assert.deepEqual(Object.keys(responses), [
      "200",
      "400",
      "401",
      "404",
      "413",
      "415",
      "422",
      "503",
      "504",
      "default",
    ]);
    assert.deepEqual(responses["422"].content["application/json"].schema, { $ref: "#/components/schemas/Error" });
    assert.match(description, /a new key asks anew/);
    assert.equal(document.components.schemas.ChatRequest.properties.thread_id.maxLength, 200);
  });

  it("refers to no schema that it does not hold", async () => {
    const { platform } = createHttpFootnote();

    const document = await (await platform.request("/api/openapi.json")).text();

    const { components }: { components: { schemas: object } } = JSON.parse(document);
    const held = Object.keys(components.schemas).map((name) => `#/components/schemas/${name}`);
    const wanted = [...document.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
    assert.ok(wanted.length > 0);
    assert.deepEqual(
      wanted.filter((ref) => !held.includes(ref ?? "")),
      [],
    );
  });
});
