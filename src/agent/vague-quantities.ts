import type { Units } from "./facts-numbers.ts";

/** A passage as far as quantities without a number are concerned. */
interface Passage {
  readonly words: ReadonlySet<string>;
  readonly numbers: Units;
}

/** What may stand in a passage for such a word: another word, or a number. */
interface Meaning {
  readonly words?: readonly string[];
  /** From the first up to the second. */
  readonly range?: readonly [number, number];
  readonly values?: readonly string[];
}

const MEANINGS: Readonly<Record<string, Meaning>> = {
  half: { words: ["halves"], values: ["50", "0.5"] },
  quarter: { words: ["quarters", "fourth"], values: ["25", "0.25"] },
  twice: { words: ["double", "doubled", "doubles", "again"], values: ["2"] },
  thrice: { values: ["3"] },
  double: { words: ["twice", "doubled", "doubles"], values: ["2"] },
  triple: { words: ["tripled", "triples", "threefold"], values: ["3"] },
  dozens: { range: [24, 200] },
  hundreds: { range: [150, 10_000] },
  thousands: { range: [1_500, 1_000_000] },
  millions: { range: [1.5e6, 1e9] },
  billions: { range: [1.5e9, 1e12] },
};

/** Of these one is a part only before such a word: `a quarter of`, not `the fourth quarter`. */
const PARTS = new Set(["half", "quarter"]);
const OF_A_WHOLE = new Set(["of", "a", "an", "the", "its", "their", "all"]);

/** Words of a sentence that say how much without a number: `half`, `dozens`. */
export function vagueQuantitiesIn(words: readonly string[]): string[] {
  return words.filter(
    (word, i) => Object.hasOwn(MEANINGS, word) && (!PARTS.has(word) || OF_A_WHOLE.has(words[i + 1] ?? "")),
  );
}

/** Whether the passage has the word, or what it may mean. */
export function hasVagueQuantity({ words, numbers }: Passage, word: string): boolean {
  const { words: others = [], range, values = [] } = MEANINGS[word] ?? {};
  if ([word, ...others].some((one) => words.has(one)) || values.some((value) => numbers.has(value))) return true;
  return range !== undefined && numbers.keys().some((value) => Number(value) >= range[0] && Number(value) < range[1]);
}
