import type { QuestionTerm } from "./question-terms.ts";

/** Names within a question as they are written, the longest first: each may be the title of an article, or lead to one. */
export function namesIn(text: string, terms: readonly QuestionTerm[]): readonly string[] {
  const names: string[] = [];
  for (let from = 0; from < terms.length; from += 1) {
    if (!terms[from]!.isName) continue;
    let to = from;
    while (terms[to + 1]?.isName && isWithinName(text.slice(endOf(terms[to]!), terms[to + 1]!.start))) to += 1;
    names.push(text.slice(terms[from]!.start, endOf(terms[to]!)));
    from = to;
  }
  // A year is written like a name, and is rarely what is asked about.
  return names.filter((name) => name.length > 1 && /\p{L}/u.test(name)).toSorted((a, b) => b.length - a.length);
}

function endOf({ start, text }: QuestionTerm): number {
  return start + text.length;
}

/** Nothing, a space or a sign, as in "AT&T", or a small word, as in "Pharos of Alexandria". */
function isWithinName(between: string): boolean {
  return BETWEEN.test(between);
}

const BETWEEN =
  /^(?:[ .&+/'’-]| & |\. | (?:(?:of|the|de|del|della|di|da|do|du|des|la|le|el|von|van|der|den|zu|al|bin|ibn) )*)$/u;
