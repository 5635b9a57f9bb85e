import { loadLanguageWords, primarySubtag } from "./terms-language.ts";
import { withoutAccents } from "./terms.ts";

/**
 * The language a question is written in: by its script, or by its stop words where they speak clearly against the usual one.
 * @param usual BCP 47, what is returned in case of doubt
 */
export async function languageOf(question: string, usual: string): Promise<string> {
  for (const [script, languages] of SCRIPTS) {
    if (script.test(question)) return languages.includes(primarySubtag(usual)) ? usual : languages[0]!;
  }
  const words = new Set(question.toLowerCase().match(/\p{L}{2,}/gu));
  const counts = await Promise.all(LATIN.map((language) => countStopWords(words, language)));
  const best = Math.max(...counts);
  const usualCount = counts[LATIN.indexOf(primarySubtag(usual))] ?? 0;
  return best >= usualCount + CLEAR_LEAD ? LATIN[counts.indexOf(best)]! : usual;
}

/** Stop words by which another language must be ahead; one less, and names such as "Los Angeles" decide. */
const CLEAR_LEAD = 2;

async function countStopWords(words: ReadonlySet<string>, language: string): Promise<number> {
  const list = await loadLanguageWords(language);
  return [...words].filter((word) => list.isStopWord(word) || list.isStopWord(withoutAccents(word))).length;
}

const LATIN = "en de fr es it pt nl sv da no fi hu ro tr id".split(" ");

/** In the order they are looked for: Japanese is written in Han characters too. The first language is the one to guess. */
const SCRIPTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, ["ja"]],
  [/\p{Script=Han}/u, ["zh", "ja", "yue", "wuu"]],
  [/\p{Script=Hangul}/u, ["ko"]],
  [/\p{Script=Thai}/u, ["th"]],
  [/\p{Script=Arabic}/u, ["ar", "fa", "ur"]],
  [/\p{Script=Devanagari}/u, ["hi", "ne", "mr", "sa"]],
  [/\p{Script=Tamil}/u, ["ta"]],
  [/\p{Script=Armenian}/u, ["hy"]],
  [/\p{Script=Greek}/u, ["el"]],
  [/\p{Script=Cyrillic}/u, ["ru", "uk", "bg", "sr", "be", "mk"]],
];
