import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createHttpFootnote } from "../../fakes/http-footnote.ts";

const STYLE = {
  path: "/style.css",
  contentType: "text/css; charset=utf-8",
  body: new TextEncoder().encode("p{}"),
  etag: '"abc"',
  maxAgeSeconds: 0,
};
const FONT = {
  path: "/font.woff2",
  contentType: "font/woff2",
  body: new Uint8Array([1, 2]),
  etag: '"f"',
  maxAgeSeconds: 60,
};

describe("a file of the page", () => {
  it("is served as what it is", async () => {
    const { platform } = createHttpFootnote({ page: [STYLE] });

    const response = await platform.request("/style.css");

    assert.equal(response.headers.get("content-type"), "text/css; charset=utf-8");
    assert.equal(response.headers.get("cache-control"), "no-cache");
    assert.equal(await response.text(), "p{}");
  });

  it("is not sent again to whoever has it", async () => {
    const { platform } = createHttpFootnote({ page: [STYLE] });

    const same = await platform.request("/style.css", { headers: { "If-None-Match": 'W/"x", "abc"' } });
    const older = await platform.request("/style.css", { headers: { "If-None-Match": '"old"' } });

    assert.deepEqual([same.status, await same.text(), older.status], [304, "", 200]);
  });

  it("may be kept for as long as it says", async () => {
    const { platform } = createHttpFootnote({ page: [FONT] });

    const response = await platform.request("/font.woff2");

    assert.equal(response.headers.get("cache-control"), "public, max-age=60");
  });
});
