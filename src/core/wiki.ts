import type { Article, NoArticle, Source } from "./article.ts";
import type { Cached } from "./cache.ts";

export interface LookupOptions {
  /** BCP 47; default: the language the source was made for. A source of one language ignores it. */
  readonly language?: string;
  readonly signal?: AbortSignal;
}

export interface SearchHit {
  readonly title: string;
  /** Plain text around the match; `""` when the wiki gives none. */
  readonly snippet: string;
}

/**
 * Where articles come from.
 * Every method throws {Failure} `wiki-unavailable` when the wiki does not answer or answers nonsense, `over-budget` when
 * Footnote may not ask it now, `cancelled` or `deadline` when the signal says so.
 */
export interface WikiSource {
  /**
   * Tells this wiki from every other, the language it is asked in by default included; two sources of one id have the same articles.
   * Holds no credentials. For keys, not for people.
   */
  readonly id: string;
  /** Shown to people: "Wikipedia", or the wiki's host, or the folder's name. */
  readonly name: string;
  /** Every word of `query` counts, and `word*` stands for all words that begin so; best first. `[]` when nothing matches. */
  search(query: string, options?: LookupOptions & { readonly limit?: number }): Promise<Cached<readonly SearchHit[]>>;
  /** `revision` asks for that revision instead of the current one. */
  article(
    title: string,
    options?: LookupOptions & { readonly revision?: string },
  ): Promise<Cached<Article | NoArticle>>;
  /** Titles that begin like `prefix`, at most `limit` (default 10). */
  suggest(prefix: string, options?: LookupOptions & { readonly limit?: number }): Promise<Cached<readonly string[]>>;
  /**
   * When these revisions were made, ISO 8601, by revision: the first 50, with one request. Without those the wiki does not know.
   * Only where articles come without it.
   */
  revisedAt?(revisions: readonly string[], options?: LookupOptions): Promise<ReadonlyMap<string, string>>;
  /** How the latest request to the wiki went; asks nothing. */
  health(): WikiHealth;
  /** Changes whenever an article does; only where a source can tell without asking a wiki. What was cached under another edition is out of date. */
  edition?(signal?: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

export interface WikiHealth {
  readonly state: "untried" | "ok" | "failing";
  /** Kind of trouble, constant text without addresses; only when `failing`. */
  readonly reason?: string;
}

export interface RankedSentence {
  /** Verbatim in the passage. */
  readonly text: string;
  /** Comparable within one result only. */
  readonly score: number;
}

export interface FoundPassage {
  readonly source: Source;
  /** Comparable within one result only; the passages come best first. */
  readonly score: number;
  /** The passage's sentences, best first, with how well each answers the question. */
  readonly sentences: readonly RankedSentence[];
}

export interface PassagesFound {
  readonly passages: readonly FoundPassage[];
  /** Titles that were looked at or offered by the search, best first: what to suggest when no passage serves. */
  readonly titles: readonly string[];
  /** Meanings to choose from, when the question's subject is ambiguous. */
  readonly choices: readonly string[];
  /** How much of the question the best passage covers, 0 to 1; weighted by how rare its words are. */
  readonly coverage: number;
  /** Whether the best passage is likely to answer the question at all; when false, offer `titles` instead of quoting. */
  readonly relevant: boolean;
}

/** Turns a question as people put it into passages that may answer it. */
export interface PassageFinder {
  /**
   * @param options.titles look in these articles only, without a search
   * @param options.subject title the thread is about, for a question that names none ("and its population?"); together with
   * `titles`: the one that the question is certainly about, whatever else its words may mean
   * @param options.mentioned names that may be titles, the likeliest first, for such a question where there is no `subject`
   * @param options.earlier questions of the thread, the latest first, for one that says nothing by itself ("when?")
   * @param options.limit passages at the most, default 6
   */
  find(
    question: string,
    options?: LookupOptions & {
      readonly titles?: readonly string[];
      readonly subject?: string;
      readonly mentioned?: readonly string[];
      readonly earlier?: readonly string[];
      readonly limit?: number;
    },
  ): Promise<Cached<PassagesFound>>;
}

/** Leave to send one request to the wiki. `release` is called once the reply is read, or the request has failed. */
export interface RequestPermit {
  release(): void;
}

export interface RequestBudgetFigures {
  readonly perMinute: number;
  /** Requests that may still be sent in the current minute. */
  readonly left: number;
  readonly inFlight: number;
  /** Milliseconds until requests may be sent again, when the wiki asked for a pause; else 0. */
  readonly pausedForMs: number;
}

/** Politeness towards the wiki: so many requests at once, so many a minute, and a pause for everyone when the wiki asks for one. */
export interface RequestBudget {
  /** @throws {Failure} `over-budget` when no permit can be had within 10 s; `cancelled` when the signal says so. */
  acquire(signal?: AbortSignal): Promise<RequestPermit>;
  /** Nobody sends anything for so many milliseconds (a 429's or 503's Retry-After). */
  pause(milliseconds: number): Promise<void>;
  figures(): Promise<RequestBudgetFigures>;
}
