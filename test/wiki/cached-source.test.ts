import assert from "node:assert/strict";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { openCache } from "../../src/cache/open-cache.ts";
import type { Article, NoArticle } from "../../src/core/article.ts";
import type { Cache, CacheEntryOptions } from "../../src/core/cache.ts";
import { cachedSource } from "../../src/wiki/cached-source.ts";
import { createMarkdownSource } from "../../src/wiki/markdown-source.ts";
import { createMediaWikiSource } from "../../src/wiki/mediawiki-source.ts";
import { createRequestBudget } from "../../src/wiki/request-budget.ts";
import { WIKI_PAGES } from "../contracts/wiki-pages.ts";
import { describeWikiSource } from "../contracts/wiki-source.ts";
import { silentLog } from "../fakes/log.ts";
import { page, plainWiki } from "../fakes/plain-wiki.ts";
import { startFakeMediaWiki, status, type FakeMediaWiki } from "../fakes/mediawiki.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

describeWikiSource("a cached MediaWiki", async (t) => {
  const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
  return cachedSource(sourceOf(fake), openMemory(t));
});

describe("a cached wiki", () => {
  it("is not asked again for an article under any of its names", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = cachedSource(sourceOf(fake), openMemory(t));
    await wiki.article("Quicksilver");
    const asked = fake.requests.length;

    const again = await Promise.all([
      wiki.article("Quicksilver"),
      wiki.article(" Quicksilver_ "),
      wiki.article("Mercury (element)"),
      wiki.article("Mercury (element)", { revision: "101" }),
    ]);

    assert.deepEqual(
      again.map(({ outcome }) => outcome),
      ["hit", "hit", "hit", "hit"],
    );
    assert.equal(fake.requests.length, asked);
  });

  it("is not asked again for a search or for suggestions", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = cachedSource(sourceOf(fake), openMemory(t));
    await wiki.search("quicksilver");
    await wiki.suggest("merc");

    const again = [await wiki.search("quicksilver "), await wiki.suggest("merc")];

    assert.deepEqual(
      again.map(({ outcome }) => outcome),
      ["hit", "hit"],
    );
    assert.equal(fake.requests.length, 2);
  });

  it("is asked again for another limit or another language", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = cachedSource(sourceOf(fake), openMemory(t));
    await wiki.search("mercury", { limit: 1 });

    const more = await wiki.search("mercury", { limit: 2 });
    const german = await wiki.search("mercury", { limit: 1, language: "de" });

    assert.deepEqual([more.outcome, more.value.length, german.outcome], ["miss", 2, "miss"]);
  });

  it("is not asked again when a revision was made", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = cachedSource(sourceOf(fake), openMemory(t));
    await wiki.revisedAt?.(["100", "101"]);

    const again = await wiki.revisedAt?.(["101"]);

    assert.deepEqual([...(again?.keys() ?? [])], ["101"]);
    assert.equal(fake.requests.length, 1);
  });

  it("is asked once for the dates of several revisions, whatever is known of some", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = cachedSource(sourceOf(fake), openMemory(t));
    await wiki.revisedAt?.(["100"]);

    const dates = await wiki.revisedAt?.(["100", "101", "103"]);

    assert.deepEqual([...(dates?.keys() ?? [])], ["100", "101", "103"]);
    assert.equal(fake.requests.length, 2);
  });

  it("is asked once for a date that two want at the same time", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = cachedSource(sourceOf(fake), openMemory(t));

    const both = await Promise.all([wiki.revisedAt?.(["100", "101"]), wiki.revisedAt?.(["101", "100"])]);

    assert.deepEqual(
      both.map((dates) => dates?.size),
      [2, 2],
    );
    assert.equal(fake.requests.length, 1);
  });

  it("tells dates of another language from its own", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = cachedSource(sourceOf(fake), openMemory(t));

    await wiki.revisedAt?.(["100"]);
    await wiki.revisedAt?.(["100"], { language: "de" });

    assert.equal(fake.requests.length, 2);
  });

  it("keeps a date for a week, and for a minute that there is none", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const lifetimes: (number | undefined)[] = [];
    const wiki = cachedSource(sourceOf(fake), noteLifetimes(openMemory(t), lifetimes));

    await wiki.revisedAt?.(["100"]);
    await wiki.revisedAt?.(["999"]);

    assert.deepEqual(lifetimes, [604_800, 60]);
  });

  it("tells dates only where the wiki does", (t) => {
    const wiki = cachedSource(plainWiki([]), openMemory(t));

    assert.equal(wiki.revisedAt, undefined);
  });

  it("does not believe for more than a minute that an article is missing", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const lifetimes: (number | undefined)[] = [];
    const wiki = cachedSource(sourceOf(fake), noteLifetimes(openMemory(t), lifetimes));

    await wiki.article("Nothing of the kind");
    await wiki.article("C++");

    assert.deepEqual(lifetimes, [60, undefined]);
  });

  it("keeps nothing of a failure", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const wiki = cachedSource(sourceOf(fake), openMemory(t));
    fake.fail(status(500));

    await assert.rejects(wiki.search("quicksilver"), { kind: "wiki-unavailable" });
    const { outcome, value } = await wiki.search("quicksilver");

    assert.deepEqual([outcome, value.length], ["miss", 1]);
  });

  it("shares a cache with another wiki without being mistaken for it", async (t) => {
    const cache = openMemory(t);
    const [one, two] = await Promise.all([
      startFakeMediaWiki(t, { pages: [{ title: "Velm", lead: "The first." }] }),
      startFakeMediaWiki(t, { pages: [{ title: "Velm", lead: "The second." }] }),
    ]);
    await cachedSource(sourceOf(one), cache).article("Velm");

    const { outcome } = await cachedSource(sourceOf(two), cache).article("Velm");

    assert.equal(outcome, "miss");
  });

  it("is not mistaken for another of the same name", async (t) => {
    const cache = openMemory(t);
    const one = plainWiki([page("Velm", ["", "The first."])], { id: "https://plain.example/one/api.php" });
    const two = plainWiki([page("Velm", ["", "The second."])], { id: "https://plain.example/two/api.php" });
    await cachedSource(one, cache).article("Velm");
    await cachedSource(one, cache).search("velm");
    await cachedSource(one, cache).suggest("velm");

    await cachedSource(two, cache).article("Velm");
    await cachedSource(two, cache).search("velm");
    await cachedSource(two, cache).suggest("velm");

    assert.deepEqual(two.requests, ["article:Velm", "search:velm", "suggest:velm"]);
  });

  it("is away as a whole, in whichever way it was asked, and in another language by itself", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const origins = new Set<string | undefined>();
    const wiki = cachedSource(
      sourceOf(fake),
      noteOptions(openMemory(t), ({ origin }) => origins.add(origin)),
    );

    await wiki.search("quicksilver");
    await wiki.suggest("merc");
    await wiki.article("C++");
    await wiki.article("C++", { revision: "999" });
    await wiki.revisedAt?.(["100"]);
    await wiki.search("quicksilver", { language: "de" });

    assert.equal(origins.size, 2);
  });

  it("serves no article of a folder that has changed since, unless asked for that revision", async (t) => {
    const dir = await temporaryFolder(t);
    const source = createMarkdownSource({ dir, language: "en", log: silentLog, rescanMs: 0 });
    const wiki = cachedSource(source, openMemory(t));
    await writeFile(join(dir, "a.md"), "# A\n\nold");

    const before = [await wiki.article("A"), await wiki.article("A")];
    await writeFile(join(dir, "a.md"), "# A\n\nnew");
    const after = await wiki.article("A");

    const cited = await wiki.article("A", { revision: revisionOf(before[0]!.value) });

    assert.deepEqual(textOf(cited.value), "old");
    assert.deepEqual(
      [...before, after].map(({ outcome }) => outcome),
      ["miss", "hit", "miss"],
    );
  });

  it("serves stale what it has of a folder that is gone, for a day, and then the folder again", async (t) => {
    const dir = await temporaryFolder(t);
    await mkdir(join(dir, "wiki"));
    await writeFile(join(dir, "wiki", "a.md"), "# A\n\nold");
    const source = createMarkdownSource({ dir: join(dir, "wiki"), language: "en", log: silentLog, rescanMs: 0 });
    const wiki = cachedSource(source, openMemory(t));
    t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
    await wiki.article("A");
    await wiki.search("old");
    await wiki.suggest("a");

    await rename(join(dir, "wiki"), join(dir, "elsewhere"));
    t.mock.timers.setTime(Date.now() + 20 * 3_600_000);
    const gone = [await wiki.article("A"), await wiki.search("old"), await wiki.suggest("a")];
    await assert.rejects(wiki.article("B"), { kind: "wiki-unavailable" });
    await rename(join(dir, "elsewhere"), join(dir, "wiki"));
    t.mock.timers.setTime(Date.now() + 60_000);
    const back = [await wiki.article("A"), await wiki.search("old"), await wiki.suggest("a")];

    assert.deepEqual(
      [...gone, ...back].map(({ outcome }) => outcome),
      ["stale", "stale", "stale", "miss", "miss", "miss"],
    );
  });

  it("is not to be had of a folder that was never there", async (t) => {
    const source = createMarkdownSource({ dir: "/nowhere/of/the/kind", language: "en", log: silentLog });

    await assert.rejects(cachedSource(source, openMemory(t)).article("A"), { kind: "wiki-unavailable" });
  });
});

function revisionOf(value: Article | NoArticle): string {
  return "revision" in value ? value.revision : value.kind;
}

function textOf(value: Article | NoArticle): string | undefined {
  return "sections" in value ? value.sections[0]?.passages[0]?.text : value.kind;
}

function openMemory(t: TestContext): Cache {
  const cache = openCache({ ttlSeconds: 600, log: silentLog });
  t.after(() => cache.close());
  return cache;
}

function noteLifetimes(cache: Cache, lifetimes: (number | undefined)[]): Cache {
  return noteOptions(cache, ({ ttlSeconds }, value) => lifetimes.push(ttlSeconds?.(value)));
}

function noteOptions(cache: Cache, note: (options: CacheEntryOptions<unknown>, value: unknown) => void): Cache {
  return {
    put: (prefix, args, value, options) => cache.put(prefix, args, value, options),
    stats: () => cache.stats(),
    clear: () => cache.clear(),
    close: () => cache.close(),
    async getOrLoad(prefix, args, load, options = {}) {
      const cached = await cache.getOrLoad(prefix, args, load, options);
      note(options as CacheEntryOptions<unknown>, cached.value);
      return cached;
    },
  };
}

function sourceOf({ apiUrl }: FakeMediaWiki): ReturnType<typeof createMediaWikiSource> {
  return createMediaWikiSource({
    apiUrl,
    language: "en",
    userAgent: "Footnote/0 (ops@example.org) node/24",
    budget: createRequestBudget({ perMinute: 1_000 }),
    log: silentLog,
  });
}
