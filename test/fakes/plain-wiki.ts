import type { Article, NoArticle } from "../../src/core/article.ts";
import type { CacheOutcome, Cached } from "../../src/core/cache.ts";
import type { Failure } from "../../src/core/failure.ts";
import type { SearchHit, WikiSource } from "../../src/core/wiki.ts";

export interface PlainWiki extends WikiSource {
  /** What was asked for, in order: `search:…`, `article:…` and `suggest:…`. */
  readonly requests: readonly string[];
}

export interface PlainWikiOptions {
  readonly id?: string;
  /** What searches and suggestions fail with that are not among the first so many. */
  readonly searchesFail?: { readonly after: number; readonly failure: Failure };
  /** What an article of that title fails with. */
  readonly failures?: Readonly<Record<string, Failure>>;
  readonly redirects?: Readonly<Record<string, string>>;
  readonly outcome?: CacheOutcome;
}

/** An article whose first section is the lead; each section is its heading and its paragraphs. */
export function page(
  title: string,
  ...sections: readonly (readonly [heading: string, ...paragraphs: string[]])[]
): Article {
  const url = `https://plain.example/${encodeURIComponent(title)}`;
  return {
    kind: "article",
    title,
    language: "en",
    url,
    permalink: `${url}?oldid=1`,
    revision: "1",
    choices: [],
    sections: sections.map(([heading, ...paragraphs], i) => ({
      title: heading,
      anchor: heading.replaceAll(" ", "_"),
      level: i === 0 ? 1 : 2,
      passages: paragraphs.map((text) => ({ kind: "paragraph", text })),
    })),
  };
}

export function disambiguation(title: string, ...choices: readonly string[]): Article {
  return { ...page(title, ["", `${title} may refer to: ${choices.join(", ")}`]), kind: "disambiguation", choices };
}

/** Searches like a MediaWiki without extensions: text only, every word as it stands or as `prefix*`, in the order of the pages. */
export function plainWiki(articles: readonly Article[], options: PlainWikiOptions = {}): PlainWiki {
  const requests: string[] = [];
  let searches = 0;
  const outcome = options.outcome ?? "miss";
  const found = <T>(value: T): Promise<Cached<T>> =>
    Promise.resolve({ value, outcome, loadedAt: "2026-11-01T12:00:00.000Z" });

  return {
    id: options.id ?? "https://plain.example/api.php",
    name: "plain.example",
    requests,
    search(query, { limit = 10 } = {}) {
      requests.push(`search:${query}`);
      searches += 1;
      if (searches > (options.searchesFail?.after ?? Infinity)) return Promise.reject(options.searchesFail!.failure);
      const words = query.toLowerCase().split(/\s+/);
      const hits = articles.filter((article) => words.every((word) => holds(article, word)));
      return found(
        hits.slice(0, limit).map((article): SearchHit => ({ title: article.title, snippet: snippet(article, words) })),
      );
    },
    article(title) {
      requests.push(`article:${title}`);
      const failure = options.failures?.[title];
      if (failure !== undefined) return Promise.reject(failure);
      const target = options.redirects?.[title];
      const wanted = target ?? title;
      const article = articles.find((one) => one.title.toLowerCase() === wanted.toLowerCase());
      const missing: NoArticle = { kind: "missing", title };
      if (article === undefined) return found<Article | NoArticle>(missing);
      return found<Article | NoArticle>(target === undefined ? article : { ...article, redirectedFrom: title });
    },
    suggest(prefix, { limit = 10 } = {}) {
      requests.push(`suggest:${prefix}`);
      const titles = articles.map(({ title }) => title);
      return found(titles.filter((title) => title.toLowerCase().startsWith(prefix.toLowerCase())).slice(0, limit));
    },
    health: () => ({ state: "ok" }),
    close: () => Promise.resolve(),
  };
}

function paragraphsOf(article: Article): string[] {
  return article.sections.flatMap(({ passages }) => passages.map(({ text }) => text));
}

function holds(article: Article, word: string): boolean {
  return paragraphsOf(article).some((text) => matches(text, word));
}

function matches(text: string, word: string): boolean {
  const words: readonly string[] = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return word.endsWith("*") ? words.some((one) => one.startsWith(word.slice(0, -1))) : words.includes(word);
}

function snippet(article: Article, words: readonly string[]): string {
  return paragraphsOf(article).find((text) => words.some((word) => matches(text, word))) ?? "";
}
