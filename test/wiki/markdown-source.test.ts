import assert from "node:assert/strict";
import { appendFile, chmod, mkdir, symlink, truncate, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Article } from "../../src/core/article.ts";
import type { WikiSource } from "../../src/core/wiki.ts";
import { createMarkdownSource } from "../../src/wiki/markdown-source.ts";
import { LogDouble } from "../cache/log-double.ts";
import { WIKI_PAGES } from "../contracts/wiki-pages.ts";
import { describeWikiSource } from "../contracts/wiki-source.ts";
import { silentLog } from "../fakes/log.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { unprivileged } from "../support/unprivileged.ts";
import { markdownFiles } from "../support/wiki-pages.ts";

describeWikiSource("a folder of Markdown files", async (t) => {
  const dir = await temporaryFolder(t);
  await Promise.all(markdownFiles(WIKI_PAGES).map(({ name, content }) => writeFile(join(dir, name), content)));
  return open(dir);
});

describe("a folder of Markdown files", () => {
  it("takes a title from the front matter, the first heading or the file's name", async (t) => {
    const dir = await temporaryFolder(t);
    await writeFile(join(dir, "a.md"), "---\ntitle: 'Alpha: one'\n---\n# Ignored\ntext");
    await writeFile(join(dir, "b.md"), "# Beta `two`\n\ntext");
    await writeFile(join(dir, "Gamma three.md"), "text");

    const titles = await Promise.all(
      ["a", "b", "gamma_three"].map(async (name) => (await articleOf(open(dir), name)).title),
    );

    assert.deepEqual(titles, ["Alpha: one", "Beta two", "Gamma three"]);
  });

  it("answers from every file of one title, and cites them apart", async (t) => {
    const dir = await temporaryFolder(t);
    await mkdir(join(dir, "a"));
    await mkdir(join(dir, "b"));
    await writeFile(join(dir, "a", "overview.md"), "# Overview\n\nharbours");
    await writeFile(join(dir, "b", "overview.md"), "# Overview\n\nbridges");
    const wiki = open(dir);

    const [hit] = (await wiki.search("bridges")).value;
    const { title, url, sections } = await articleOf(wiki, hit?.title ?? "");

    assert.equal(title, "Overview (b)");
    assert.equal(url, "wiki:/Overview_%28b%29");
    assert.equal(sections[0]?.passages[0]?.text, "bridges");
    assert.deepEqual((await wiki.suggest("over")).value, ["Overview (a)", "Overview (b)"]);
  });

  it("finds what was cited under a title that has become another since", async (t) => {
    const dir = await temporaryFolder(t);
    const wiki = open(dir, 0);
    await mkdir(join(dir, "a"));
    await mkdir(join(dir, "b"));
    await writeFile(join(dir, "b", "overview.md"), "# Overview\n\nbridges");
    const { revision } = await articleOf(wiki, "Overview");

    await writeFile(join(dir, "a", "overview.md"), "# Overview\n\nharbours");
    const { value } = await wiki.article("Overview", { revision });

    assert.equal("sections" in value && value.title, "Overview (b)");
  });

  it("notices files that are changed, added and deleted", async (t) => {
    const dir = await temporaryFolder(t);
    const wiki = open(dir, 0);
    await writeFile(join(dir, "a.md"), "# A\n\nold words");
    await writeFile(join(dir, "b.md"), "# B\n\nother words");
    const before = await articleOf(wiki, "A");

    await writeFile(join(dir, "a.md"), "# A\n\nnew words");
    await writeFile(join(dir, "c.md"), "# C\n\nmore words");
    await unlink(join(dir, "b.md"));
    const after = await articleOf(wiki, "A");
    const hits = await wiki.search("words");

    assert.notEqual(after.revision, before.revision);
    assert.equal(after.sections[0]?.passages[0]?.text, "new words");
    assert.deepEqual(hits.value.map(({ title }) => title).toSorted(), ["A", "C"]);
  });

  it("looks into the folder at most once within its time", async (t) => {
    const dir = await temporaryFolder(t);
    const wiki = open(dir, 60_000);
    await writeFile(join(dir, "a.md"), "# A");
    await wiki.article("A");

    await writeFile(join(dir, "b.md"), "# B");
    const { value } = await wiki.article("B");

    assert.equal(value.kind, "missing");
  });

  it("is of another edition when it has changed, and only then", async (t) => {
    const dir = await temporaryFolder(t);
    const wiki = open(dir, 0);
    await writeFile(join(dir, "a.md"), "# A");

    const first = await wiki.edition?.();
    const second = await wiki.edition?.();
    await appendFile(join(dir, "a.md"), " more");
    const third = await wiki.edition?.();

    assert.equal(second, first);
    assert.notEqual(third, first);
  });

  it("keeps the other files when one cannot be read", async (t) => {
    const dir = await temporaryFolder(t);
    await writeFile(join(dir, "a.md"), "# A");
    await writeFile(join(dir, "huge.md"), "# Huge");
    await truncate(join(dir, "huge.md"), 2 * 1024 * 1024 + 1);

    const wiki = open(dir);

    assert.equal((await wiki.article("Huge")).value.kind, "missing");
    assert.equal((await wiki.article("A")).value.kind, "article");
  });

  it("keeps the files of other folders when one may not be looked into", async (t) => {
    const dir = await temporaryFolder(t);
    await chmod(dir, 0o755);
    await mkdir(join(dir, "lost+found"), 0o000);
    await writeFile(join(dir, "a.md"), "# A");
    const log = new LogDouble();
    const wiki = createMarkdownSource({ dir, language: "en", log, rescanMs: 0 });

    const { kind } = await unprivileged(async () => (await wiki.article("A"), articleOf(wiki, "A")));
    await chmod(join(dir, "lost+found"), 0o700);

    assert.equal(kind, "article");
    assert.deepEqual(warningsOf(log), [
      { level: "warn", fields: { path: "lost+found", reason: "EACCES" }, message: "left out of the wiki" },
    ]);
  });

  it("tells of a file that cannot be read and why once, and again when it has changed", async (t) => {
    const dir = await temporaryFolder(t);
    const log = new LogDouble();
    const wiki = createMarkdownSource({ dir, language: "en", log, rescanMs: 0 });
    await writeFile(join(dir, "huge.md"), "# Huge");
    await truncate(join(dir, "huge.md"), 2 * 1024 * 1024 + 1);

    await wiki.article("Huge");
    await wiki.article("Huge");
    await appendFile(join(dir, "huge.md"), "more");
    await wiki.article("Huge");

    const told = {
      level: "warn",
      fields: { path: "huge.md", reason: "larger than 2 MB" },
      message: "left out of the wiki",
    };
    assert.deepEqual(warningsOf(log), [told, told]);
  });

  it("tells once of a file that is not written in UTF-8, or whose front matter is no YAML", async (t) => {
    const dir = await temporaryFolder(t);
    const log = new LogDouble();
    const wiki = createMarkdownSource({ dir, language: "de", log, rescanMs: 0 });
    await writeFile(join(dir, "a.md"), Buffer.from("# Größe", "latin1"));
    await writeFile(join(dir, "b.md"), "---\ntitle: B: b\n---\n# Beta");
    await writeFile(join(dir, "c.md"), Buffer.from("# Velm", "utf16le"));

    const titles = [await articleOf(wiki, "größe"), await articleOf(wiki, "Beta")].map(({ title }) => title);

    assert.deepEqual(titles, ["Größe", "Beta"]);
    assert.deepEqual(Object.fromEntries(warningsOf(log).map(({ fields, message }) => [message, fields])), {
      "not written in UTF-8": { path: "a.md", guess: "Windows-1252" },
      "front matter not understood; the file is read without it": {
        path: "b.md",
        reason: "BLOCK_AS_IMPLICIT_KEY in line 2",
      },
      "left out of the wiki": { path: "c.md", reason: "neither UTF-8 nor another encoding that is known" },
    });
    assert.equal(warningsOf(log).length, 3);
  });

  it("dates an article as the article itself does, and not by when its file was copied", async (t) => {
    const dir = await temporaryFolder(t);
    await writeFile(join(dir, "a.md"), "---\ndate: 2026-11-01\n---\n# A");
    await writeFile(join(dir, "b.md"), "# B");

    const articles = [await articleOf(open(dir), "A"), await articleOf(open(dir), "B")];

    assert.deepEqual(
      articles.map(({ revisedAt }) => revisedAt),
      ["2026-11-01T00:00:00.000Z", undefined],
    );
  });

  it("reads folders within, and neither hidden ones nor what links lead to", async (t) => {
    const [dir, outside] = await Promise.all([temporaryFolder(t), temporaryFolder(t)]);
    await mkdir(join(dir, "planets"));
    await mkdir(join(dir, ".git"));
    await writeFile(join(dir, "planets", "mars.md"), "# Mars");
    await writeFile(join(dir, ".git", "hidden.md"), "# Hidden");
    await writeFile(join(dir, ".draft.md"), "# Draft");
    await writeFile(join(outside, "secret.md"), "# Secret");
    await symlink(join(outside, "secret.md"), join(dir, "linked.md"));
    await symlink(outside, join(dir, "linked"));

    const titles = ["Mars", "Hidden", "Draft", "Secret", "linked", "../planets/mars", "/etc/hostname"];
    const kinds = await Promise.all(titles.map(async (title) => (await open(dir).article(title)).value.kind));

    assert.deepEqual(kinds, ["article", "missing", "missing", "missing", "missing", "missing", "missing"]);
  });

  it("offers on a disambiguation page the articles that are there", async (t) => {
    const dir = await temporaryFolder(t);
    await mkdir(join(dir, "sub"));
    await writeFile(join(dir, "sub", "x y.md"), "# X Y");
    await writeFile(join(dir, "z.md"), "# Z");
    const links =
      "- [X](x%20y.md), of [Z](../z.md)\n- [Z](../z.md#top)\n- [gone](gone.md)\n- [web](https://example.org/z.md)\n";
    await writeFile(join(dir, "sub", "w.md"), `---\ndisambiguation: true\n---\n# W\n${links}`);

    const { kind, choices } = await articleOf(open(dir), "W");

    assert.equal(kind, "disambiguation");
    assert.deepEqual(choices, ["X Y", "Z"]);
  });

  it("cuts what was pasted into a page into passages that one can find", async (t) => {
    const dir = await temporaryFolder(t);
    const rows = Array.from({ length: 20_000 }, (_, row) => `2026-11-01 ${row} connected`);
    const cell = "far too long ".repeat(2_000);
    await writeFile(
      join(dir, "a.md"),
      `# A\n\n\`\`\`\n${rows.join("\n")}\n\`\`\`\n\n${rows.join(". ")}\n\n- ${cell}\n\n| a |\n|---|\n| ${cell} |\n`,
    );

    const { sections } = await articleOf(open(dir), "A");

    const passages = sections[0]?.passages ?? [];
    assert.ok(passages.every(({ text }) => text.length <= 3_000));
    assert.match(passages[1]?.text ?? "", /^2026-11-01 \d+ connected\n2026/);
    assert.deepEqual([...new Set(passages.map(({ kind }) => kind))], ["code", "paragraph", "list", "table"]);
  });

  it("finds words without their accents, and words of scripts without spaces", async (t) => {
    const dir = await temporaryFolder(t);
    await writeFile(join(dir, "a.md"), "# Ångström\n\nUne unité nommée d'après un physicien.");
    await writeFile(join(dir, "b.md"), "# 東京\n\n東京は日本の首都である。");

    const found = await Promise.all(
      ["angstrom nommee", "首都"].map(async (query) => (await open(dir).search(query)).value[0]?.title),
    );

    assert.deepEqual(found, ["Ångström", "東京"]);
  });

  it("links to where its articles are served", async (t) => {
    const dir = await temporaryFolder(t);
    await writeFile(join(dir, "a.md"), "# AC/DC (band)");
    const wiki = createMarkdownSource({
      dir,
      language: "en",
      log: silentLog,
      urlBase: "http://127.0.0.1:3000/articles",
    });

    const { url, permalink, revision } = await articleOf(wiki, "AC/DC (band)");

    assert.equal(url, "http://127.0.0.1:3000/articles/AC/DC_%28band%29");
    assert.equal(permalink, `${url}?revision=${revision}`);
  });

  it("is unavailable while a folder that had files has none, as one whose volume is not mounted", async (t) => {
    const dir = await temporaryFolder(t);
    const wiki = open(dir, 0);
    await writeFile(join(dir, "a.md"), "# A");
    await wiki.article("A");

    await unlink(join(dir, "a.md"));
    const lookup = wiki.article("A");

    await assert.rejects(lookup, { kind: "wiki-unavailable", message: "the wiki's folder is empty" });
  });

  it("lets go whoever leaves while the folder is read, and reads on for the others", async (t) => {
    const dir = await temporaryFolder(t);
    await writeFile(join(dir, "a.md"), "# A");
    const wiki = open(dir);
    const leaving = new AbortController();

    const gone = wiki.article("A", { signal: leaving.signal });
    const staying = wiki.article("A");
    leaving.abort();

    await assert.rejects(gone, { kind: "cancelled" });
    assert.equal((await staying).value.kind, "article");
  });

  it("is unavailable while there is no such folder, and well again when there is", async (t) => {
    const dir = join(await temporaryFolder(t), "later");
    const wiki = open(dir, 0);

    await assert.rejects(wiki.search("x"), {
      name: "Failure",
      kind: "wiki-unavailable",
      message: "the wiki's folder cannot be read",
    });
    const during = wiki.health();
    await mkdir(dir);
    await wiki.search("x");

    assert.deepEqual(during, { state: "failing", reason: "the wiki's folder cannot be read" });
    assert.deepEqual(wiki.health(), { state: "ok" });
  });
});

function open(dir: string, rescanMs = 1_000): WikiSource {
  return createMarkdownSource({ dir, language: "en", log: silentLog, rescanMs });
}

async function articleOf(wiki: WikiSource, title: string): Promise<Article> {
  const { value } = await wiki.article(title);
  assert.ok("sections" in value, `${title} is ${value.kind}`);
  return value;
}

function warningsOf(log: LogDouble): LogDouble["lines"] {
  return log.lines.filter(({ level }) => level === "warn");
}
