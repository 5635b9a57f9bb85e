import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { Failure } from "../../../src/core/failure.ts";
import { createHttpFootnote, errorOf, replyOf } from "../../fakes/http-footnote.ts";

const JSON_TYPE = { "Content-Type": "application/json" };
const CONTROLS = "thread_id: holds control characters";
const FAMILY = "👨‍👩‍👧‍👦";

const refused: readonly (readonly [
  what: string,
  body: string | Uint8Array<ArrayBuffer>,
  status: number,
  code: string,
])[] = [
  ["no body", "", 400, "not-json"],
  ["a body that is no JSON", "{", 400, "not-json"],
  ["bytes that are no UTF-8", new Uint8Array(Buffer.from('{"message":"caf\xe9"}', "latin1")), 400, "not-json"],
  ["JSON that is no object", "[]", 400, "invalid-input"],
  ["null", "null", 400, "invalid-input"],
  ["no message", "{}", 400, "invalid-input"],
  ["a message that is a number", '{"message":1}', 400, "invalid-input"],
  ["a message that is an object", '{"message":{"text":"x"}}', 400, "invalid-input"],
  ["an empty message", '{"message":""}', 400, "invalid-input"],
  ["a message of white space", '{"message":" \\n\\t\\u00a0\\u3000"}', 400, "invalid-input"],
  ["a message of invisible characters", '{"message":"\\u200b\\u2060\\ufeff"}', 400, "invalid-input"],
  ["a message with a NUL", '{"message":"a\\u0000b"}', 400, "invalid-input"],
  ["half a surrogate pair", '{"message":"a\\ud83db"}', 400, "invalid-input"],
  ["8,001 characters", JSON.stringify({ message: "é".repeat(8_001) }), 400, "invalid-input"],
  ["a thread id that is a number", '{"message":"x","thread_id":7}', 400, "invalid-input"],
  ["an empty thread id", '{"message":"x","thread_id":""}', 400, "invalid-input"],
  ["a thread id of 201 characters", JSON.stringify({ message: "x", thread_id: "y".repeat(201) }), 400, "invalid-input"],
  ["a thread id with a line break", '{"message":"x","thread_id":"a\\nb"}', 400, "invalid-input"],
  ["a thread id with half a surrogate pair", '{"message":"x","thread_id":"\\udc00"}', 400, "invalid-input"],
  ["a thread id that addresses fold away", '{"message":"x","thread_id":"."}', 400, "invalid-input"],
  ["another such thread id", '{"message":"x","thread_id":".."}', 400, "invalid-input"],
  ["such a thread id written whole", '{"message":"x","thread_id":"http:.."}', 400, "invalid-input"],
  ["a thread id that is only its prefix", '{"message":"x","thread_id":"http:"}', 400, "invalid-input"],
  ["another platform's thread", '{"message":"x","thread_id":"slack:T1:C1:1.0"}', 400, "invalid-input"],
  ["a body over 64 KiB", JSON.stringify({ message: "x", padding: "y".repeat(65_536) }), 413, "too-large"],
];

describe("POST /api/chat", () => {
  for (const [what, body, status, code] of refused) {
    it(`refuses ${what}, and stores nothing`, async () => {
      const { platform, store } = createHttpFootnote();

      const response = await platform.request("/api/chat", { method: "POST", headers: JSON_TYPE, body });

      const reply = await errorOf(response);
      assert.equal(response.status, status);
      assert.equal(reply.error.code, code);
      assert.match(reply.error.message, /\S/);
      assert.equal((await store.stats()).messages.user, 0);
    });
  }

  it("refuses a body that does not say it is JSON", async () => {
    const { platform } = createHttpFootnote();

    const response = await platform.request("/api/chat", {
      method: "POST",
      headers: { "Content-Type": "text/plain" },
      body: '{"message":"x"}',
    });

    assert.equal(response.status, 415);
  });

  it("refuses a compressed body, and says how to send it", async () => {
    const { platform } = createHttpFootnote();

    const response = await platform.request("/api/chat", {
      method: "POST",
      headers: { ...JSON_TYPE, "Content-Encoding": "gzip" },
      body: new Uint8Array(gzipSync('{"message":"x"}')),
    });

    assert.equal(response.status, 415);
    assert.equal(response.headers.get("accept-encoding"), "identity");
    assert.deepEqual((await errorOf(response)).error, {
      code: "unsupported-encoding",
      message: "Send the body as it is, without a Content-Encoding.",
    });
  });

  it("takes a message of 8,000 characters as a person counts them", async () => {
    const { chat } = createHttpFootnote();

    const response = await chat({ message: "e\u0301".repeat(8_000) });

    assert.equal(response.status, 200);
  });

  it("takes any writing, and thread ids of 200 characters", async () => {
    const { chat } = createHttpFootnote();

    const response = await chat({ message: `東京の人口は? ${FAMILY} مرحبا`, thread_id: "👍".repeat(200) });

    assert.equal(response.status, 200);
    assert.equal((await replyOf(response)).thread_id, "👍".repeat(200));
  });

  it("ignores fields it does not know", async () => {
    const { chat } = createHttpFootnote();

    const response = await chat({ message: "x", stream: false });

    assert.equal(response.status, 200);
  });
});

const explained: readonly (readonly [what: string, path: string, body: string | undefined, message: string])[] = [
  ["no message", "/api/chat", "{}", "message: is missing"],
  ["a message that is a number", "/api/chat", '{"message":1}', "message: must be text"],
  ["a thread id that is null", "/api/chat", '{"message":"x","thread_id":null}', "thread_id: must be text"],
  ["a thread id that turns the line around", "/api/chat", '{"message":"x","thread_id":"a\\u202eb"}', CONTROLS],
  ["a thread id that isolates the line", "/api/chat", '{"message":"x","thread_id":"a\\u2066b"}', CONTROLS],
  ["a thread id with a line separator", "/api/chat", '{"message":"x","thread_id":"a\\u2028b"}', CONTROLS],
  ["a thread id with a paragraph separator", "/api/chat", '{"message":"x","thread_id":"a\\u2029b"}', CONTROLS],
  ["JSON that is no object", "/api/chat", "[]", "The request: must be a JSON object"],
  ["a limit of nothing", "/api/conversations?limit=0", undefined, "limit: must be a whole number from 1 to 100"],
  ["a limit in words", "/api/conversations?limit=few", undefined, "limit: must be a whole number from 1 to 100"],
  ["half a day", "/api/usage?days=0.5", undefined, "days: must be a whole number from 1 to 366"],
  ["an empty cursor", "/api/conversations?cursor=", undefined, "cursor: is not one of ours"],
];

describe("a refused request", () => {
  for (const [what, path, body, message] of explained) {
    it(`is told what is wrong with ${what}, as a person would`, async () => {
      const { platform } = createHttpFootnote();
      const post = { method: "POST", headers: JSON_TYPE, body: body ?? "" };

      const response = await platform.request(path, body === undefined ? {} : post);

      assert.deepEqual((await errorOf(response)).error, { code: "invalid-input", message });
    });
  }
});

describe("an address that is not served", () => {
  it("answers 404 in JSON", async () => {
    const { platform } = createHttpFootnote();

    const response = await platform.request("/api/nothing");

    assert.equal(response.status, 404);
    assert.deepEqual(await response.json(), { error: { code: "not-found", message: "There is nothing here." } });
  });

  it("answers 405 with the methods that are", async () => {
    const { platform } = createHttpFootnote();

    const put = await platform.request("/api/chat", { method: "PUT" });
    const post = await platform.request("/api/conversations/x/messages", { method: "POST" });
    const remove = await platform.request("/ready", { method: "DELETE" });

    assert.deepEqual([put.status, put.headers.get("allow")], [405, "POST"]);
    assert.deepEqual([post.status, post.headers.get("allow")], [405, "GET, HEAD"]);
    assert.deepEqual([remove.status, remove.headers.get("allow")], [405, "GET, HEAD"]);
  });
});

describe("an outage", () => {
  it("says when to come again, though nobody knows", async () => {
    const { platform } = createHttpFootnote({
      stats: { database: () => Promise.reject(new Failure("store-unavailable", "gone")) },
    });

    const response = await platform.request("/api/db/stats");

    assert.deepEqual([response.status, response.headers.get("retry-after")], [503, "30"]);
  });
});

describe("an error of our own", () => {
  it("shows nothing of its cause", async () => {
    const { platform } = createHttpFootnote({
      stats: {
        cache: async () => {
          throw new TypeError("secret at /srv/footnote/src/cache.ts:12");
        },
      },
    });

    const response = await platform.request("/api/cache/stats");

    assert.equal(response.status, 500);
    assert.deepEqual(await response.json(), {
      error: { code: "bug", message: "Something went wrong on my side. It is in the log; please try again." },
    });
  });
});
