/** Characters of a passage that are shown; Slack takes 3,000 in a block of text, Discord 4,096 in an embed. */
const MAX_LENGTH = 2_900;
/** Of these, in front of the first quotation. */
const LEAD = 600;

export interface Stretch {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** The whole passage, in stretches that are quoted or not. */
export function stretchesOf(passage: string, quotes: readonly string[]): Stretch[] {
  return stretchesBetween(passage, quotedIn(passage, quotes), 0, passage.length);
}

/** The same; of a long one what can be shown, from shortly before its first quotation on. */
export function highlighted(passage: string, quotes: readonly string[]): Stretch[] {
  const isQuoted = quotedIn(passage, quotes);
  const { start, end } = windowOf(passage, isQuoted.indexOf(true));
  const stretches = stretchesBetween(passage, isQuoted, start, end);
  return [
    ...(start === 0 ? [] : [{ text: "…", isQuoted: false }]),
    ...stretches,
    ...(end === passage.length ? [] : [{ text: "…", isQuoted: false }]),
  ];
}

/** Of each code unit whether it is quoted. */
function quotedIn(passage: string, quotes: readonly string[]): boolean[] {
  const isQuoted = Array.from({ length: passage.length }, () => false);
  for (const quote of quotes) {
    const start = passage.indexOf(quote);
    if (start !== -1) isQuoted.fill(true, start, start + quote.length);
  }
  return isQuoted;
}

function windowOf(passage: string, firstQuoted: number): { readonly start: number; readonly end: number } {
  if (passage.length <= MAX_LENGTH) return { start: 0, end: passage.length };
  const wanted = Math.max(0, Math.min(firstQuoted - LEAD, passage.length - MAX_LENGTH));
  const start = wholeCharacter(passage, wanted);
  return { start, end: wholeCharacter(passage, start + MAX_LENGTH) };
}

/** Not between the two halves of a surrogate pair. */
function wholeCharacter(text: string, position: number): number {
  return /[\uDC00-\uDFFF]/.test(text[position] ?? "") ? position - 1 : position;
}

function stretchesBetween(passage: string, isQuoted: readonly boolean[], start: number, end: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (let from = start; from < end;) {
    const next = isQuoted.indexOf(!isQuoted[from], from);
    const to = next === -1 ? end : Math.min(next, end);
    stretches.push({ text: passage.slice(from, to), isQuoted: isQuoted[from] === true });
    from = to;
  }
  return stretches;
}
