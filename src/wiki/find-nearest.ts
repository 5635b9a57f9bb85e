import type { WikiRequests } from "./find-requests.ts";
import type { Question } from "./question-terms.ts";

/** Titles that begin like what the question names, for when no search has found any: it may be misspelt. */
export async function nearestTitles(question: Question, requests: WikiRequests): Promise<readonly string[]> {
  for (const prefix of prefixesOf(question.subject ?? nameIn(question))) {
    const titles = await requests.suggest(prefix);
    if (titles.length > 0) return titles;
  }
  return [];
}

/** Longest first: often no more than one request is left. A word is misspelt towards its end more often than at its beginning. */
function prefixesOf(name: string): readonly string[] {
  const words = name.split(/\s+/);
  const last = words.pop() ?? "";
  const beginning = [...words, beginningOf(last, 0.6)].join(" ");
  return [beginning, beginningOf(words[0] ?? last, 1 / 3)].filter((prefix) => prefix !== "");
}

function beginningOf(word: string, share: number): string {
  const letters = Array.from(word);
  return letters.slice(0, Math.max(SHORTEST, Math.ceil(share * letters.length))).join("");
}

const SHORTEST = 3;

/** The rarest word of the question, with the names beside it. */
function nameIn({ terms }: Question): string {
  const rarest = terms.toSorted((a, b) => b.rarity - a.rarity)[0];
  if (rarest === undefined) return "";
  let from = terms.indexOf(rarest);
  let to = from;
  while (terms[from]!.isName && isNameBefore(terms[from - 1], terms[from]!)) from -= 1;
  while (terms[to]!.isName && terms[to + 1] !== undefined && isNameBefore(terms[to], terms[to + 1]!)) to += 1;
  return terms
    .slice(from, to + 1)
    .map(({ text }) => text)
    .join(" ");
}

function isNameBefore(one: Question["terms"][number] | undefined, next: Question["terms"][number]): boolean {
  return one !== undefined && one.isName && next.isName && one.start + one.text.length + 1 === next.start;
}
