import { sourcesOf, type Article, type Source } from "../core/article.ts";
import type { Question } from "./question-terms.ts";
import { synonymsOf } from "./question-synonyms.ts";
import { shareAsked } from "./question-title.ts";
import { openIndex, type ArticleIndex } from "./rank-index.ts";
import type { Turns } from "./rank-turns.ts";
import type { LanguageWords } from "./terms-language.ts";
import { termsOf, type Term } from "./terms.ts";

/** How often a text holds each term of the question; then, as many again, how often it holds synonyms of each. */
export type Counts = readonly number[];

export interface MatchedSentence {
  readonly text: string;
  readonly terms: readonly Term[];
  readonly counts: Counts;
}

/** A passage that shares a word with the question, or opens the article of its subject. */
export interface MatchedPassage {
  readonly source: Source;
  readonly counts: Counts;
  /** Of title and heading. */
  readonly headingCounts: Counts;
  /** Of the title alone. */
  readonly titleCounts: Counts;
  /** The sentence before it, if that ends with a colon: "The main uses are:" */
  readonly introduction: MatchedSentence | undefined;
  /** How much of the article's title the question names, 0 to 1. */
  readonly titleAsked: number;
  /** The question names another article that was read, and not this one. */
  readonly isElsewhere: boolean;
  /** Nor does it, or what is above it, say the name of that one. */
  readonly isAstray: boolean;
  /** It opens the article: here stands what the article's subject is. */
  readonly isOpening: boolean;
  /** It is a row of a table or infobox, and no sentence. */
  readonly isRow: boolean;
  readonly isList: boolean;
  /** Cut and counted when asked for, which is most of the work. */
  sentences(): readonly MatchedSentence[];
}

export interface Matches {
  readonly passages: readonly MatchedPassage[];
  /** How many passages of all hold each term. */
  readonly holding: Counts;
  /** Passages of all articles. */
  readonly size: number;
}

export interface ReadArticle {
  readonly article: Article;
  /** ISO 8601; present when the article was served stale. */
  readonly staleSince?: string;
}

/** What the articles have to do with the question, in reading order. */
export async function matchPassages(
  question: Question,
  articles: readonly ReadArticle[],
  language: LanguageWords,
  turns: Turns,
): Promise<Matches> {
  const sought = stemsSought(question, language);
  const matches: Matches[] = [];
  for (const read of articles) {
    const index = await openIndex(read.article, language, turns);
    if (turns.isOver()) await turns.next();
    matches.push(matchArticle(question, sought, read, index, language));
  }
  const passages = matches.flatMap((match) => match.passages);
  const named = new Set(passages.filter(({ titleAsked }) => titleAsked === 1).map(({ titleCounts }) => titleCounts));
  return {
    passages: named.size === 0 ? passages : passages.map((passage) => besideNamed(passage, [...named])),
    holding: sought.map((_, term) => matches.reduce((sum, { holding }) => sum + holding[term]!, 0)),
    size: matches.reduce((sum, { size }) => sum + size, 0),
  };
}

/** @param named the titles that the question names */
function besideNamed(passage: MatchedPassage, named: readonly Counts[]): MatchedPassage {
  if (passage.titleAsked === 1) return passage;
  const { counts, headingCounts } = passage;
  const isAstray = named.every((title) =>
    title.some((times, term) => times > 0 && counts[term] === 0 && headingCounts[term] === 0),
  );
  return { ...passage, isElsewhere: true, isAstray };
}

function matchArticle(
  { terms, about }: Question,
  sought: readonly (readonly string[])[],
  { article, staleSince }: ReadArticle,
  index: ArticleIndex,
  language: LanguageWords,
): Matches {
  const count = counterOf(sought);
  const names = [article.title, article.redirectedFrom ?? ""];
  const asked = new Set(terms.map(({ stem }) => stem));
  const isAbout = names.some((name) => name.toLowerCase() === about?.toLowerCase());
  const titleAsked = isAbout ? 1 : Math.max(...names.map((name) => shareAsked(name, asked, language)));
  const opening = openingOf(article);
  const sources = sourcesOf(article, { staleSince });
  const kinds = article.sections.flatMap(({ passages }) => passages.map(({ kind }) => kind));
  const headings = new Map(
    article.sections.map(({ title }) => [title, count(termsOf(`${names.join(" ")} ${title}`, language))]),
  );
  const titleCounts = count(termsOf(names.join(" "), language));
  const counts = countsByPassage(sought.map((stems) => stems.flatMap((stem) => index.holding(stem))));
  const none = sought.map(() => 0);
  if (titleAsked === 1 && opening >= 0 && !counts.has(opening)) counts.set(opening, none);
  for (const place of counts.keys())
    if (introduces(sources[place], sources[place + 1]) && !counts.has(place + 1)) counts.set(place + 1, none);

  function sentence(text: string): MatchedSentence {
    const words = termsOf(text, language);
    return { text, terms: words, counts: count(words) };
  }

  const passages = [...counts].toSorted(([a], [b]) => a - b);
  return {
    size: index.size,
    holding: sought.map((_, term) => counts.values().reduce((sum, times) => sum + (times[term]! > 0 ? 1 : 0), 0)),
    passages: passages.map(([place, times]) => ({
      source: sources[place]!,
      counts: times,
      headingCounts: headings.get(sources[place]!.section)!,
      titleCounts,
      introduction: introduces(sources[place - 1], sources[place])
        ? sentence(index.quotes(place - 1).at(-1)!)
        : undefined,
      titleAsked,
      isElsewhere: false,
      isAstray: false,
      isOpening: place === opening,
      isList: kinds[place] === "list",
      isRow: kinds[place] === "table" || kinds[place] === "infobox",
      sentences: () => index.quotes(place).map(sentence),
    })),
  };
}

function introduces(passage: Source | undefined, next: Source | undefined): boolean {
  return passage !== undefined && passage.section === next?.section && /[:：]$/.test(passage.text);
}

/** From the passages that hold each term, as often as they do. */
function countsByPassage(holding: readonly (readonly number[])[]): Map<number, number[]> {
  const counts = new Map<number, number[]>();
  for (const [term, passages] of holding.entries()) {
    for (const passage of passages) {
      let times = counts.get(passage);
      if (times === undefined) counts.set(passage, (times = holding.map(() => 0)));
      times[term]! += 1;
    }
  }
  return counts;
}

/** The stems that are counted at each place of `Counts`. */
function stemsSought({ terms }: Question, language: LanguageWords): readonly (readonly string[])[] {
  const taken = new Set(terms.map(({ stem }) => stem));
  const synonyms = terms.map(({ stem }) => {
    const own = synonymsOf(stem, language).filter((synonym) => !taken.has(synonym));
    for (const synonym of own) taken.add(synonym);
    return own;
  });
  return [...terms.map(({ stem }) => [stem]), ...synonyms];
}

function counterOf(sought: readonly (readonly string[])[]): (text: readonly Term[]) => Counts {
  const places = new Map(sought.flatMap((stems, place) => stems.map((stem) => [stem, place] as const)));
  return (text) => {
    const counts = sought.map(() => 0);
    for (const { stem } of text) {
      const place = places.get(stem);
      if (place !== undefined) counts[place]! += 1;
    }
    return counts;
  };
}

/** Place of the lead's first paragraph among all passages; -1 without one. */
function openingOf({ sections: [lead] }: Article): number {
  return lead?.title === "" ? lead.passages.findIndex(({ kind }) => kind === "paragraph") : -1;
}
