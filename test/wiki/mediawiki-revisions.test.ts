import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { WikiSource } from "../../src/core/wiki.ts";
import { createMediaWikiSource } from "../../src/wiki/mediawiki-source.ts";
import { createRequestBudget } from "../../src/wiki/request-budget.ts";
import { WIKI_PAGES } from "../contracts/wiki-pages.ts";
import { silentLog } from "../fakes/log.ts";
import { startFakeMediaWiki, status, type FakePage } from "../fakes/mediawiki.ts";

describe("a MediaWiki that is asked when revisions were made", () => {
  it("is asked once for the dates of several revisions", async (t) => {
    const pages: readonly FakePage[] = [
      { title: "Velm", lead: "", revisedAt: "2026-10-01T12:00:00Z" },
      { title: "Arlen", lead: "", revisedAt: "2026-10-02T12:00:00Z" },
    ];
    const fake = await startFakeMediaWiki(t, { pages });

    const dates = await open(fake).revisedAt?.(["100", "101", "999", "a hash"]);

    assert.deepEqual(dates, new Map(Object.entries({ 100: "2026-10-01T12:00:00Z", 101: "2026-10-02T12:00:00Z" })));
    assert.deepEqual(
      fake.requests.map(({ parameters }) => parameters),
      [{ action: "query", prop: "revisions", rvprop: "ids|timestamp", revids: "100|101|999" }],
    );
  });

  it("knows no date of a revision that there is not", async (t) => {
    const wiki = open(await startFakeMediaWiki(t));

    const dates = await wiki.revisedAt?.(["999"]);

    assert.deepEqual(dates, new Map());
  });

  it("is asked for fifty dates at the most, and for none when there is nothing to ask for", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = open(fake);

    await wiki.revisedAt?.(Array.from({ length: 60 }, (_, place) => String(place)));
    await wiki.revisedAt?.(["a hash"]);

    assert.deepEqual(
      fake.requests.map(({ parameters }) => parameters["revids"]?.split("|").length),
      [50],
    );
  });

  it("is unavailable when it gives as a date what is none", async (t) => {
    const pages: readonly FakePage[] = [{ title: "Velm", lead: "", revisedAt: "<b>yesterday</b>" }];
    const wiki = open(await startFakeMediaWiki(t, { pages }));

    await assert.rejects(async () => wiki.revisedAt?.(["100"]), {
      kind: "wiki-unavailable",
      message: "the wiki's reply has an unexpected shape at query.pages.0.revisions.0.timestamp",
    });
  });

  it("is unavailable when it does not answer", async (t) => {
    const fake = await startFakeMediaWiki(t);
    fake.fail(status(500));

    await assert.rejects(async () => open(fake).revisedAt?.(["100"]), { kind: "wiki-unavailable" });
  });

  it("is let go when nobody waits any more", async (t) => {
    const fake = await startFakeMediaWiki(t);
    const leaving = new AbortController();
    fake.fail(() => leaving.abort());

    await assert.rejects(async () => open(fake).revisedAt?.(["100"], { signal: leaving.signal }), {
      kind: "cancelled",
    });
  });
});

function open({ apiUrl }: { readonly apiUrl: string }): WikiSource {
  return createMediaWikiSource({
    apiUrl,
    language: "en",
    userAgent: "Footnote/0 (ops@example.org) node/24",
    budget: createRequestBudget({ perMinute: 1_000 }),
    log: silentLog,
  });
}
