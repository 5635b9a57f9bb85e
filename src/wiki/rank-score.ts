import type { FoundPassage, RankedSentence } from "../core/wiki.ts";
import type { Question } from "./question-terms.ts";
import { holdsAnswer } from "./question-type.ts";
import type { MatchedPassage, MatchedSentence, Matches } from "./rank-match.ts";

/*
 * BM25 over sentences, with credit for what stands around a sentence. Tuned on the questions of half of a collection's articles and
 * checked on the other half. Where a constant says what it brings, that is the share of questions with a right answer among the three
 * best sentences, with and without it.
 */

const BM25_SATURATION = 1;
const BM25_LENGTH = 0.3;
/** Words of a usual sentence. */
const USUAL_LENGTH = 25;
/** Passages the wiki is taken to have besides the ones read, since a single article is no measure of what is rare. Right article first: 0.979, 0.971 without. */
const UNREAD_PASSAGES = 10;
const UNREAD_SHARE = { common: 0.1, rare: 0.02 };
/** Share of a term's weight for standing in the sentence before or after: 0.931, 0.900 without. */
const IN_NEIGHBOUR = 0.4;
/** The same for holding a word that may answer the term. */
const SYNONYM = 0.5;
/** The same for title and heading. Right article first: 0.979, 0.975 without. */
const IN_HEADING = 0.4;
/** The same in an article whose title the question names: it speaks of its subject without naming it, and what names it says hardly more. */
const IN_HEADING_OF_SUBJECT = 0.95;
/** For what could be the date, number or name that is asked for, where a rare word weighs about 3: 0.931, 0.926 without. */
const ANSWER_BONUS = 1.5;
/** For the first sentence of the article whose subject is all that is asked for; half of it for the second. */
const OPENING_BONUS = 4;
/** Of fewer words than this is a heading in disguise, and its words count less; so do a list's where somebody wants to know who or what the subject is. */
const SHORT = { words: 5, factor: 0.7 };
/** Factor for what another article says than the one that the question names. */
const ELSEWHERE = 0.8;
/** For a row that does not answer: less than a further sentence must be worth to be quoted beside the best. */
const IDLE_ROW = 0.3;
/** Share of the question, weighted, that is most of it. */
const MOST = 0.6;

/** Inverse document frequency over the passages read, by BM25's formula; then the weights of what may answer each term. */
export function weighTerms({ terms }: Question, matches: Matches): number[] {
  const weights = terms.map(({ isCommon }, term) => {
    const share = isCommon ? UNREAD_SHARE.common : UNREAD_SHARE.rare;
    const holding = matches.holding[term]! + UNREAD_PASSAGES * share;
    const all = matches.size + UNREAD_PASSAGES;
    return Math.log(1 + (all - holding + 0.5) / (holding + 0.5));
  });
  return [...weights, ...weights.map((weight) => SYNONYM * weight)];
}

/** What no sentence of the passage can exceed: it would hold every word of the passage, and nothing else. */
export function highestScore(question: Question, passage: MatchedPassage, weights: readonly number[]): number {
  const { counts, headingCounts } = passage;
  const norm = normOf(sum(counts, (times) => times));
  const words = sum(weights, (weight, term) => {
    const above = headingCounts[term]! > 0 ? inHeading(passage) * weight : 0;
    return Math.max(saturate(weight, counts[term]!, norm), above);
  });
  const own = words + (question.type === "other" ? 0 : ANSWER_BONUS) + (opens(question, passage) ? OPENING_BONUS : 0);
  return Math.max(own, scoreIntroduction(passage, weights));
}

/** Whether what the article's subject is stands here, and nothing else is asked for. */
function opens({ subject, terms }: Question, { isOpening, titleAsked, headingCounts }: MatchedPassage): boolean {
  if (!isOpening || titleAsked < 1) return false;
  return subject !== undefined || terms.every((_, term) => headingCounts[term]! > 0);
}

interface Worth {
  /** The score without what is added for being the kind of answer that is asked for. */
  readonly wordScore: number;
  /** Whether it holds what is asked, and is of that kind: nothing need be put beside it. */
  readonly suffices: boolean;
}

interface ScoredSentence extends RankedSentence, Worth {}

/** A passage is worth what its best sentence is. */
export interface ScoredPassage extends Worth {
  readonly found: FoundPassage;
}

export function scorePassage(
  question: Question,
  passage: MatchedPassage,
  weights: readonly number[],
  asked: ReadonlySet<string>,
): ScoredPassage {
  const isSubject = opens(question, passage);
  const all = passage.sentences();
  const introduced = scoreIntroduction(passage, weights);

  function score(sentence: MatchedSentence, i: number): ScoredSentence {
    const likelihood = holdsAnswer(question.type, sentence.terms, asked);
    const opening = isSubject && i < 2 ? OPENING_BONUS / (i + 1) : 0;
    const near = [all[i - 1], all[i + 1]].filter((neighbour) => neighbour !== undefined);
    const isItem = question.subject !== undefined && introduced > 0;
    const isComplete = holdsAsked(question, passage, sentence, weights);
    const ofItself = isItem || sentence.terms.length < SHORT.words ? SHORT.factor : 1;
    const words = ofItself * (bm25(sentence, weights) + opening) + around(sentence, near, passage, weights);
    const factor = passage.isRow && !isComplete ? IDLE_ROW : 1;
    const place = passage.isElsewhere ? ELSEWHERE : 1;
    return {
      text: sentence.text,
      score: place * Math.max(factor * (words + ofItself * ANSWER_BONUS * likelihood), introduced),
      wordScore: place * Math.max(factor * words, introduced),
      suffices: isComplete && (question.type === "other" || likelihood > 0),
    };
  }

  const scored = all.map(score).toSorted((a, b) => b.score - a.score);
  const { wordScore, suffices } = scored[0] ?? { wordScore: 0, suffices: false };
  const sentences = scored.map((sentence) => ({ text: sentence.text, score: sentence.score }));
  return { found: { source: passage.source, score: sentences[0]?.score ?? 0, sentences }, wordScore, suffices };
}

/** The same as a row that does not answer. */
export function asIdle({ source, score, sentences }: FoundPassage): FoundPassage {
  const less = sentences.map((sentence) => ({ ...sentence, score: IDLE_ROW * sentence.score }));
  return { source, score: IDLE_ROW * score, sentences: less };
}

/** Whether the sentence and what is above it hold most of what is asked, its names and numbers all; what a subject is no row tells. */
function holdsAsked(
  { terms, subject }: Question,
  { headingCounts, introduction }: MatchedPassage,
  { counts }: MatchedSentence,
  weights: readonly number[],
): boolean {
  const own = weights.slice(0, weights.length / 2);
  const places = [counts, headingCounts, introduction?.counts ?? []];
  const isHeld = (term: number) => places.some((held) => (held[term] ?? 0) + (held[own.length + term] ?? 0) > 0);
  const held = sum(own, (weight, term) => (isHeld(term) ? weight : 0));
  const holdsNames = terms.every(({ isName }, term) => !isName || isHeld(term));
  return subject === undefined && holdsNames && held >= MOST * sum(own, (weight) => weight);
}

function bm25({ counts, terms }: MatchedSentence, weights: readonly number[]): number {
  const norm = normOf(terms.length);
  const own = weights.length / 2;
  // Of several synonyms one can be the answer.
  return sum(weights, (weight, term) =>
    saturate(weight, term < own ? counts[term]! : Math.min(1, counts[term]!), norm),
  );
}

function normOf(words: number): number {
  return BM25_SATURATION * (1 - BM25_LENGTH + (BM25_LENGTH * words) / USUAL_LENGTH);
}

function saturate(weight: number, times: number, norm: number): number {
  return (weight * times * (BM25_SATURATION + 1)) / (times + norm);
}

/** Credit for terms that a sentence leaves to its surroundings: "It was built in 1903." */
function around(
  { counts }: MatchedSentence,
  neighbours: readonly MatchedSentence[],
  passage: MatchedPassage,
  weights: readonly number[],
): number {
  const { headingCounts } = passage;
  return sum(weights, (weight, term) => {
    if (counts[term]! > 0) return 0;
    const isNear = neighbours.some((sentence) => sentence.counts[term]! > 0);
    return weight * Math.max(isNear ? IN_NEIGHBOUR : 0, headingCounts[term]! > 0 ? inHeading(passage) : 0);
  });
}

/** A list answers what the sentence does that introduces it. */
function scoreIntroduction(passage: MatchedPassage, weights: readonly number[]): number {
  const { introduction } = passage;
  if (introduction === undefined) return 0;
  return bm25(introduction, weights) + around(introduction, [], passage, weights);
}

function inHeading({ titleAsked }: MatchedPassage): number {
  return titleAsked === 1 ? IN_HEADING_OF_SUBJECT : IN_HEADING;
}

export function sum(weights: readonly number[], value: (weight: number, term: number) => number): number {
  return weights.reduce((total, weight, term) => total + value(weight, term), 0);
}
