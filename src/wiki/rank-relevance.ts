import { knowsSynonyms } from "./question-synonyms.ts";
import type { Question } from "./question-terms.ts";
import type { MatchedPassage } from "./rank-match.ts";
import { sum } from "./rank-score.ts";
import type { LanguageWords } from "./terms-language.ts";

/**
 * Answers 0.06 of the questions whose article the wiki lacks, 0.39 of those whose article lacks the passage that answers, and 0.922 of
 * the others rightly; 0.08, 0.45 and 0.923 at 0.66, 0.04, 0.34 and 0.913 at 0.74.
 */
const RELEVANT = 0.7;
/** Coverage that is needed where the article is given, and the question need not name it. */
const RELEVANT_WITHIN = 0.5;

/**
 * Weights of a logistic regression over questions whose passage the wiki had, and the same ones where it had not: neither the article
 * or, counted a tenth, only not the passage. Beside the share of the question it counts how much that is: of two words one is soon
 * found anywhere. The kind of answer counts for nothing, since a number is soon found too.
 */
export function isRelevant(
  question: Question,
  passage: MatchedPassage,
  { score, coverage, language }: BestSentence,
): boolean {
  if (passage.isAstray || saysNothing(question, passage, coverage)) return false;
  if (knowsSynonyms(language) && (tellsTooLittle(question, coverage) || sharesTitleAlone(question, passage)))
    return false;
  const names = question.terms.flatMap(({ isName }, term) => (isName ? [term] : []));
  const missing = names.filter((term) => !holds(passage, term)).length / Math.max(1, names.length);
  return coverage + 0.2 * passage.titleAsked + 0.3 * Math.log(score) - 0.2 * missing >= RELEVANT;
}

export interface BestSentence {
  /** For its words alone. */
  readonly score: number;
  /** Of the passage. */
  readonly coverage: number;
  readonly language: LanguageWords;
}

function tellsTooLittle({ terms, about }: Question, coverage: number): boolean {
  return about !== undefined && terms.length > 0 && coverage < RELEVANT_WITHIN;
}

/** One or two words that are in most articles find something anywhere, and so does a number: "What is the meaning of life?" */
function saysNothing({ terms }: Question, { titleAsked }: MatchedPassage, coverage: number): boolean {
  if (titleAsked === 1 || terms.length > 2) return false;
  const isTelling = terms.some(({ text, isCommon }) => !isCommon && /\p{L}/u.test(text));
  return !isTelling && (terms.length < 2 || coverage < 1);
}

/** Something is asked about what the article is on, and the passage has nothing of it, in whatever words: the article says something else. */
function sharesTitleAlone({ terms }: Question, passage: MatchedPassage): boolean {
  if (passage.titleAsked < 1) return false;
  const asked = terms.flatMap((_, term) => (passage.titleCounts[term]! > 0 ? [] : [term]));
  const isHeld = (term: number) => holds(passage, term) || holds(passage, terms.length + term);
  return asked.some((term) => !terms[term]!.isCommon) && !asked.some(isHeld);
}

/** Where the article is known, few words are left, and the answer may use others: it is `high`, if asked how tall. */
export function coverageOf({ about }: Question, passage: MatchedPassage, weights: readonly number[]): number {
  const own = weights.slice(0, weights.length / 2);
  const total = sum(own, (weight) => weight);
  const isHeld = (term: number) => holds(passage, term) || (about !== undefined && holds(passage, own.length + term));
  if (total === 0) return about === undefined ? 0 : 1;
  return sum(own, (weight, term) => (isHeld(term) ? weight : 0)) / total;
}

function holds({ counts, headingCounts, introduction }: MatchedPassage, term: number): boolean {
  return counts[term]! > 0 || headingCounts[term]! > 0 || (introduction?.counts[term] ?? 0) > 0;
}
