import { stemmer } from "@orama/stemmers/english";
import { regularForm } from "./terms-irregular.ts";

/**
 * What an English word has in common with its other forms: Porter's stem, where that is right.
 * @param word lower case
 */
export function stemOfEnglish(word: string): string {
  const form = regularForm(word);
  const alone = ALONE.get(form);
  if (alone !== undefined) return alone;
  const stem = stemmer(form);
  // The library takes a letter too many off: an "election" would be an "elec", which nobody elects.
  const [, whole] = /^(.+[st])ions?$/.exec(form) ?? [];
  return whole?.length === stem.length + 1 ? whole : stem;
}

/**
 * Words that mean something else than those they would share a stem with: news need not be new, an executive executes nobody, and the
 * meaning of a thing is not its mean.
 */
const ALONE: ReadonlyMap<string, string> = new Map(
  `
  apartment authority building community department executive experiment general international meaning news opera physician policy
  university
  `
    .trim()
    .split(/\s+/)
    .flatMap((word) => [word, `${word}s`, word.replace(/y$/, "ies")].map((form) => [form, word] as const)),
);
