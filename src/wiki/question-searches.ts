import type { Question, QuestionTerm } from "./question-terms.ts";

/** Words to ask a wiki's search for, of which every one must match. */
export interface WordSearch {
  readonly query: string;
  readonly terms: readonly QuestionTerm[];
}

export interface Searches {
  /** One after the other until there are hits: several words at once. */
  readonly strict: readonly WordSearch[];
  /** When that was not enough: one word each, the rarest first. */
  readonly relaxed: readonly WordSearch[];
}

/**
 * @param searchStems the wiki's search finds other forms of a word and ranks what it finds, as CirrusSearch does; else
 * words are sent as `prefix*`, which every MediaWiki understands
 */
export function planSearches({ terms }: Question, searchStems: boolean): Searches {
  const write = (chosen: readonly QuestionTerm[]): WordSearch => ({
    query: chosen.map((term) => (searchStems ? term.text : prefixOf(term))).join(" "),
    terms: chosen,
  });
  const telling = terms.filter(({ isCommon }) => !isCommon);
  const rarest = terms.toSorted((a, b) => b.rarity - a.rarity);
  const strict = [write(rarest.slice(0, 3))];
  // A search that ranks does better the more it knows; one that does not finds ever less.
  if (searchStems && telling.length > 3) strict.unshift(write(telling));
  return { strict, relaxed: rarest.length > 1 ? rarest.map((term) => write([term])) : [] };
}

function prefixOf({ text, stem }: QuestionTerm): string {
  const word = text.toLowerCase();
  if (!/^\p{L}{4,}$/u.test(word)) return text;
  // "Used" and "uses" are forms of "use", which are short.
  if (word.startsWith(stem)) return `${word.slice(0, Math.max(stem.length, SHORTEST_STEM))}*`;
  let length = 0;
  while (length < word.length && word[length] === stem[length]) length += 1;
  return `${length >= SHORTEST_PREFIX ? word.slice(0, length) : word}*`;
}

/** Letters; what begins with fewer has too little in common. */
const SHORTEST_PREFIX = 4;
/** Where they are the whole stem. */
const SHORTEST_STEM = 3;
