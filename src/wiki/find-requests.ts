import { combineOutcomes, type Cached } from "../core/cache.ts";
import { toFailure, type Failure } from "../core/failure.ts";
import type { LookupOptions, SearchHit, WikiSource } from "../core/wiki.ts";
import type { ReadArticle } from "./rank-match.ts";

/** The wiki as one question may use it: so many requests and no more, counted as if nothing were cached. */
export interface WikiRequests {
  /** How many are left. */
  left(): number;
  /** Finds nothing when no request is left, nor when the wiki fails and something has been read already: the answer is made of that. */
  search(query: string): Promise<readonly SearchHit[]>;
  /** Reads as many of the titles as requests are left, together; titles read before and missing ones are passed over. */
  read(titles: readonly string[]): Promise<void>;
  /** Titles that begin like the prefix; none when no request is left. */
  suggest(prefix: string): Promise<readonly string[]>;
  /** In the order they were asked for. */
  articles(): readonly ReadArticle[];
  /** The value with what the lookups behind it say of its age. */
  cached<T>(value: T): Cached<T>;
}

const SEARCH_LIMIT = 20;

export function openRequests(source: WikiSource, lookup: LookupOptions, limit: number): WikiRequests {
  const lookups: Cached<unknown>[] = [];
  const asked = new Set<string>();
  const articles: ReadArticle[] = [];
  let left = limit;
  let isIntroduced = false;
  let hasFailed = false;

  /** A wiki whose first request is not a search is asked what it is besides, which costs one request more. */
  function introduce(): void {
    if (!isIntroduced) left -= 1;
    isIntroduced = true;
  }

  /** What cannot be had does not spoil the answer that what has been read gives. */
  function endUnlessRead(failure: Failure): void {
    if (articles.length === 0 || failure.kind === "cancelled" || lookup.signal?.aborted) throw failure;
  }

  async function readOne(title: string): Promise<ReadArticle | undefined> {
    const found = await source.article(title, lookup);
    lookups.push(found);
    const article = found.value;
    if (!("sections" in article)) return undefined;
    return found.outcome === "stale" ? { article, staleSince: found.loadedAt } : { article };
  }

  return {
    left: () => left,
    async search(query) {
      if (left < 1 || hasFailed) return [];
      left -= 1;
      isIntroduced = true;
      try {
        const hits = await source.search(query, { ...lookup, limit: SEARCH_LIMIT });
        lookups.push(hits);
        return hits.value;
      } catch (error) {
        endUnlessRead(toFailure(error));
        hasFailed = true;
        return [];
      }
    },
    async read(titles) {
      if (titles.length > 0) introduce();
      const fresh = [...new Set(titles)].filter((title) => !asked.has(title)).slice(0, Math.max(0, left));
      for (const title of fresh) asked.add(title);
      left -= fresh.length;
      const results = await Promise.allSettled(fresh.map(readOne));
      for (const result of results) {
        if (result.status === "fulfilled" && result.value !== undefined) addOnce(articles, result.value);
      }
      const failure = firstFailure(results);
      if (failure !== undefined) endUnlessRead(failure);
    },
    async suggest(prefix) {
      introduce();
      if (left < 1) return [];
      left -= 1;
      const titles = await source.suggest(prefix, lookup);
      lookups.push(titles);
      return titles.value;
    },
    articles: () => articles,
    cached: (value) => ({
      value,
      outcome: combineOutcomes(lookups.map(({ outcome }) => outcome)),
      loadedAt: lookups.map(({ loadedAt }) => loadedAt).toSorted()[0] ?? new Date().toISOString(),
    }),
  };
}

/** Two titles may lead to one article. */
function addOnce(articles: ReadArticle[], read: ReadArticle): void {
  if (articles.every(({ article }) => article.permalink !== read.article.permalink)) articles.push(read);
}

export function firstFailure(results: readonly PromiseSettledResult<unknown>[]): Failure | undefined {
  const rejected = results.find((result) => result.status === "rejected");
  return rejected === undefined ? undefined : toFailure(rejected.reason);
}
