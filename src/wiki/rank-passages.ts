import type { FoundPassage } from "../core/wiki.ts";
import type { Question } from "./question-terms.ts";
import { matchPassages, type MatchedPassage, type Matches, type ReadArticle } from "./rank-match.ts";
import { coverageOf, isRelevant } from "./rank-relevance.ts";
import { asIdle, highestScore, scorePassage, weighTerms, type ScoredPassage } from "./rank-score.ts";
import { takeTurns, type Turns } from "./rank-turns.ts";
import type { LanguageWords } from "./terms-language.ts";

export interface RankingOptions {
  readonly language: LanguageWords;
  /** Passages at the most, default 6. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Ranking {
  /** Best first; passages that share nothing with the question are left out. */
  readonly passages: readonly FoundPassage[];
  /** Share of the question that the best passage holds, 0 to 1, weighted by how rare its terms are. */
  readonly coverage: number;
  /** Whether the best passage is likely to answer at all. */
  readonly relevant: boolean;
  /** Whether reading other articles is unlikely to bring a better one. */
  readonly enough: boolean;
}

/** Ranks the sentences of all articles together. */
export async function rankPassages(
  question: Question,
  articles: readonly ReadArticle[],
  { language, limit = 6, signal }: RankingOptions,
): Promise<Ranking> {
  const turns = takeTurns(signal);
  const matches = await matchPassages(question, articles, language, turns);
  const weights = weighTerms(question, matches);
  const scored = await scoreBest(question, matches, weights, { limit, turns });
  const best = scored[0];
  const coverage = best === undefined ? 0 : coverageOf(question, best.passage, weights);
  return {
    passages: scored.map(({ found }) => found),
    coverage,
    relevant:
      best !== undefined &&
      canAnswer(best) &&
      isRelevant(question, best.passage, { score: best.wordScore, coverage, language }),
    enough: coverage >= ENOUGH || (best?.passage.titleAsked === 1 && coverage >= ENOUGH_OF_SUBJECT),
  };
}

/** Coverages from which nothing better is looked for: 4.0 requests a question, at the answers of 5.8. */
const ENOUGH = 0.6;
/** In an article whose title the question names. */
const ENOUGH_OF_SUBJECT = 0.4;

/** A row that does not answer is nothing to begin with. */
function canAnswer({ passage, suffices }: Scored): boolean {
  return suffices || !passage.isRow;
}

interface Scored extends ScoredPassage {
  readonly passage: MatchedPassage;
  /** In reading order. */
  readonly place: number;
}

/** Only passages that may be among the best are cut into sentences, the most promising first. */
async function scoreBest(
  question: Question,
  { passages }: Matches,
  weights: readonly number[],
  { limit, turns }: { readonly limit: number; readonly turns: Turns },
): Promise<readonly Scored[]> {
  const asked = new Set(question.terms.map(({ stem }) => stem));
  const promising = passages
    .map((passage, place) => ({ passage, place, bound: highestScore(question, passage, weights) }))
    .toSorted((a, b) => b.bound - a.bound);
  let best: Scored[] = [];
  for (const { passage, place, bound } of promising) {
    if (best.length === limit && bound < best.at(-1)!.found.score) break;
    if (turns.isOver()) await turns.next();
    const scored = scorePassage(question, passage, weights, asked);
    best = [...best, { ...scored, passage, place }].toSorted(compare).slice(0, limit);
  }
  return best.map((one) => besideBest(one, best[0]!)).toSorted(compare);
}

/** Beside what answers, a lesser row is padding, and so is a list that does not answer. */
function besideBest(scored: Scored, best: Scored): Scored {
  const { passage, found, suffices } = scored;
  const isLesser = passage.isRow ? found.score < best.found.score : passage.isList && !suffices;
  return best.suffices && isLesser ? { ...scored, found: asIdle(scored.found) } : scored;
}

function compare(a: Scored, b: Scored): number {
  return b.found.score - a.found.score || a.place - b.place;
}
