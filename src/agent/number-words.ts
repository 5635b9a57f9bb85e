import { toCardinal as german } from "n2words/de-DE";
import { toCardinal as spanish } from "n2words/es-ES";
import { toCardinal as french } from "n2words/fr-FR";
import { toCardinal as italian } from "n2words/it-IT";
import { toCardinal as dutch } from "n2words/nl-NL";
import { toCardinal as portuguese } from "n2words/pt-PT";
import { type KnownLanguage, languageOf } from "./language-of.ts";

/** How a language writes a number in a plain text in lower case; there may be several spellings. */
type Spell = (n: number) => readonly string[];

const SPELLINGS: Readonly<Record<Exclude<KnownLanguage, "en">, Spell>> = {
  de: (n) => [german(n), german(n).replace(/^ein(?=hundert|tausend)/, "")],
  fr: (n) => [french(n)],
  es: (n) => [spanish(n), ...inOtherGender(spanish(n), [["cientos", "cientas"]])],
  // `vent'anni`
  it: (n) => [italian(n), italian(n).replace(/[aeiou]$/, "'")],
  pt: (n) => [
    portuguese(n),
    ...inOtherGender(portuguese(n), [
      ["dois", "duas"],
      ["centos", "centas"],
    ]),
  ],
  nl: (n) => [dutch(n)],
};

function inOtherGender(spelled: string, endings: readonly (readonly [string, string])[]): string[] {
  return endings.filter(([male]) => spelled.includes(male)).map(([male, female]) => spelled.replace(male, female));
}

/** One is left out: it is the indefinite article as well. */
const NUMBERS = [...Array.from({ length: 99 }, (_, i) => i + 2), 200, 300, 400, 500, 600, 700, 800, 900];

const readers = new Map<Spell, (text: string) => string>();

/** So many common words tell a language. */
const CLEAR = 2;

/**
 * A plain text in German, French, Spanish, Italian, Portuguese or Dutch with its number words as digits, and Chinese and Japanese numerals
 * as digits where they count: `quatre-vingts ans`, `vent'anni`, `二百万人`.
 */
export function withForeignDigits(text: string): string {
  const language = languageOf(text, CLEAR);
  const isForeign = language !== undefined && language !== "en";
  return withHanDigits(isForeign ? readerOf(SPELLINGS[language])(text) : text);
}

function readerOf(spell: Spell): (text: string) => string {
  let reader = readers.get(spell);
  if (reader === undefined) {
    reader = makeReader(spell);
    readers.set(spell, reader);
  }
  return reader;
}

function makeReader(spell: Spell): (text: string) => string {
  const values = new Map(NUMBERS.flatMap((n) => spell(n).map((spelled) => [keyOf(spelled), n] as const)));
  const longestFirst = [...values.keys()].toSorted((a, b) => b.length - a.length);
  const alternatives = longestFirst.map((key) => key.replaceAll(" ", "[ -]"));
  const spelled = new RegExp(`(?<!\\p{L})(?:${alternatives.join("|")})(?:(?<=')|(?!\\p{L}))`, "giu");
  return (text) =>
    text.replace(spelled, (found) => {
      const digits = String(values.get(keyOf(found)));
      return found.endsWith("'") ? `${digits} ` : digits;
    });
}

/** `vingt-et-un` is `vingt et un`. */
function keyOf(spelled: string): string {
  return spelled.toLowerCase().replaceAll("-", " ");
}

/** Before these a numeral counts; elsewhere it may be part of a name, as in 四国 and 千葉. */
const HAN_COUNTED = /(?<!第)[〇一二三四五六七八九十百千]+(?=[万萬億亿兆年月日人個个歳岁回度階层位倍円元名])/gu;

function withHanDigits(text: string): string {
  return text.replace(HAN_COUNTED, (numeral) => {
    const value = /[十百千]/.test(numeral) ? hanValue(numeral) : numeral.split("").map(hanDigit).join("");
    return String(value) === "1" ? numeral : ` ${value}`;
  });
}

const hanDigit = (character: string): number => "〇一二三四五六七八九".indexOf(character);

/** 二百五十 is 250: each power takes the digit before it, or one. */
function hanValue(numeral: string): number {
  let sum = 0;
  let digit = 0;
  for (const character of numeral) {
    const power = { 十: 10, 百: 100, 千: 1_000 }[character];
    if (power === undefined) digit = hanDigit(character);
    else {
      sum += power * Math.max(digit, 1);
      digit = 0;
    }
  }
  return sum + digit;
}
