import type { Question } from "./question-terms.ts";
import type { MatchedPassage } from "./rank-match.ts";
import { sum } from "./rank-score.ts";

/**
 * Answers 0.06 of the questions whose article the wiki lacks, and 0.917 of the others rightly; 0.13 and 0.919 at 0.58, 0.03 and 0.899 at
 * 0.74.
 */
const RELEVANT = 0.67;

/**
 * Weights of a logistic regression over questions whose article the wiki had, and the same ones where it had not. Beside the share of
 * the question it counts how much that is: of two words one is soon found anywhere.
 */
export function isRelevant({ terms }: Question, passage: MatchedPassage, score: number, coverage: number): boolean {
  const names = terms.flatMap(({ isName }, term) => (isName ? [term] : []));
  const missing = names.filter((term) => !holds(passage, term)).length / Math.max(1, names.length);
  return coverage + 0.4 * passage.titleAsked + 0.25 * Math.log(score) - 0.15 * missing >= RELEVANT;
}

/** Where the article is known, few words are left, and the answer may use others: it is `high`, if asked how tall. */
export function coverageOf({ about }: Question, passage: MatchedPassage, weights: readonly number[]): number {
  const own = weights.slice(0, weights.length / 2);
  const total = sum(own, (weight) => weight);
  const isHeld = (term: number) => holds(passage, term) || (about !== undefined && holds(passage, own.length + term));
  return total === 0 ? 0 : sum(own, (weight, term) => (isHeld(term) ? weight : 0)) / total;
}

function holds({ counts, headingCounts, introduction }: MatchedPassage, term: number): boolean {
  return counts[term]! > 0 || headingCounts[term]! > 0 || (introduction?.counts[term] ?? 0) > 0;
}
