import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Article, Passage } from "../../../src/core/article.ts";
import { createHttpFootnote } from "../../fakes/http-footnote.ts";

const KYOTO: Article = {
  kind: "article",
  title: "Kyoto <script>",
  language: "en",
  url: "http://127.0.0.1:3000/articles/Kyoto",
  permalink: "http://127.0.0.1:3000/articles/Kyoto?revision=7",
  revision: "7",
  sections: [
    { title: "", anchor: "", level: 1, passages: [{ kind: "paragraph", text: "A city & <b>more</b>." }] },
    { title: "History", anchor: "history", level: 2, passages: [{ kind: "paragraph", text: "Since 794." }] },
  ],
  choices: [],
};

const row = (text: string, ...cells: readonly (readonly [name: string, text: string])[]): Passage => ({
  kind: "table",
  text,
  parts: cells.map(([name, cell]) => ({ name, text: cell })),
});

const MOONS: Article = {
  ...KYOTO,
  title: "Moons",
  revisedAt: "2026-10-01T12:00:00Z",
  sections: [
    {
      title: "",
      anchor: "",
      level: 1,
      passages: [
        { kind: "paragraph", text: "It has two moons." },
        {
          kind: "list",
          text: "Phobos. It is near. Deimos",
          parts: [
            { name: "", text: "Phobos. It is near." },
            { name: "", text: "Deimos" },
          ],
        },
        row("Moon: Phobos; Size & shape: 22 km", ["Moon", "Phobos"], ["Size & shape", "22 km"]),
        row("Moon: Deimos", ["Moon", "Deimos"], ["Size & shape", ""]),
        row("Year: 1877", ["Year", "1877"]),
        { kind: "code", text: "cd moons\n  rm -rf <build>" },
      ],
    },
  ],
};

const AC_DC: Article = { ...KYOTO, title: "AC/DC" };

const OLDER: Article = {
  ...KYOTO,
  revision: "6",
  sections: [{ title: "", anchor: "", level: 1, passages: [{ kind: "paragraph", text: "A town." }] }],
};
const GONE: Article = { ...OLDER, title: "Heian-kyō" };

const REVISIONS = new Map([
  ["Kyoto (city)@7", KYOTO],
  ["Kyoto (city)@6", OLDER],
  ["AC/DC@7", AC_DC],
  ["Moons@7", MOONS],
  ["Heian-kyō@6", GONE],
]);

const articles = {
  article: async (title: string, { revision = "7" }: { readonly revision?: string } = {}) => ({
    value: REVISIONS.get(`${title}@${revision}`) ?? { kind: "missing" as const, title },
    outcome: "hit" as const,
    loadedAt: "2026-11-01T00:00:00Z",
  }),
};

async function pageOf(path: string): Promise<string> {
  const { platform } = createHttpFootnote({ articles });
  return (await platform.request(path)).text();
}

describe("GET /articles/{title}", () => {
  it("shows an article as text, its sections under their anchors", async () => {
    const { platform } = createHttpFootnote({ articles });

    const response = await platform.request("/articles/Kyoto_%28city%29?revision=7");

    const page = await response.text();
    assert.match(response.headers.get("content-type") ?? "", /^text\/html/);
    assert.match(page, /A city &amp; &lt;b&gt;more&lt;\/b&gt;\./);
    assert.match(page, /<h2 id="history">History<\/h2>/);
    assert.doesNotMatch(page, /<script>|class="notice"/);
  });

  it("shows lists as lists, and rows with the same columns as one table", async () => {
    const page = await pageOf("/articles/Moons");

    assert.match(page, /<ul>\s*<li>Phobos. It is near\.<\/li>\s*<li>Deimos<\/li>\s*<\/ul>/);
    assert.equal(page.match(/<table>/g)?.length, 2);
    assert.match(page, /<th scope="col">Moon<\/th>\s*<th scope="col">Size &amp; shape<\/th>/);
    assert.match(page, /<td>Phobos<\/td>\s*<td>22 km<\/td>[^]*<td>Deimos<\/td>\s*<td><\/td>/);
  });

  it("shows code as it is", async () => {
    const page = await pageOf("/articles/Moons?quote=cd%20moons");

    assert.match(page, /<pre><mark id="cited">cd moons<\/mark>\n  rm -rf &lt;build&gt;<\/pre>/);
  });

  it("marks what is quoted, and gives the first of it a fragment", async () => {
    const page = await pageOf(
      "/articles/Moons?revision=7&quote=two%20moons&quote=Moon:%20Phobos;%20Size%20%26%20shape",
    );

    assert.match(page, /<p>It has <mark id="cited">two moons<\/mark>\.<\/p>/);
    assert.match(page, /<td>\s*<mark>Phobos<\/mark>\s*<\/td>\s*<td>\s*<mark>22 km<\/mark>\s*<\/td>/);
    assert.doesNotMatch(page, /<mark>Deimos/);
  });

  it("marks the items that a quotation of a list holds", async () => {
    const page = await pageOf("/articles/Moons?quote=It%20is%20near.%20Deimos");

    assert.match(page, /<li>Phobos\. It is near\.<\/li>\s*<li>\s*<mark id="cited">Deimos<\/mark>\s*<\/li>/);
  });

  it("marks nothing for a quotation that is not there, whatever it holds", async () => {
    const page = await pageOf("/articles/Moons?quote=%3Cscript%3E&quote=&quote=%20");

    assert.doesNotMatch(page, /<mark|<script/);
  });

  it("leads back to Footnote, and says which revision it is", async () => {
    const page = await pageOf("/articles/Moons");

    assert.match(page, /<a class="wordmark" href="\/">Footnote/);
    assert.match(page, /Revision 7 of 1 October 2026/);
  });

  it("shows an article whose title holds a slash", async () => {
    const { platform } = createHttpFootnote({ articles });

    const responses = [
      await platform.request("/articles/AC/DC?revision=7"),
      await platform.request("/articles/AC%2FDC?revision=7"),
    ];

    assert.deepEqual(
      responses.map(({ status }) => status),
      [200, 200],
    );
  });

  it("shows the revision that is cited when the article has changed since, and says so", async () => {
    const { platform } = createHttpFootnote({ articles });

    const response = await platform.request("/articles/Kyoto_%28city%29?revision=6");

    const page = await response.text();
    assert.match(page, /<p>A town\.<\/p>/);
    assert.match(page, /class="notice">The article has changed since\. This is revision 6/);
    assert.match(page, /<a href="http:\/\/127\.0\.0\.1:3000\/articles\/Kyoto">/);
  });

  it("shows the article as it is when the revision that is cited is not kept, and says so", async () => {
    const { platform } = createHttpFootnote({ articles });

    const response = await platform.request("/articles/Kyoto_%28city%29?revision=5");

    const page = await response.text();
    assert.match(page, /A city &amp;/);
    assert.match(page, /class="notice">The footnote cites revision 5, which is not kept\. This is revision 7/);
  });

  it("shows the revision that is cited of an article that is gone", async () => {
    const { platform } = createHttpFootnote({ articles });

    const response = await platform.request("/articles/Heian-ky%C5%8D?revision=6");

    assert.match(await response.text(), /class="notice">The article is no longer there\./);
  });

  it("answers 404 for an article that is not there", async () => {
    const { platform } = createHttpFootnote({ articles });

    const response = await platform.request("/articles/Nothing");

    assert.equal(response.status, 404);
  });

  it("shows nothing without the token, where there is one", async () => {
    const { platform } = createHttpFootnote({ articles, settings: { apiToken: "s3cret-token" } });

    const response = await platform.request("/articles/Kyoto_%28city%29");

    assert.equal(response.status, 401);
  });

  it("is not served for a wiki with addresses of its own", async () => {
    const { platform } = createHttpFootnote();

    const response = await platform.request("/articles/Kyoto_%28city%29");

    assert.equal(response.status, 404);
  });
});
