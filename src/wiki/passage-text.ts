import type { Passage, PassagePart } from "../core/article.ts";

/** Characters after which a list is continued in another passage, so that a footnote points at something one can find. */
const LONG_LIST = 1_000;

/** Characters after which any text is: a log that somebody pasted is no passage to point at. */
const LONG_TEXT = 3_000;
/** The end of a sentence, with the quotation marks and brackets that close there. */
const SENTENCE_END = /[.!?…]["'»”’)\]]*(?=\s)|[。！？]["'」』）]*/gu;

/** A text as it is, or in pieces when it is long: cut after a line, else after a sentence, else between words, else anywhere. */
export function cutText(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > LONG_TEXT) {
    const end = cutAt(rest.slice(0, LONG_TEXT));
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...pieces, rest];
}

/** Not in the first half: a short sentence before an endless one is no passage by itself. */
function cutAt(text: string): number {
  const line = text.lastIndexOf("\n");
  if (line > LONG_TEXT / 2) return line;
  const sentence = [...text.matchAll(SENTENCE_END)].map(({ 0: mark, index }) => index + mark.length).at(-1) ?? 0;
  if (sentence > LONG_TEXT / 2) return sentence;
  const word = text.lastIndexOf(" ");
  if (word > LONG_TEXT / 2) return word;
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length;
}

/** Lines of code in one passage, or in several when they are many; each stays a line, or two commands would become one. */
export function joinLines(lines: readonly string[]): Passage[] {
  const chunks: string[][] = [];
  let length = Infinity;
  for (const line of lines.filter((text) => text.trim() !== "")) {
    length += line.length + 1;
    if (length > LONG_TEXT) {
      chunks.push([]);
      length = line.length;
    }
    chunks.at(-1)?.push(line);
  }
  return chunks.map((chunk) => ({ kind: "code", text: chunk.join("\n") }));
}

/** A list as one passage, or as several when it is long. */
export function joinItems(items: readonly string[]): Passage[] {
  return chunksOf(items).map(({ text }) => ({ kind: "list", text }));
}

/** The same, with the items that each passage holds. */
export function joinItemsWithParts(items: readonly string[]): Passage[] {
  return chunksOf(items).map(({ text, items: parts }) => ({
    kind: "list",
    text,
    parts: parts.map((part) => ({ name: "", text: part })),
  }));
}

interface Chunk {
  readonly text: string;
  readonly items: readonly string[];
}

function chunksOf(items: readonly string[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (const item of items) {
    const last = chunks.at(-1);
    if (last === undefined || last.text.length + item.length > LONG_LIST) chunks.push({ text: item, items: [item] });
    else chunks[chunks.length - 1] = { text: joined(last.text, item), items: [...last.items, item] };
  }
  return chunks;
}

function joined(text: string, item: string): string {
  return joinTexts([text, item], /[.;:,!?。]$/u.test(text) ? " " : "; ");
}

/** Texts as one, parted by line breaks when one of them has lines: those are code, which must not run into what stands beside it. */
export function joinTexts(texts: readonly string[], separator: string): string {
  return texts.join(texts.some(hasLines) ? "\n" : separator);
}

function hasLines(text: string): boolean {
  return text.includes("\n");
}

/** An item with those below it: `Moons: Phobos, Deimos`. */
export function itemWithBelow(own: string, below: readonly string[]): string {
  if (below.length === 0) return own;
  const listed = joinTexts(below, ", ");
  return own === "" ? listed : joinTexts([hasLines(own) ? own : withColon(own), listed], " ");
}

export function withColon(text: string): string {
  return text.endsWith(":") ? text : `${text}:`;
}

/**
 * The cells of a row with the names of their columns: `Crater: Caloris; Diameter: 1,550 km`. Empty cells are passed over. A row of a name
 * and its value names itself: `Diameter: 4,879 km`.
 */
export function nameCells(cells: readonly PassagePart[]): string {
  const filled = cells.filter(({ text }) => text !== "");
  const [first, second, ...others] = filled;
  if (first !== undefined && second !== undefined && others.length === 0 && SAYS_NOTHING.test(second.name)) {
    return joinTexts([withColon(first.text), second.text], " ");
  }
  const texts = filled.map(({ name, text }) => (name === "" || name === text ? text : `${name}: ${text}`));
  return joinTexts(texts, "; ");
}

/** Heads of columns that only say that something stands below. */
const SAYS_NOTHING = /^(?:values?|details?|descriptions?|data|wert|angabe|valeur|valor|valore|値)$/iu;
