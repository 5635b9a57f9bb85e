import { deniedAt, denies, mayDeny } from "./denials.ts";
import { type DateReadings, hasDate, keysOf, takeDates } from "./facts-dates.ts";
import { COMMON, hasName, type Name, namesIn, shortFormsIn, tokensOf } from "./facts-names.ts";
import { hasQuantity, quantitiesIn, type Quantity, type Units, unitsOf } from "./facts-numbers.ts";
import { fold, plain } from "./plain-text.ts";
import { withoutOne } from "./spelled-numbers.ts";
import { hasVagueQuantity, vagueQuantitiesIn } from "./vague-quantities.ts";

/** What of a sentence can be checked against a passage without understanding either. */
export interface Facts {
  readonly dates: readonly DateReadings[];
  readonly numbers: readonly Quantity[];
  readonly names: readonly Name[];
  /** `half`, `dozens`. */
  readonly vague: readonly string[];
  /** Folded words of some weight. */
  readonly words: readonly string[];
  /** Whether it says that something is not so. */
  readonly denies: boolean;
  /** Whether it may say so in other words: `failed to`. */
  readonly mayDeny: boolean;
}

/** A passage made ready for many comparisons. */
export interface Evidence {
  readonly folded: string;
  readonly dates: ReadonlySet<string>;
  readonly numbers: Units;
  readonly words: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  readonly shortForms: ReadonlySet<string>;
  /** Stems of words that stand in it only to be denied. */
  readonly denied: ReadonlySet<string>;
}

/** One thing that a sentence says and a passage must have. */
export type Check = (evidence: Evidence) => boolean;

export function factsOf(sentence: string): Facts {
  const { dates, rest } = takeDates(plain(sentence));
  const tokens = tokensOf(rest);
  const words = tokens.map(({ folded }) => folded);
  return {
    dates,
    numbers: quantitiesIn(withoutOne(rest)).quantities,
    names: namesIn(tokens),
    vague: vagueQuantitiesIn(words),
    words: words.filter(isWeighty),
    denies: denies(words),
    mayDeny: words.some(mayDeny),
  };
}

/**
 * Of a heading or an introduction: without the words that labels are made of, and without small numbers, which count
 * what follows: `Three dates matter:`.
 */
export function factsOfLabel(text: string): Facts {
  const facts = factsOf(text);
  return {
    ...facts,
    numbers: facts.numbers.filter((number) => !number.some(({ value, unit }) => unit === "" && Number(value) <= 12)),
    names: facts.names.filter(({ folded }) => !OF_LABELS.has(folded)),
    words: facts.words.filter((word) => !OF_LABELS.has(word)),
  };
}

/** None of them says anything of anything. */
const OF_LABELS = new Set(
  (
    "academic account achievements answer answers art arts aspects awards background beginnings biography birth career category causes characteristics childhood cities climate comparison conclusion " +
    "consists construction content context contributions count culture date dates death deaths definition demographics description design detail details development difference differences discoveries " +
    "discovery economy education effects etymology event events example examples explains fact factors facts family features figures following follows found fun geography government groups health history " +
    "impact important include includes including influence information introduction inventions items key kinds language languages legacy life list location main major marriage matter matters meaning " +
    "mentioned modern name names nature notable notes number numbers origin origins overview part people period periods personal places points politics population purpose quantity question reason reasons " +
    "reception references related religion respects result results role science section short similar sources sport sports statement steps structure summary table take technology tells term timeline title " +
    "top tourism transport types use uses value values ways work works year years youth " +
    "année années antwort aperçu año años beispiele daten datos eigenschaft ejemplos ereignis evento exemples faits fakten folgende folgenden folgendes gehören gründe hechos jahr jahre principales " +
    "principaux puntos quellen raisons razones respuesta resumen réponse résumé siguientes suivantes suivants valeur valor voici wert wichtige wichtigsten zusammenfassung événement überblick übersicht"
  )
    .split(" ")
    .map(fold),
);

export function evidenceOf(text: string): Evidence {
  const whole = plain(text);
  const { dates, rest } = takeDates(whole);
  const { quantities, alone } = quantitiesIn(rest);
  const known = dates.flat();
  const numbers = unitsOf(
    [
      ...quantities,
      known.flatMap(({ year }) => (year === undefined ? [] : [{ value: year, unit: "" }])),
      known.flatMap(({ day }) => (day === undefined ? [] : [{ value: String(day), unit: "day" }])),
    ],
    alone,
  );
  const tokens = tokensOf(whole);
  const words = tokens.map(({ folded }) => folded);
  return {
    folded: fold(text),
    dates: new Set(known.flatMap(keysOf)),
    numbers,
    words: new Set(words),
    stems: new Set(words.map(stemOf)),
    shortForms: new Set(shortFormsIn(tokens)),
    denied: onlyDenied(words),
  };
}

function onlyDenied(words: readonly string[]): Set<string> {
  const places = new Set(deniedAt(words).filter((at) => isWeighty(words[at]!)));
  const denied = new Set([...places].map((at) => stemOf(words[at]!)));
  for (const [at, word] of words.entries()) if (!places.has(at)) denied.delete(stemOf(word));
  return denied;
}

/** The dates, numbers, quantities and names of a sentence, each of which some passage must have. */
export function checksOf({ dates, numbers, vague, names }: Facts): Check[] {
  return [
    ...vague.map(
      (word): Check =>
        (evidence) =>
          hasVagueQuantity(evidence, word),
    ),
    ...dates.map(
      (date): Check =>
        (evidence) =>
          hasDate(evidence.dates, evidence.numbers, date),
    ),
    ...numbers.map(
      (number): Check =>
        (evidence) =>
          hasQuantity(evidence.numbers, number),
    ),
    ...names.map(
      (name): Check =>
        (evidence) =>
          hasName(evidence, name),
    ),
  ];
}

/** Letters that two forms of a word have in common in most languages that inflect at the end. */
const STEM_LENGTH = 5;

const stemOf = (word: string): string => word.replace(/(?<=.{3})s$/, "").slice(0, STEM_LENGTH);

export function hasWord({ stems, folded }: Evidence, word: string): boolean {
  return stems.has(stemOf(word)) || (CASELESS.test(word) && folded.includes(word));
}

/** Whether the passage has the sentence word for word, as a whole. */
export function hasVerbatim({ folded }: Evidence, sentence: string): boolean {
  const wanted = fold(sentence);
  if (wanted === "") return false;
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
    // Only what stands next to it: in a long passage a short quotation occurs often.
    const [before, after] = [folded.slice(Math.max(0, at - 2), at), folded.slice(at + wanted.length).slice(0, 4)];
    const begins = !/[\p{L}\p{N}]$/u.test(before) || !/^[\p{L}\p{N}]/u.test(wanted) || CASELESS.test(wanted);
    // `5` is no quotation of `5.2` or `5 million`.
    const ends = /[\p{L}\p{N}]$/u.test(wanted)
      ? /^(?:$|\n|\s?[^\p{L}\p{N}\s-](?!\d))/u.test(after)
      : !/^\d/.test(after);
    if (begins && ends) return true;
  }
  return false;
}

export function hasDenial({ words }: Evidence): boolean {
  return words.values().some(mayDeny);
}

/** Whether the sentence says of something what the passage only denies of it: `He married` of `He never married`. */
export function affirmsWhatIsDenied(facts: Facts, { denied }: Evidence): boolean {
  return !facts.mayDeny && facts.words.some((word) => denied.has(stemOf(word)));
}

/** Scripts without capitals, many of them without spaces. */
const CASELESS = /[^\P{L}\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;

function isWeighty(word: string): boolean {
  if (COMMON.has(word)) return false;
  if (CASELESS.test(word)) return !/^\p{Script=Hiragana}+$/u.test(word);
  return word.length > 3 && !/^\d/.test(word);
}
