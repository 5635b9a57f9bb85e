import assert from "node:assert/strict";
import { it } from "node:test";
import { connectionTrouble, readBounded, retryAfterMs } from "../../src/wiki/http-reply.ts";

it("a Retry-After may be seconds, a date or nonsense", () => {
  const now = Date.parse("2026-11-01T12:00:00Z");
  const waits = ["7", "Sun, 01 Nov 2026 12:00:30 GMT", "Sun, 01 Nov 2026 11:00:00 GMT", "soon", "-3", "99999"].map(
    (value) => retryAfterMs(new Headers({ "retry-after": value }), now),
  );

  assert.deepEqual(waits, [7_000, 30_000, 0, undefined, undefined, 600_000]);
  assert.equal(retryAfterMs(new Headers(), now), undefined);
});

it("a reply is read up to its limit, characters that lie across chunks included", async () => {
  const bytes = new TextEncoder().encode("東京");
  const body = ReadableStream.from([bytes.slice(0, 2), bytes.slice(2)]);

  assert.equal(await readBounded(new Response(body), 6), "東京");
});

it("a reply beyond its limit is left unread", async () => {
  let chunks = 0;
  let isCancelled = false;
  const body = new ReadableStream({
    pull(controller) {
      chunks += 1;
      controller.enqueue(new Uint8Array(10));
    },
    cancel() {
      isCancelled = true;
    },
  });

  await assert.rejects(readBounded(new Response(body), 25), {
    kind: "wiki-unavailable",
    message: "the wiki's reply is too large",
  });
  assert.ok(isCancelled && chunks <= 4);
});

it("trouble with a connection is told in constant words", () => {
  const thrown = new TypeError("fetch failed", {
    cause: Object.assign(new Error("10.0.0.1"), { code: "ECONNREFUSED" }),
  });

  assert.deepEqual(
    [connectionTrouble(thrown), connectionTrouble("x")],
    ["the wiki refused the connection", "the connection to the wiki failed"],
  );
});
