import type { SearchHit } from "../core/wiki.ts";
import type { Question, QuestionTerm } from "./question-terms.ts";
import { shareAsked } from "./question-title.ts";
import type { LanguageWords } from "./terms-language.ts";
import { termsOf } from "./terms.ts";

/** Articles that searches have offered, each with what speaks for reading it. */
export interface Candidates {
  /** @param terms what the hits were found by */
  add(hits: readonly SearchHit[], terms: readonly QuestionTerm[]): void;
  /** Titles, the most promising first. */
  ranked(): string[];
}

/** For a title made of the question's own words. Right article first: 0.979, 0.977 without. */
const TITLE_VOTES = 4;
/** How much less the next hit of a wiki that ranks its hits is worth. */
const RANK_DECAY = 0.1;
/** Weight of a word that was not searched for, and stands in the snippet all the same. Right article first: 0.979, 0.959 without. */
const NEARBY = 2;

export function collectCandidates(question: Question, language: LanguageWords, hitsAreRanked: boolean): Candidates {
  const votes = new Map<string, number>();
  const asked = new Set(question.terms.map(({ stem }) => stem));

  return {
    add(hits, terms) {
      const rarity = terms.reduce((sum, term) => sum + term.rarity, 0);
      for (const [rank, { title, snippet }] of hits.entries()) {
        const near = new Set(termsOf(snippet, language).map(({ stem }) => stem));
        const nearby = question.terms.filter((term) => near.has(term.stem) && !terms.includes(term));
        // The fewer articles share a word, the more it says about each.
        const vote =
          (rarity + NEARBY * nearby.reduce((sum, term) => sum + term.rarity, 0)) /
          Math.sqrt(hits.length) /
          (1 + (hitsAreRanked ? RANK_DECAY * rank : 0));
        votes.set(title, (votes.get(title) ?? TITLE_VOTES * shareAsked(title, asked, language)) + vote);
      }
    },
    ranked: () => [...votes].toSorted(([, a], [, b]) => b - a).map(([title]) => title),
  };
}
