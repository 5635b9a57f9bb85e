import type { PassageFinder, PassagesFound, WikiSource } from "../core/wiki.ts";
import { collectCandidates, type Candidates } from "./find-candidates.ts";
import { nearestTitles } from "./find-nearest.ts";
import { firstFailure, openRequests, type WikiRequests } from "./find-requests.ts";
import { languageOf } from "./question-language.ts";
import { planSearches, type WordSearch } from "./question-searches.ts";
import { shareAsked } from "./question-title.ts";
import { readQuestion, type Question } from "./question-terms.ts";
import { askAbout, askFor, askWithin, completeQuestion } from "./question-thread.ts";
import { rankPassages, type Ranking } from "./rank-passages.ts";
import { loadLanguageWords, type LanguageWords } from "./terms-language.ts";

export interface PassageFinderOptions {
  /** Language of the wiki, and of questions that do not tell theirs, BCP 47. */
  readonly language: string;
  /** Whether the wiki's search knows other forms of a word and ranks what it finds, as Wikipedia's does. Default false. */
  readonly searchStems?: boolean;
}

/** Requests to the wiki that one question may cost when nothing is cached: six, and one more for the dates of what the answer cites. */
const REQUESTS = 6;
const READS = 3;
/** Searches at a time; Wikimedia allows three requests in flight. */
const TOGETHER = 3;
/** Names that are tried as the subject of a question that names none. */
const NAMES = 3;
/** Coverage from which a question that names no subject is taken to be about the thread's. */
const ENOUGH_FOR_FOLLOW_UP = 0.5;
const TITLES = 10;

export function createPassageFinder(source: WikiSource, options: PassageFinderOptions): PassageFinder {
  const { searchStems = false } = options;

  return {
    async find(text, { titles, subject, mentioned = [], earlier = [], limit = 6, language: asked, signal } = {}) {
      const usual = await languageOf(earlier[0] ?? "", options.language);
      const language = await loadLanguageWords(asked ?? (await languageOf(text, usual)));
      const question = completeQuestion(readQuestion(text, language), earlier, language);
      const requests = openRequests(source, { language: asked, signal }, REQUESTS);
      const search: Search = {
        question,
        language,
        requests,
        searchStems,
        candidates: collectCandidates(question, language, searchStems),
        limit,
        signal,
      };
      const needsSubject = question.refersBack || question.terms.length === 0;
      const guesses = needsSubject ? mentioned.slice(0, NAMES) : [];
      const subjects = subject === undefined ? guesses : [subject];
      const found = await (titles === undefined ? explore(search, subjects) : lookInto(search, titles, subject));
      const isLost = titles === undefined && found.titles.length === 0;
      return requests.cached(isLost ? { ...found, titles: await nearestTitles(question, requests) } : found);
    },
  };
}

/** One question on its way. */
interface Search {
  readonly question: Question;
  readonly language: LanguageWords;
  readonly requests: WikiRequests;
  readonly candidates: Candidates;
  readonly searchStems: boolean;
  /** Passages at the most. */
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
}

async function explore(search: Search, subjects: readonly string[]): Promise<PassagesFound> {
  const { question } = search;
  const [about, ofSubjects] = question.isFollowUp ? await lookIntoEach(search, subjects) : [search, undefined];
  if (ofSubjects !== undefined) {
    const asksNothingElse = question.saysTooLittle || question.terms.length === 0;
    if (asksNothingElse || ofSubjects.coverage >= ENOUGH_FOR_FOLLOW_UP) return present(about, ofSubjects);
  }
  if (question.subject !== undefined) {
    const ranking = await readAndRank(search, [question.subject]);
    if (ranking.enough || choicesOf(search).length > 0) return present(search, ranking);
  }
  return present(search, await (question.terms.length === 0 ? rank(search) : searchAndRank(search)));
}

/** The question as it is about the first of the subjects that answers it, or else about the last. */
async function lookIntoEach(search: Search, subjects: readonly string[]): Promise<readonly [Search, Ranking?]> {
  let last: readonly [Search, Ranking?] = [search];
  for (const subject of subjects) {
    const about = { ...search, question: askAbout(subject, search.question, search.language) };
    // oxlint-disable-next-line no-await-in-loop -- a further subject is read only when this one does not answer
    const ranking = await readAndRank(about, [subject]);
    if (ranking.coverage >= ENOUGH_FOR_FOLLOW_UP || choicesOf(about).length > 0) return [about, ranking];
    if (search.requests.articles().length > 0) last = [about, ranking];
  }
  return last;
}

/** @param subject the title that the question is certainly about */
async function lookInto(search: Search, titles: readonly string[], subject?: string): Promise<PassagesFound> {
  if (subject === undefined) return present(search, await readAndRank(search, titles));
  const { question, language } = search;
  const within = { ...search, question: askWithin(subject, question, language) };
  const ranking = await readAndRank(within, titles);
  if (ranking.relevant || question.subject === undefined) return present(within, ranking, []);
  // "MJ" asks for the one that was chosen, whatever it is called.
  const bare = { ...search, question: askFor(subject, question, language) };
  return present(bare, await rank(bare), []);
}

async function searchAndRank(search: Search): Promise<Ranking> {
  const { candidates, question, requests } = search;
  const { strict, relaxed } = planSearches(question, search.searchStems);
  for (const { query, terms } of strict) {
    const hits = await requests.search(query);
    candidates.add(hits, terms);
    if (hits.length > 0) break;
  }
  const ranking = await readAndRank(search, candidates.ranked().slice(0, READS - 1));
  if (ranking.enough || choicesOf(search).length > 0) return ranking;
  await searchTogether(search, relaxed.slice(0, TOGETHER));
  if (candidates.ranked().length === 0) await searchTogether(search, relaxed.slice(TOGETHER, TOGETHER + 1));
  return readAndRank(search, candidates.ranked().slice(0, READS));
}

async function searchTogether(
  { candidates, requests, signal }: Search,
  searches: readonly WordSearch[],
): Promise<void> {
  // The last request is for reading what is found.
  const affordable = searches.slice(0, Math.max(0, requests.left() - 1));
  const found = await Promise.allSettled(affordable.map(({ query }) => requests.search(query)));
  for (const [i, result] of found.entries()) {
    if (result.status === "fulfilled") candidates.add(result.value, affordable[i]!.terms);
  }
  const failure = firstFailure(found);
  if (failure !== undefined && (candidates.ranked().length === 0 || signal?.aborted)) throw failure;
}

async function readAndRank(search: Search, titles: readonly string[]): Promise<Ranking> {
  await search.requests.read(titles);
  return rank(search);
}

function rank({ question, requests, ...options }: Search): Promise<Ranking> {
  const articles = requests.articles().filter(({ article }) => article.kind === "article");
  return rankPassages(question, articles, options);
}

/** What a disambiguation page offers, when the question says nothing beyond its title. */
function choicesOf({ question, language, requests }: Search): readonly string[] {
  const asked = new Set(question.terms.map(({ stem }) => stem));
  const page = requests.articles().find(({ article: { kind, title } }) => {
    if (kind !== "disambiguation" || shareAsked(title, asked, language) < 1) return false;
    return question.subject !== undefined;
  });
  return page?.article.choices ?? [];
}

function present(search: Search, ranking: Ranking, choices = choicesOf(search)): PassagesFound {
  const { passages, coverage, relevant } = ranking;
  const { question } = search;
  // Whatever "Who built it?" finds anywhere is a guess.
  const isGuess = question.saysTooLittle && question.terms.length < 2 && question.about === undefined;
  const read = search.requests.articles().map(({ article }) => article.title);
  const titles = [...passages.map(({ source }) => source.title), ...search.candidates.ranked(), ...read];
  return {
    passages: choices.length > 0 ? [] : passages,
    titles: [...new Set(titles)].slice(0, TITLES),
    choices,
    coverage,
    relevant: choices.length === 0 && relevant && !isGuess,
  };
}
