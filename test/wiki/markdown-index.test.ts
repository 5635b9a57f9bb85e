import assert from "node:assert/strict";
import { describe, it } from "node:test";
import MiniSearch from "minisearch";
import { readMarkdown } from "../../src/wiki/markdown-article.ts";
import type { MarkdownFile } from "../../src/wiki/markdown-folder.ts";
import { createMarkdownIndex, type MarkdownIndex } from "../../src/wiki/markdown-index.ts";

describe("the index of a folder", () => {
  it("finds files by their words as they are now", async () => {
    const index = createMarkdownIndex();
    await index.update([file("a.md", "# A\n\nharbour"), file("b.md", "# B\n\nbridge"), file("c.md", "# C\n\ntower")]);

    await index.update([file("a.md", "# A\n\nquay"), file("b.md", "# Bee\n\nbridge")]);

    assert.deepEqual(
      ["harbour", "quay", "bridge", "bee", "tower"].map((word) => titlesOf(index, word)),
      [[], ["A"], ["Bee"], ["Bee"], []],
    );
    assert.equal(index.find("C"), undefined);
  });

  it("finds a file by its folder once it has a twin, though it has not changed itself", async () => {
    const index = createMarkdownIndex();
    await index.update([file("ports/a.md", "# Overview\n\nharbour")]);
    const before = titlesOf(index, "ports");

    await index.update([file("ports/a.md", "# Overview\n\nharbour"), file("towns/a.md", "# Overview\n\nsquare")]);

    assert.deepEqual([before, titlesOf(index, "ports")], [[], ["Overview (ports)"]]);
  });

  it("takes in again no more than what has changed", async (t) => {
    const index = createMarkdownIndex();
    const files = Array.from({ length: 100 }, (_, n) => file(`${n}.md`, `# Title ${n}`));
    await index.update(files);
    const add = t.mock.method(MiniSearch.prototype, "add");

    await index.update(files.with(7, file("7.md", "# Title 7\n\nmore")));

    assert.equal(add.mock.callCount(), 1);
  });

  it("leaves others their turn while it takes in many", async () => {
    const words = Array.from({ length: 400 }, (_, n) => `word${n}`).join(" ");
    const files = Array.from({ length: 1_000 }, (_, n) => file(`${n}.md`, `# Title ${n}\n\n${words}`));
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);

    await createMarkdownIndex().update(files);
    clearInterval(timer);

    assert.ok(turns > 2);
  });
});

function file(path: string, content: string): MarkdownFile {
  return { ...readMarkdown(content, path), path, revision: content, stamp: content };
}

function titlesOf(index: MarkdownIndex, query: string): string[] {
  return index.search(query, 10).map(({ title }) => title);
}
