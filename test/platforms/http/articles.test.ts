import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Article } from "../../../src/core/article.ts";
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
  ["Heian-kyō@6", GONE],
]);

const articles = {
  article: async (title: string, { revision = "7" }: { readonly revision?: string } = {}) => ({
    value: REVISIONS.get(`${title}@${revision}`) ?? { kind: "missing" as const, title },
    outcome: "hit" as const,
    loadedAt: "2026-11-01T00:00:00Z",
  }),
};

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
