import { stopwords as englishStopWords } from "@orama/stopwords/english";
import { stemOfEnglish } from "./terms-english.ts";

/** What is known of a language's words. */
export interface LanguageWords {
  /** BCP 47 primary subtag. */
  readonly code: string;
  /** Lower case in, and true for words that only hold a sentence together. */
  isStopWord(word: string): boolean;
  /** Lower case in; the word itself where a language has no stems. */
  stem(word: string): string;
}

/** @param language BCP 47; of a language without lists every word counts and none is stemmed */
export function loadLanguageWords(language: string): Promise<LanguageWords> {
  const code = primarySubtag(language);
  const known = loaded.get(code);
  if (known !== undefined) return known;
  const words = load(code);
  if (code in LISTS) loaded.set(code, words);
  return words;
}

/** `und` for what is none: of a wiki's codes that are longer than a language's only `simple` is of a language with lists. */
export function primarySubtag(language: string): string {
  const code = language.toLowerCase().split("-")[0]!;
  if (code === "simple") return "en";
  if (!/^[a-z]{2,3}$/.test(code)) return "und";
  return code === "nb" || code === "nn" ? "no" : code;
}

const loaded = new Map<string, Promise<LanguageWords>>([
  ["en", Promise.resolve(wordsOf("en", englishStopWords, stemOfEnglish))],
]);

async function load(code: string): Promise<LanguageWords> {
  const [{ stopwords }, stemmers] = (await LISTS[code]?.()) ?? [{ stopwords: [] }];
  return wordsOf(code, stopwords, stemmers?.stemmer ?? ((word) => word));
}

function wordsOf(code: string, stopwords: readonly string[], stem: (word: string) => string): LanguageWords {
  const list = new Set(stopwords);
  return { code, isStopWord: (word) => list.has(word), stem: remembering(stem) };
}

/** Texts say the same words again and again, and a stem takes fifty times as long to make as to look up. */
function remembering(stem: (word: string) => string): (word: string) => string {
  const stems = new Map<string, string>();
  return (word) => {
    const known = stems.get(word);
    if (known !== undefined) return known;
    const made = stem(word);
    // Longer words are rare, and V8 keeps them as slices of their text, which would live on with them.
    if (word.length > LONGEST_REMEMBERED) return made;
    if (stems.size >= MOST_REMEMBERED) stems.clear();
    stems.set(word, made);
    return made;
  };
}

const LONGEST_REMEMBERED = 12;
/** About 3 MB of memory. */
const MOST_REMEMBERED = 30_000;

type StopWords = { readonly stopwords: readonly string[] };
type Stemmer = { readonly stemmer: (word: string) => string };

/** Each loaded when the first question in its language comes. Chinese and Japanese words have no endings to take off. */
const LISTS: Readonly<Record<string, () => Promise<readonly [StopWords, Stemmer?]>>> = {
  ar: () => Promise.all([import("@orama/stopwords/arabic"), import("@orama/stemmers/arabic")]),
  bg: () => Promise.all([import("@orama/stopwords/bulgarian"), import("@orama/stemmers/bulgarian")]),
  da: () => Promise.all([import("@orama/stopwords/danish"), import("@orama/stemmers/danish")]),
  de: () => Promise.all([import("@orama/stopwords/german"), import("@orama/stemmers/german")]),
  el: () => Promise.all([import("@orama/stopwords/greek"), import("@orama/stemmers/greek")]),
  es: () => Promise.all([import("@orama/stopwords/spanish"), import("@orama/stemmers/spanish")]),
  fi: () => Promise.all([import("@orama/stopwords/finnish"), import("@orama/stemmers/finnish")]),
  fr: () => Promise.all([import("@orama/stopwords/french"), import("@orama/stemmers/french")]),
  ga: () => Promise.all([import("@orama/stopwords/irish"), import("@orama/stemmers/irish")]),
  hi: () => Promise.all([import("@orama/stopwords/indian"), import("@orama/stemmers/indian")]),
  hu: () => Promise.all([import("@orama/stopwords/hungarian"), import("@orama/stemmers/hungarian")]),
  hy: () => Promise.all([import("@orama/stopwords/armenian"), import("@orama/stemmers/armenian")]),
  id: () => Promise.all([import("@orama/stopwords/indonesian"), import("@orama/stemmers/indonesian")]),
  it: () => Promise.all([import("@orama/stopwords/italian"), import("@orama/stemmers/italian")]),
  lt: () => Promise.all([import("@orama/stopwords/lithuanian"), import("@orama/stemmers/lithuanian")]),
  ne: () => Promise.all([import("@orama/stopwords/nepali"), import("@orama/stemmers/nepali")]),
  nl: () => Promise.all([import("@orama/stopwords/dutch"), import("@orama/stemmers/dutch")]),
  no: () => Promise.all([import("@orama/stopwords/norwegian"), import("@orama/stemmers/norwegian")]),
  pt: () => Promise.all([import("@orama/stopwords/portuguese"), import("@orama/stemmers/portuguese")]),
  ro: () => Promise.all([import("@orama/stopwords/romanian"), import("@orama/stemmers/romanian")]),
  ru: () => Promise.all([import("@orama/stopwords/russian"), import("@orama/stemmers/russian")]),
  sa: () => Promise.all([import("@orama/stopwords/sanskrit"), import("@orama/stemmers/sanskrit")]),
  sr: () => Promise.all([import("@orama/stopwords/serbian"), import("@orama/stemmers/serbian")]),
  sv: () => Promise.all([import("@orama/stopwords/swedish"), import("@orama/stemmers/swedish")]),
  ta: () => Promise.all([import("@orama/stopwords/tamil"), import("@orama/stemmers/tamil")]),
  tr: () => Promise.all([import("@orama/stopwords/turkish"), import("@orama/stemmers/turkish")]),
  uk: () => Promise.all([import("@orama/stopwords/ukrainian"), import("@orama/stemmers/ukrainian")]),
  ja: async () => [await import("@orama/stopwords/japanese")],
  zh: async () => [await import("@orama/stopwords/mandarin")],
};
