import type { LanguageWords } from "./terms-language.ts";

/** A word of a text. */
export interface Term {
  /** As written. */
  readonly text: string;
  /** Where it begins in the text. */
  readonly start: number;
  /** What equal words have in common: lower case, stemmed, without accents. */
  readonly stem: string;
}

// `C++` and `C#` are words too, and `1,500` is one word.
const SPACED_WORD = /\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}\p{N}]+(?:\+\+|#)?/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々]/u;

/** The words of a text in order, stop words too. */
export function termsOf(text: string, language: LanguageWords): Term[] {
  const terms: Term[] = [];
  for (const match of text.matchAll(SPACED_WORD)) {
    for (const { text: word, start } of wordsIn(match[0], match.index, language.code)) {
      terms.push({ text: word, start, stem: stemOf(word, language) });
    }
  }
  return terms;
}

/** The same words as written: what a long text is indexed by. */
export function wordsOf(text: string, language: LanguageWords): readonly string[] {
  return UNSPACED.test(text) ? termsOf(text, language).map(({ text: word }) => word) : (text.match(SPACED_WORD) ?? []);
}

/** What the word has in common with its equals. */
export function stemOf(word: string, language: LanguageWords): string {
  return withoutAccents(language.stem(word.toLowerCase()));
}

/** Only scripts without spaces need the dictionary, which is slow. */
function wordsIn(run: string, start: number, code: string): readonly { text: string; start: number }[] {
  if (!UNSPACED.test(run)) return [{ text: run, start }];
  return Array.from(segmenterFor(code).segment(run), ({ segment, index }) => ({ text: segment, start: start + index }));
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(code: string): Intl.Segmenter {
  const known = segmenters.get(code);
  if (known !== undefined) return known;
  const segmenter = new Intl.Segmenter(["ja", "zh", "th", "lo", "km", "my"].includes(code) ? code : "und", {
    granularity: "word",
  });
  segmenters.set(code, segmenter);
  return segmenter;
}

/** `Ångström` as `angstrom`; vowel signs of other scripts stay. */
export function withoutAccents(word: string): string {
  return /^[\x20-\x7e]*$/.test(word)
    ? word
    : word
        .normalize("NFKD")
        .replace(/[\u0300-\u036f]/g, "")
        .normalize("NFC");
}
