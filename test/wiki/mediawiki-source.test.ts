import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Article } from "../../src/core/article.ts";
import type { WikiSource } from "../../src/core/wiki.ts";
import { createMediaWikiSource, type MediaWikiSourceOptions } from "../../src/wiki/mediawiki-source.ts";
import { createRequestBudget } from "../../src/wiki/request-budget.ts";
import { WIKI_PAGES } from "../contracts/wiki-pages.ts";
import { describeWikiSource } from "../contracts/wiki-source.ts";
import { silentLog } from "../fakes/log.ts";
import { startFakeMediaWiki, type FakePage } from "../fakes/mediawiki.ts";

describeWikiSource("a MediaWiki", async (t) => open(await startFakeMediaWiki(t, { pages: WIKI_PAGES })));

describe("a MediaWiki", () => {
  it("is asked once for an article, and once for what kind of wiki it is", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = open(fake);

    await wiki.article("C++");
    await wiki.article("Quicksilver");

    assert.deepEqual(
      fake.requests.map(({ parameters }) => parameters["page"] ?? parameters["meta"]),
      ["siteinfo", "C++", "Quicksilver"],
    );
  });

  it("is asked what kind of wiki it is along with a search that comes first", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = open(fake);

    await wiki.search("quicksilver");
    await wiki.article("Mercury (element)");
    await wiki.search("thermometers");

    assert.deepEqual(
      fake.requests.map(({ parameters }) => [parameters["action"], parameters["meta"]]),
      [
        ["query", "siteinfo"],
        ["parse", undefined],
        ["query", undefined],
      ],
    );
  });

  it("is asked nothing for what cannot be a title", async (t) => {
    const fake = await startFakeMediaWiki(t);

    await open(fake).article("C#");

    assert.equal(fake.requests.length, 0);
  });

  it("calls a page that only the software can show no title", async (t) => {
    const wiki = open(await startFakeMediaWiki(t));

    const { value } = await wiki.article("Special:Random");

    assert.deepEqual(value, { kind: "invalid-title", title: "Special:Random" });
  });

  it("links to the address its readers use, with the protocol it is asked by", async (t) => {
    const wiki = open(await startFakeMediaWiki(t, { pages: WIKI_PAGES }));

    const { url, permalink } = await articleOf(wiki, "Mercury (planet)");

    assert.equal(url, "http://wiki.example/wiki/Mercury_%28planet%29");
    assert.equal(permalink, "http://wiki.example/w/index.php?title=Mercury_%28planet%29&oldid=100");
  });

  it("has an id of its own by language and by path, without credentials", () => {
    const ids = [
      open({ apiUrl: "https://{lang}.wikipedia.org/w/api.php" }),
      open({ apiUrl: "https://{lang}.wikipedia.org/w/api.php" }, { language: "de" }),
      open({ apiUrl: "https://bot:s3cret@wiki.example:8443/team/api.php" }),
    ].map(({ id }) => id);

    assert.deepEqual(ids, [
      "https://en.wikipedia.org/w/api.php",
      "https://de.wikipedia.org/w/api.php",
      "https://wiki.example:8443/team/api.php",
    ]);
  });

  it("names the licence of its texts", async (t) => {
    const rights = { url: "//creativecommons.org/licenses/by-sa/4.0/", text: "CC BY-SA 4.0" };
    const wiki = open(await startFakeMediaWiki(t, { pages: WIKI_PAGES, rights }));

    const { license } = await articleOf(wiki, "C++");

    assert.deepEqual(license, { name: "CC BY-SA 4.0", url: "http://creativecommons.org/licenses/by-sa/4.0/" });
  });

  it("names no licence whose address is not one of the web", async (t) => {
    const rights = { url: "javascript:alert(1)", text: "Mine" };
    const wiki = open(await startFakeMediaWiki(t, { pages: WIKI_PAGES, rights }));

    const { license } = await articleOf(wiki, "C++");

    assert.equal(license, undefined);
  });

  it("shows the picture that PageImages chose, as large as the page shows it", async (t) => {
    const page: FakePage = {
      title: "Velm",
      lead: "",
      html: `<p>Velm<img src="/icon.png" width="200" height="200"><img src="//img.example/thumb/a/a1/Velm%2C_2019.jpg/250px-x.jpg" width="250" height="167"></p>`,
      properties: { page_image_free: "Velm,_2019.jpg" },
    };
    const wiki = open(await startFakeMediaWiki(t, { pages: [page] }));

    const { thumbnail } = await articleOf(wiki, "Velm");

    assert.deepEqual(thumbnail, {
      url: "http://img.example/thumb/a/a1/Velm%2C_2019.jpg/250px-x.jpg",
      width: 250,
      height: 167,
    });
  });

  it("offers on a disambiguation page the first article of each entry, and nothing of other namespaces", async (t) => {
    const page: FakePage = {
      title: "Velm",
      lead: "",
      properties: { disambiguation: "" },
      html: `<ul><li><a href="/wiki/Velm_(river)" title="Velm (river)">Velm (river)</a>, in <a href="/wiki/Arlenia" title="Arlenia">Arlenia</a></li>
        <li><a href="/wiki/Talk:Velm" title="Talk:Velm">Talk</a> <a href="/wiki/TW:Velm" title="TW:Velm">TW</a></li>
        <li><a href="/w/index.php?redlink=1" class="new" title="Velm (song) (page does not exist)">Velm (song)</a></li>
        <li>Velm: a <a href="/wiki/Velm:_The_Game" title="Velm: The Game">game</a></li></ul>`,
    };
    const wiki = open(await startFakeMediaWiki(t, { pages: [page] }));

    const { choices } = await articleOf(wiki, "Velm");

    assert.deepEqual(choices, ["Velm (river)", "Velm: The Game"]);
  });

  it("gives snippets as plain text", async (t) => {
    const page: FakePage = { title: "Velm", lead: "", html: "'''Velm''' is a [[city]] &amp; a port" };
    const wiki = open(await startFakeMediaWiki(t, { pages: [page] }));

    const { value } = await wiki.search("city");

    assert.deepEqual(value, [{ title: "Velm", snippet: "Velm is a city & a port" }]);
  });

  it("is asked in the language of the look-up", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = open(fake, { apiUrl: fake.apiUrl.replace("/w/", "/{lang}/") });

    const { value } = await wiki.article("C++", { language: "pt-BR" });
    await wiki.revisedAt?.(["100"], { language: "pt-BR" });

    assert.ok("sections" in value);
    assert.equal(value.language, "pt");
    assert.ok(fake.requests.every(({ path }) => path === "/pt/api.php"));
  });

  for (const language of ["evil.example/", "../x", "e", "en@evil.example", "en\r\nx"]) {
    it(`is not asked in the language ${JSON.stringify(language)}`, async (t) => {
      const fake = await startFakeMediaWiki(t);
      const wiki = open(fake, { apiUrl: fake.apiUrl.replace("/w/", "/{lang}/") });

      await assert.rejects(wiki.article("C++", { language }), { name: "Failure", kind: "invalid-input" });
      assert.equal(fake.requests.length, 0);
    });
  }

  it("is sent the address's credentials in a header, and shows them nowhere", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = open(fake, { apiUrl: fake.apiUrl.replace("//", "//bot:s%C3%A9cret@") });

    const { url } = await articleOf(wiki, "C++");

    assert.equal(fake.requests[0]?.headers.authorization, `Basic ${Buffer.from("bot:sécret").toString("base64")}`);
    assert.doesNotMatch(`${wiki.name} ${url}`, /bot|cret/);
  });

  it("is called Wikipedia when it is, else by its host", () => {
    const names = ["https://{lang}.wikipedia.org/w/api.php", "https://wiki.example:8443/api.php"].map(
      (apiUrl) => open({ apiUrl }).name,
    );

    assert.deepEqual(names, ["Wikipedia", "wiki.example:8443"]);
  });
});

function open({ apiUrl }: { readonly apiUrl: string }, options: Partial<MediaWikiSourceOptions> = {}): WikiSource {
  return createMediaWikiSource({
    apiUrl,
    language: "en",
    userAgent: "Footnote/0 (ops@example.org) node/24",
    budget: createRequestBudget({ perMinute: 1_000 }),
    log: silentLog,
    ...options,
  });
}

async function articleOf(wiki: WikiSource, title: string): Promise<Article> {
  const { value } = await wiki.article(title);
  assert.ok("sections" in value, `${title} is ${value.kind}`);
  return value;
}
