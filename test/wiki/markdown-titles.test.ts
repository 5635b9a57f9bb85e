import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readMarkdown } from "../../src/wiki/markdown-article.ts";
import type { MarkdownFile } from "../../src/wiki/markdown-folder.ts";
import { filesNamed, namesOf, tellApart } from "../../src/wiki/markdown-titles.ts";

describe("files of one title", () => {
  it("are told apart by their folders", () => {
    assert.deepEqual(titlesOf(["a/overview.md", "Overview"], ["b/deep/overview.md", "overview"]), [
      "Overview (a)",
      "overview (b/deep)",
    ]);
  });

  it("are told apart by their paths within one folder", () => {
    assert.deepEqual(titlesOf(["a/one.md", "Overview"], ["a/two.md", "Overview"], ["b/x.md", "Overview"]), [
      "Overview (a/one)",
      "Overview (a/two)",
      "Overview (b)",
    ]);
  });

  it("leave the title to the only one that lies in no folder", () => {
    assert.deepEqual(titlesOf(["README.md", "Velm"], ["docs/README.md", "Velm"]), ["Velm", "Velm (docs)"]);
    assert.deepEqual(titlesOf(["one.md", "Velm"], ["two.md", "Velm"]), ["Velm (one)", "Velm (two)"]);
  });

  it("take no title that another file has by itself", () => {
    assert.deepEqual(titlesOf(["a/x.md", "Velm"], ["b/x.md", "Velm"], ["c.md", "velm (B)"]), [
      "Velm (a)",
      "Velm (b/x)",
      "velm (B)",
    ]);
  });

  it("are told apart where their folders have names that mean the same", () => {
    assert.deepEqual(titlesOf(["a b/x.md", "Velm"], ["a_b/x.md", "Velm"]), ["Velm (a b)", "Velm (a_b/x)"]);
  });

  it("have the same titles in whatever order they come", () => {
    const files: [string, string][] = [
      ["b/x.md", "Velm"],
      ["a/y.md", "Velm"],
      ["a/x.md", "Velm"],
    ];

    assert.deepEqual(titlesOf(...files), titlesOf(...files.toReversed()));
  });
});

describe("a name", () => {
  it("leads to a file that has a twin no longer", () => {
    const names = namesOf(tellApart([file("b/overview.md", "Overview")]));

    const paths = ["Overview", "Overview (b)", "overview_(B/Overview)", "Overview (a)"].map((name) =>
      filesNamed(name, names).map(({ path }) => path),
    );

    assert.deepEqual(paths, [["b/overview.md"], ["b/overview.md"], ["b/overview.md"], []]);
  });

  it("leads to every file that has it, titles first", () => {
    const alias = { ...file("a.md", "Velm"), aliases: ["Port"] };
    const names = namesOf(tellApart([alias, file("port.md", "Harbour"), file("z.md", "Port")]));

    assert.deepEqual(
      filesNamed("port", names).map(({ path }) => path),
      ["z.md", "a.md", "port.md"],
    );
  });
});

function titlesOf(...files: readonly (readonly [path: string, title: string])[]): string[] {
  return tellApart(files.map(([path, title]) => file(path, title))).map(({ title }) => title);
}

function file(path: string, title: string): MarkdownFile {
  return { ...readMarkdown("", title), path, revision: "1", stamp: "1" };
}
