import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { sectionUrl, type Article, type NoArticle } from "../../src/core/article.ts";
import type { WikiSource } from "../../src/core/wiki.ts";

/** Every source answers the same about the pages of wiki-pages.ts. `open` gives one that has answered nothing yet. */
export function describeWikiSource(
  name: string,
  open: (t: TestContext) => WikiSource | Promise<WikiSource>,
  options: { readonly skip?: string | false } = {},
): void {
  describe(`${name} as a wiki`, options, () => {
    it("gives an article with its sections in order", async (t) => {
      const wiki = await open(t);

      const planet = await articleOf(wiki, "Mercury (planet)");

      assert.equal(planet.kind, "article");
      assert.equal(planet.title, "Mercury (planet)");
      assert.equal(planet.language, "en");
      assert.deepEqual(
        planet.sections.map(({ title, level }) => [title, level]),
        [
          ["", 1],
          ["Orbit", 2],
          ["Surface & craters", 2],
        ],
      );
    });

    it("gives paragraphs, lists and rows of tables as text that can be read alone", async (t) => {
      const wiki = await open(t);

      const { sections } = await articleOf(wiki, "Mercury (planet)");

      const passages = sections[2]?.passages.map(({ kind, text }) => ({ kind, text }));
      assert.deepEqual(passages, [
        { kind: "paragraph", text: "The surface is heavily cratered." },
        { kind: "list", text: "plains between craters; scarps" },
        { kind: "table", text: "Crater: Caloris; Diameter (km): 1,550" },
        { kind: "table", text: "Crater: Rembrandt; Diameter (km): 715" },
      ]);
    });

    it("links an article, its revision and its sections in ways that survive Markdown", async (t) => {
      const wiki = await open(t);

      const { url, permalink, revision, sections } = await articleOf(wiki, "Mercury (planet)");
      const links = [url, permalink, sectionUrl(permalink, sections[2]?.anchor ?? "")];

      assert.ok(permalink.includes(revision));
      assert.ok(
        links.every((link) => URL.canParse(link) && /Mercury_%28planet%29/.test(link) && !/[()\s<>"']/.test(link)),
      );
    });

    it("gives what is plain JSON", async (t) => {
      const wiki = await open(t);

      const article = await articleOf(wiki, "Quicksilver");

      assert.deepEqual(JSON.parse(JSON.stringify(article)), article);
    });

    it("takes underscores, spare spaces and a small first letter as MediaWiki does", async (t) => {
      const wiki = await open(t);

      const planet = await articleOf(wiki, " mercury_(planet) ");

      assert.equal(planet.title, "Mercury (planet)");
      assert.equal(planet.redirectedFrom, undefined);
    });

    it("follows a redirect and reports it", async (t) => {
      const wiki = await open(t);

      const element = await articleOf(wiki, "Quicksilver");

      assert.equal(element.title, "Mercury (element)");
      assert.equal(element.redirectedFrom, "Quicksilver");
    });

    it("reports no redirect for the article's own title after one was followed", async (t) => {
      const wiki = await open(t);
      await articleOf(wiki, "Quicksilver");

      const element = await articleOf(wiki, "Mercury (element)");

      assert.equal(element.redirectedFrom, undefined);
    });

    it("gives the choices of a disambiguation page in order", async (t) => {
      const wiki = await open(t);

      const { kind, choices } = await articleOf(wiki, "Mercury");

      assert.equal(kind, "disambiguation");
      assert.deepEqual(choices, ["Mercury (planet)", "Mercury (element)"]);
    });

    for (const title of ["AT&T", "C++", "What?", "100%", "Ångström", "東京"]) {
      it(`finds ${title} by its title, and its links lead back to it`, async (t) => {
        const wiki = await open(t);

        const article = await articleOf(wiki, title);
        const { pathname } = new URL(article.url);

        assert.equal(article.title, title);
        assert.equal(decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1)), title);
      });
    }

    it("says that a page is missing", async (t) => {
      const wiki = await open(t);

      const { value } = await wiki.article("Nothing of the kind");

      assert.deepEqual(value, { kind: "missing", title: "Nothing of the kind" } satisfies NoArticle);
    });

    for (const title of ["C#", "<b>", "[[x]]", "", " ", "a\u0000b", "x".repeat(256)]) {
      it(`calls ${JSON.stringify(title.slice(0, 9))} no title`, async (t) => {
        const wiki = await open(t);

        const { value } = await wiki.article(title);

        assert.equal(value.kind, "invalid-title");
      });
    }

    it("gives a revision by its name", async (t) => {
      const wiki = await open(t);
      const { revision } = await articleOf(wiki, "C++");

      const { value } = await wiki.article("C++", { revision });

      assert.ok("sections" in value);
      assert.equal(value.revision, revision);
      assert.equal(value.sections[0]?.passages[0]?.text, "C++ is a language with classes.");
    });

    it("says that a revision is missing", async (t) => {
      const wiki = await open(t);

      const [number, word] = await Promise.all([
        wiki.article("C++", { revision: "99999999" }),
        wiki.article("C++", { revision: "../../secret" }),
      ]);

      assert.deepEqual([number.value.kind, word.value.kind], ["missing", "missing"]);
    });

    it("finds an article by a word of its text, with a snippet", async (t) => {
      const wiki = await open(t);

      const { value: hits } = await wiki.search("thermometers");

      assert.deepEqual(
        hits.map(({ title }) => title),
        ["Mercury (element)"],
      );
      assert.match(hits[0]?.snippet ?? "", /used in thermometers & barometers/);
    });

    it("finds an article by the beginning of a word", async (t) => {
      const wiki = await open(t);

      const { value: hits } = await wiki.search("thermom*");

      assert.deepEqual(
        hits.map(({ title }) => title),
        ["Mercury (element)"],
      );
    });

    it("finds only what holds every word", async (t) => {
      const wiki = await open(t);

      const { value: hits } = await wiki.search("Mercury craters");

      assert.deepEqual(
        hits.map(({ title }) => title),
        ["Mercury (planet)"],
      );
    });

    it("finds nothing for words that nobody wrote, nor for no words", async (t) => {
      const wiki = await open(t);

      const found = await Promise.all([wiki.search("zyzzyva"), wiki.search(" "), wiki.search('?! "" -')]);

      assert.deepEqual(
        found.map(({ value }) => value),
        [[], [], []],
      );
    });

    it("gives as many hits as wanted", async (t) => {
      const wiki = await open(t);

      const { value: hits } = await wiki.search("Mercury", { limit: 2 });

      assert.equal(hits.length, 2);
    });

    it("suggests titles that begin alike", async (t) => {
      const wiki = await open(t);

      const [many, two, none] = await Promise.all([
        wiki.suggest("mercury"),
        wiki.suggest("mercury", { limit: 2 }),
        wiki.suggest("zyzzyva"),
      ]);

      assert.deepEqual(many.value.toSorted(), ["Mercury", "Mercury (element)", "Mercury (planet)"]);
      assert.deepEqual([two.value.length, none.value.length], [2, 0]);
    });

    it("suggests the article behind a redirect", async (t) => {
      const wiki = await open(t);

      const { value: titles } = await wiki.suggest("quicks");

      assert.deepEqual(titles, ["Mercury (element)"]);
    });

    it("rejects as cancelled when the signal is aborted", async (t) => {
      const wiki = await open(t);
      const signal = AbortSignal.abort();

      await assert.rejects(wiki.article("C++", { signal }), { name: "Failure", kind: "cancelled" });
      await assert.rejects(wiki.search("C++", { signal }), { name: "Failure", kind: "cancelled" });
      await assert.rejects(wiki.suggest("C++", { signal }), { name: "Failure", kind: "cancelled" });
    });

    it("is untried at first and well after it has answered", async (t) => {
      const wiki = await open(t);
      const before = wiki.health();

      await wiki.article("C++");

      assert.deepEqual([before, wiki.health()], [{ state: "untried" }, { state: "ok" }]);
    });
  });
}

async function articleOf(wiki: WikiSource, title: string): Promise<Article> {
  const { value } = await wiki.article(title);
  assert.ok("sections" in value, `${title} is ${value.kind}`);
  return value;
}
