import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { WikiSource } from "../../src/core/wiki.ts";
import { createMediaWikiSource } from "../../src/wiki/mediawiki-source.ts";
import { createRequestBudget } from "../../src/wiki/request-budget.ts";
import { userAgent } from "../../src/wiki/user-agent.ts";
import { WIKI_PAGES } from "../contracts/wiki-pages.ts";
import { describeWikiSource } from "../contracts/wiki-source.ts";
import { silentLog } from "../fakes/log.ts";
import { startMediaWiki, withoutMediaWiki, type MediaWiki } from "../support/mediawiki.ts";
import { pagesDump } from "../support/wiki-pages.ts";

let server: Promise<MediaWiki> | undefined;
after(async () => (await server)?.stop());

describeWikiSource("a real MediaWiki", open, { skip: withoutMediaWiki });

describe("a real MediaWiki", { skip: withoutMediaWiki }, () => {
  it("serves the pages its links lead to", async () => {
    const wiki = await open();
    const { value } = await wiki.article("Mercury (planet)");
    assert.ok("sections" in value);

    const [page, revision] = await Promise.all([textAt(value.url), textAt(value.permalink)]);

    assert.match(page, /Mercury orbits the Sun every 88 days/);
    assert.match(revision, /Mercury orbits the Sun every 88 days/);
    assert.ok(page.includes(`id="${value.sections[2]?.anchor.replace("&", "&amp;")}"`));
  });

  it("tells in one reply when revisions were made, of those there are", async () => {
    const wiki = await open();
    const found = await Promise.all(["C++", "100%"].map((title) => wiki.article(title)));
    const revisions = found.map(({ value }) => ("revision" in value ? value.revision : value.kind));

    const dates = await wiki.revisedAt?.([...revisions, "99999999"]);

    assert.deepEqual(dates, new Map(revisions.map((revision) => [revision, "2026-01-01T00:00:00Z"])));
  });
});

async function open(): Promise<WikiSource> {
  server ??= startMediaWiki(pagesDump(WIKI_PAGES));
  return createMediaWikiSource({
    apiUrl: (await server).apiUrl,
    language: "en",
    userAgent: userAgent({ version: "0", contact: "ops@example.org" }),
    budget: createRequestBudget({ perMinute: 10_000 }),
    log: silentLog,
  });
}

async function textAt(address: string): Promise<string> {
  const response = await fetch(address);
  assert.equal(response.status, 200);
  return response.text();
}
