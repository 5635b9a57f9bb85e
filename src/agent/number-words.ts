import { toCardinal as german } from "n2words/de-DE";
import { toCardinal as spanish } from "n2words/es-ES";
import { toCardinal as french } from "n2words/fr-FR";
import { toCardinal as italian } from "n2words/it-IT";
import { toCardinal as dutch } from "n2words/nl-NL";
import { toCardinal as portuguese } from "n2words/pt-PT";

/** How a language writes numbers, and words that hardly any sentence of it lacks. */
interface Language {
  readonly commonWords: ReadonlySet<string>;
  /** As they stand in a plain text in lower case; an entry may have several spellings. */
  readonly spell: (n: number) => readonly string[];
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

const LANGUAGES: readonly Language[] = [
  {
    commonWords: words(
      "der die das den dem und ist war wurde nicht ein eine einen mit von im auf für sich sind hat hatte am zum zur aus als wie es er sie",
    ),
    spell: (n) => [german(n), german(n).replace(/^ein(?=hundert|tausend)/, "")],
  },
  {
    commonWords: words(
      "le la les des est une un dans qui que pour avec sur par il elle au aux du et à été ans son sa de a",
    ),
    spell: (n) => [french(n)],
  },
  {
    commonWords: words("el la los las es una un en que por con del fue su se y al años tiene murió nació a de lo"),
    spell: (n) => [spanish(n), ...inOtherGender(spanish(n), [["cientos", "cientas"]])],
  },
  {
    commonWords: words("il lo la gli le è una un nel di che per con della del fu si e dei anni ha alla a era"),
    // `vent'anni`
    spell: (n) => [italian(n), italian(n).replace(/[aeiou]$/, "'")],
  },
  {
    commonWords: words("o a os as é uma um em que por com do da foi se e ao anos tem dos no na de morreu nasceu"),
    spell: (n) => [
      portuguese(n),
      ...inOtherGender(portuguese(n), [
        ["dois", "duas"],
        ["centos", "centas"],
      ]),
    ],
  },
  {
    commonWords: words("de het een en van is was niet met op voor zijn te aan jaar werd die dat in hij zij"),
    spell: (n) => [dutch(n)],
  },
];

function inOtherGender(spelled: string, endings: readonly (readonly [string, string])[]): string[] {
  return endings.filter(([male]) => spelled.includes(male)).map(([male, female]) => spelled.replace(male, female));
}

/** One is left out: it is the indefinite article as well. */
const NUMBERS = [...Array.from({ length: 99 }, (_, i) => i + 2), 200, 300, 400, 500, 600, 700, 800, 900];

const readers = new Map<Language, (text: string) => string>();

/**
 * A plain text in German, French, Spanish, Italian, Portuguese or Dutch with its number words as digits, and Chinese and Japanese numerals
 * as digits where they count: `quatre-vingts ans`, `vent'anni`, `二百万人`.
 */
export function withForeignDigits(text: string): string {
  const language = languageOf(text);
  return withHanDigits(language === undefined ? text : readerOf(language)(text));
}

const ENGLISH = words(
  "the of and in to was is a for on that with as by at from his her it he she are were who which after",
);

/** The language of which most common words stand in the text, if these are two at least; not English, nor what has as many of another. */
function languageOf(text: string): Language | undefined {
  const present = new Set(text.toLowerCase().match(/\p{L}+/gu));
  const english = present.intersection(ENGLISH).size;
  const [best, second] = LANGUAGES.map((language) => ({
    language,
    count: present.intersection(language.commonWords).size,
  })).toSorted((a, b) => b.count - a.count);
  const isClear = best !== undefined && best.count >= 2 && best.count > Math.max(second?.count ?? 0, english);
  return isClear ? best.language : undefined;
}

function readerOf(language: Language): (text: string) => string {
  let reader = readers.get(language);
  if (reader === undefined) {
    reader = makeReader(language);
    readers.set(language, reader);
  }
  return reader;
}

function makeReader({ spell }: Language): (text: string) => string {
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
