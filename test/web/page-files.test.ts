import assert from "node:assert/strict";
import { it } from "node:test";
import { readPageFiles } from "../../src/web/page-files.ts";

it("the page's files come with their types, and nothing else of the folder", async () => {
  const files = await readPageFiles();

  const types = Object.fromEntries(files.map(({ path, contentType }) => [path, contentType]));
  assert.equal(types["/"], "text/html; charset=utf-8");
  assert.equal(types["/style.css"], "text/css; charset=utf-8");
  assert.equal(types["/page.js"], "text/javascript; charset=utf-8");
  assert.equal(types["/newsreader.woff2"], "font/woff2");
  assert.equal(types["/tsconfig.json"], undefined);
});

it("the page's files are told apart by their content", async () => {
  const files = await readPageFiles();

  assert.equal(new Set(files.map(({ etag }) => etag)).size, files.length);
  assert.match(files[0]?.etag ?? "", /^"[\w-]{22}"$/);
});

it("the page names no address beyond its own", async () => {
  const files = await readPageFiles();

  const text = files
    .filter(({ contentType }) => contentType !== "font/woff2")
    .map(({ body }) => new TextDecoder().decode(body).replaceAll("http://www.w3.org/2000/svg", ""))
    .join("\n");
  assert.doesNotMatch(text, /https?:\/\/\w/);
});
