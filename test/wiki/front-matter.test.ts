import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { splitFrontMatter, type FrontMatter } from "../../src/wiki/front-matter.ts";

const NOTHING: FrontMatter = { aliases: [], isDisambiguation: false };

describe("the front matter of a Markdown file", () => {
  it("is parted from the text, with either kind of line ends", () => {
    assert.deepEqual(splitFrontMatter("---\r\ntitle: Velm\r\n---\r\ntext\r\n---\r\nmore"), {
      matter: { title: "Velm", aliases: [], isDisambiguation: false },
      text: "text\r\n---\r\nmore",
    });
  });

  it("may be empty, or not there", () => {
    assert.deepEqual(splitFrontMatter("---\n---\ntext\n---\n").text, "text\n---\n");
    assert.deepEqual(splitFrontMatter("text").matter, NOTHING);
  });

  it("has a title as YAML writes it, remarks and all", () => {
    assert.deepEqual(
      [
        "title: 'Alpha: one'",
        'title: "Alpha \\"two\\"" # remark',
        "title: Alpha three # remark",
        "title: >\n  Alpha\n  four",
        "title: |\n  Alpha\n  five\n",
        "title: 1.10",
        "title:",
        "title: [x, [y]]",
      ].map((block) => matterOf(block).title),
      ["Alpha: one", 'Alpha "two"', "Alpha three", "Alpha four", "Alpha five", "1.10", undefined, "x"],
    );
  });

  it("has aliases as a list, or parted by commas", () => {
    assert.deepEqual(
      [
        "aliases: [Foo, 'Bar, baz']",
        "aliases:\n  - Foo\n  - Bar, baz # remark\n  -",
        "aliases: Foo, Bar",
        'aliases: "Foo, Bar"',
        "aliases: {Foo: Bar}",
      ].map((block) => matterOf(block).aliases),
      [["Foo", "Bar, baz"], ["Foo", "Bar, baz"], ["Foo", "Bar"], ["Foo, Bar"], []],
    );
  });

  it("says that a page is there to choose from", () => {
    assert.equal(matterOf("disambiguation: true").isDisambiguation, true);
    assert.equal(matterOf("disambiguation: no").isDisambiguation, false);
  });

  it("has the date of the text, the latest kind that there is, without a zone in UTC", () => {
    assert.deepEqual(
      [
        "date: 2026-11-01",
        "date: 2026-11-01\nlastmod: 2026-11-02T08:30:00+01:00",
        "date: 2026-11-01 08:30:00 -0500",
        "updated: '2026-11-03 08:30'",
        "updated: yesterday\ndate: 2026-11-01",
        "date: 2026-13-41",
        "date: 1 November 2026",
      ].map((block) => matterOf(block).revisedAt),
      [
        "2026-11-01T00:00:00.000Z",
        "2026-11-02T07:30:00.000Z",
        "2026-11-01T13:30:00.000Z",
        "2026-11-03T08:30:00.000Z",
        "2026-11-01T00:00:00.000Z",
        undefined,
        undefined,
      ],
    );
  });

  it("is none when it is no YAML, and says why without quoting it", () => {
    assert.deepEqual(splitFrontMatter("---\ntags: x\ntitle: Secret: one\n---\n# Velm"), {
      matter: NOTHING,
      text: "# Velm",
      problem: "BLOCK_AS_IMPLICIT_KEY in line 3",
    });
  });

  it("is none when it is a text between two rules", () => {
    const contents = ["---\nA text\n---\nmore", "---\nA text: between: two rules\n---\nmore"];

    assert.deepEqual(
      contents.map(splitFrontMatter),
      contents.map((text) => ({ matter: NOTHING, text })),
    );
  });

  for (const block of [
    "a: &a [x]\nb: &b [*a, *a]\ntitle: *b",
    `title: ${"[".repeat(10_000)}`,
    `title: ${"x ".repeat(1e6)}`,
  ]) {
    it(`is read soon, and to no avail, when it is ${block.slice(0, 30)}…`, { timeout: 10_000 }, () => {
      assert.equal(matterOf(block).title, undefined);
    });
  }
});

function matterOf(block: string): FrontMatter {
  return splitFrontMatter(`---\n${block}\n---\n`).matter;
}
