import type { LanguageWords } from "./terms-language.ts";
import { termsOf } from "./terms.ts";

/**
 * Words by which a text answers what a question asks in another word: who "invented" a thing is the one it was "created" by.
 * A table of general English, of what is asked about people, things and places anywhere, and of no field's own words. It serves the
 * ranking alone: nothing is searched for by these words, and holding one is not holding the word that was asked for. It stops at
 * single words, at English, and where a word has many meanings beside the one meant here. Other forms of the same word are no
 * synonyms: see `terms-irregular.ts`.
 * @returns stems, without the word's own
 */
export function synonymsOf(stem: string, language: LanguageWords): readonly string[] {
  return tableFor(language).get(stem) ?? [];
}

/** Whether an answer in other words can be told from none; where it cannot, a text that shares few words may well be one. */
export function knowsSynonyms(language: LanguageWords): boolean {
  return tableFor(language).size > 0;
}

const tables = new WeakMap<LanguageWords, ReadonlyMap<string, readonly string[]>>();

function tableFor(language: LanguageWords): ReadonlyMap<string, readonly string[]> {
  let table = tables.get(language);
  if (table === undefined) tables.set(language, (table = readTable(SYNONYMS[language.code] ?? "", language)));
  return table;
}

function readTable(lines: string, language: LanguageWords): Map<string, readonly string[]> {
  const stemsIn = (words: string): string[] => termsOf(words, language).map(({ stem }) => stem);
  const table = new Map<string, readonly string[]>();
  for (const line of lines.split("\n")) {
    const [asked = "", answering = ""] = line.split(":");
    const stems = [...new Set(stemsIn(line))];
    const keys = answering === "" ? stems : stemsIn(asked);
    for (const key of keys)
      table.set(
        key,
        [...new Set([...(table.get(key) ?? []), ...stems])].filter((s) => s !== key),
      );
  }
  return table;
}

/** A line without a colon works both ways; with one, the words before it are asked for and those after it answer. */
const SYNONYMS: Readonly<Record<string, string>> = {
  en: `
die death dead deceased
born birth birthplace birthday
kill murder assassinate execute
marry wife husband spouse wedding
invent create design develop devise
inventor creator designer developer: invent create design develop devise
author: write book
discover discovery find
found: establish incorporate create form begin start
founder: found establish create
build: construct erect begin complete finish architect
construct erect: build
destroy: destruction ruin demolish
start begin launch
end: finish close cease
old: age
young: age
tall high: height metre foot
long: length duration
wide: width across
deep: depth metre foot
big large: size area diameter
hot cold warm: temperature degree °C °F
temperature: hot cold degree °C °F
heavy: weigh weight mass kilogram kg tonne pound
far: distance kilometre km mile
fast quick: speed
expensive: price cost
people: population inhabitant
population: inhabitant
called named: name
now today current: since still
live: inhabit reside habitat
eat: food diet feed
leader ruler: lead rule head
`,
};
