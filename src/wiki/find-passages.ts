import type { PassageFinder, PassagesFound, WikiSource } from "../core/wiki.ts";
import { collectCandidates, type Candidates } from "./find-candidates.ts";
import { titleBeside, whatIsMeant } from "./find-meant.ts";
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
        text,
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
  /** The question as it was put. */
  readonly text: string;
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
  if (question.terms.length > 0) return present(search, await searchAndRank(search));
  return question.refersBack ? present(search, await rank(search)) : lookUp(search);
}

/** A title may be made of words that tell nothing, such as "The Who" and "at&t". */
async function lookUp(search: Search): Promise<PassagesFound> {
  const title = search.text.trim();
  const about = { ...search, question: askFor(title, search.question, search.language) };
  return present(about, await readAndRank(about, [title]), []);
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
  const { candidates, question, language, requests } = search;
  const { strict, relaxed } = planSearches(question, search.searchStems);
  for (const { query, terms } of strict) {
    const hits = await requests.search(query);
    candidates.add(hits, terms);
    if (hits.length > 0) break;
  }
  const found = candidates.ranked();
  const beside = titleBeside(question, language, found);
  const titles = [...(beside === undefined ? [] : [beside]), ...found.slice(0, READS - 1)];
  const ranking = await readAndRank(search, titles);
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
  const { question, language, requests } = search;
  await requests.read(titles);
  const { title } = whatIsMeant(question, language, requests.articles());
  if (title !== undefined) await requests.read([title]);
  return rank(search);
}

function rank({ requests, ...search }: Search): Promise<Ranking> {
  const { articles } = whatIsMeant(search.question, search.language, requests.articles());
  return rankPassages(search.question, articles, search);
}

function choicesOf({ question, language, requests }: Search): readonly string[] {
  return whatIsMeant(question, language, requests.articles()).choices;
}

function present(search: Search, ranking: Ranking, choices = choicesOf(search)): PassagesFound {
  const { passages, coverage, relevant } = ranking;
  const { question } = search;
  // Whatever "Who built it?" finds anywhere is a guess.
  const isGuess = question.saysTooLittle && question.terms.length < 2 && question.about === undefined;
  const read = search.requests.articles().map(({ article }) => article.title);
  const titles = [...passages.map(({ source }) => source.title), ...search.candidates.ranked(), ...read];
  const asked = new Set(question.terms.map(({ stem }) => stem));
  const named = titles.filter((title) => shareAsked(title, asked, search.language) === 1);
  return {
    passages: choices.length > 0 ? [] : passages,
    titles: [...new Set([...named, ...titles])].slice(0, TITLES),
    choices,
    coverage,
    relevant: choices.length === 0 && relevant && !isGuess,
  };
}
