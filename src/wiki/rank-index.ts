import type { Article, Passage, Section } from "../core/article.ts";
import { splitSentences } from "../core/sentences.ts";
import type { Turns } from "./rank-turns.ts";
import type { LanguageWords } from "./terms-language.ts";
import { stemOf, wordsOf } from "./terms.ts";

/** What is found in an article by its words. Passages are numbered in reading order. */
export interface ArticleIndex {
  readonly size: number;
  /** The passages that hold the word, in order, each as often as it does. */
  holding(stem: string): readonly number[];
  /** Verbatim pieces of a passage that can be quoted, in order. */
  quotes(passage: number): readonly string[];
}

/** The article's index, made in turns when it was not asked lately. Its title is no part of it. */
export async function openIndex(article: Article, language: LanguageWords, turns: Turns): Promise<ArticleIndex> {
  const index = lately(article, language);
  while (!index.isComplete()) {
    index.readOn(turns);
    if (turns.isOver()) await turns.next();
  }
  return index;
}

interface GrowingIndex extends ArticleIndex {
  readonly language: string;
  isComplete(): boolean;
  /** One passage at least. Several askers may do so by turns; what one has read, the others need not. */
  readOn(turns: Turns): void;
}

/**
 * By the object of the sections, which an article keeps under whatever title it is asked for. The latest used come last:
 * a `WeakMap` would hold as many as the memory cache does, at about twice an article's own size.
 */
const indexes = new Map<readonly Section[], GrowingIndex>();

/** Passages of all indexes together; about 15 MB of memory. */
const MOST_PASSAGES = 10_000;

function lately({ sections, language: written }: Article, language: LanguageWords): GrowingIndex {
  const known = indexes.get(sections);
  const index = known?.language === language.code ? known : createIndex(sections, written, language);
  indexes.delete(sections);
  indexes.set(sections, index);
  let passages = indexes.values().reduce((sum, { size }) => sum + size, 0);
  for (const [oldest, { size }] of indexes) {
    if (passages <= MOST_PASSAGES || oldest === sections) break;
    indexes.delete(oldest);
    passages -= size;
  }
  return index;
}

function createIndex(sections: readonly Section[], written: string, language: LanguageWords): GrowingIndex {
  const passages: readonly Passage[] = sections.flatMap((section) => section.passages);
  const byStem = new Map<string, number[]>();
  /** The same lists by the words as written, so that each is stemmed once; empty when all is read. */
  const byWord = new Map<string, number[]>();
  const quotes: (readonly string[] | undefined)[] = [];
  let read = 0;

  function listOf(word: string): number[] {
    const stem = stemOf(word, language);
    const list = byStem.get(stem) ?? [];
    byStem.set(stem, list);
    byWord.set(word, list);
    return list;
  }

  function readOne(passage: number): void {
    for (const word of wordsOf(passages[passage]!.text, language)) (byWord.get(word) ?? listOf(word)).push(passage);
  }

  return {
    language: language.code,
    size: passages.length,
    isComplete: () => read === passages.length,
    readOn(turns) {
      do readOne(read++);
      while (read < passages.length && !turns.isOver());
      if (read === passages.length) byWord.clear();
    },
    holding: (stem) => byStem.get(stem) ?? [],
    quotes: (passage) => (quotes[passage] ??= quotesOf(passages[passage]!.text, written)),
  };
}

/** Sentences, and the items of what is too long to be quoted whole: a list is one passage with semicolons between its items. */
function quotesOf(text: string, language: string): string[] {
  return splitSentences(text, language).flatMap((one) => (one.length > LONGEST_QUOTE ? one.split("; ") : [one]));
}

const LONGEST_QUOTE = 400;
