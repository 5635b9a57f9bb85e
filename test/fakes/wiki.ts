import type { Article } from "../../src/core/article.ts";
import { sourcesOf } from "../../src/core/article.ts";
import type { CacheOutcome, Cached } from "../../src/core/cache.ts";
import type { Failure } from "../../src/core/failure.ts";
import { splitSentences } from "../../src/core/sentences.ts";
import type { PassageFinder, PassagesFound, WikiSource } from "../../src/core/wiki.ts";

/** A wiki of a few articles whose search and passages are what the test says they are. */
export interface FakeWiki {
  readonly source: WikiSource;
  readonly passages: PassageFinder & { readonly asked: { question: string; subject?: string }[] };
}

export interface FakeWikiOptions {
  readonly articles?: readonly Article[];
  /** Whether the passages found are called relevant. Default true. */
  readonly relevant?: boolean;
  readonly choices?: readonly string[];
  readonly outcome?: CacheOutcome;
  /** Every look-up fails with this. */
  readonly failure?: Failure;
}

export const LOADED_AT = "2026-11-01T12:00:00.000Z";

export function article(title: string, text: string): Article {
  const address = `https://wiki.example/${encodeURIComponent(title)}`;
  return {
    kind: "article",
    title,
    language: "en",
    url: address,
    permalink: `${address}?oldid=7`,
    revision: "7",
    choices: [],
    sections: [{ title: "", anchor: "", level: 1, passages: [{ kind: "paragraph", text }] }],
  };
}

export function fakeWiki({
  articles = [],
  relevant = true,
  choices = [],
  outcome = "miss",
  failure,
}: FakeWikiOptions): FakeWiki {
  const cached = <T>(value: T): Promise<Cached<T>> =>
    failure === undefined ? Promise.resolve({ value, outcome, loadedAt: LOADED_AT }) : Promise.reject(failure);
  const asked: { question: string; subject?: string }[] = [];

  const found = (): PassagesFound => ({
    relevant,
    coverage: relevant ? 1 : 0,
    choices,
    titles: articles.map(({ title }) => title),
    passages: articles.flatMap((one, place) =>
      sourcesOf(one).map((source) => ({
        source,
        score: 10 - place,
        sentences: splitSentences(source.text).map((text, index) => ({ text, score: 10 - place - index / 10 })),
      })),
    ),
  });

  return {
    source: {
      id: "the test wiki",
      name: "the test wiki",
      search: () => cached(articles.map(({ title }) => ({ title, snippet: "" }))),
      article: (title) => cached(articles.find((one) => one.title === title) ?? { kind: "missing", title }),
      suggest: () => cached([]),
      health: () => ({ state: "untried" }),
      close: () => Promise.resolve(),
    },
    passages: {
      asked,
      find(question, options) {
        asked.push({ question, subject: options?.subject });
        return cached(found());
      },
    },
  };
}
