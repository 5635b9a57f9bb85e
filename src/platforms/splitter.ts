export interface PartLimits {
  /** A part ends with the first block that reaches so many characters. */
  readonly soft: number;
  /** Characters no part exceeds. */
  readonly hard: number;
}

/**
 * Markdown in parts that fit a message: cut between blocks, else between lines, sentences, words, in this order; never in a
 * link. A code block is kept whole where a part can hold it, else closed and opened again.
 *
 * Safe while a text grows: more text never moves a cut that was made, nor makes one below `soft`, except before a code block.
 */
export function splitMarkdown(text: string, limits: PartLimits): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  for (;;) {
    const cut = findCut(rest, limits);
    if (cut === undefined) break;
    const { part, next } = cutAt(rest, cut);
    parts.push(part);
    rest = next;
  }
  if (rest !== "") parts.push(rest);
  return parts;
}

/** What of a part that still grows can be shown: the rest may yet move to the next part. */
export function steadyStart(part: string, { soft }: PartLimits): string {
  if (part.length > soft) return "";
  return part.slice(0, openFenceStart(part) ?? part.length).trimEnd();
}

/** Where an unfinished code block begins, at the text's end: what comes after may still be moved to the next part. */
function openFenceStart(text: string): number | undefined {
  return fencesOf(text).find(({ isOpen }) => isOpen)?.start;
}

interface Fence {
  readonly start: number;
  readonly end: number;
  /** The line that opens it: marks and language. */
  readonly opening: string;
  readonly marks: string;
  readonly isOpen: boolean;
}

function fencesOf(text: string): Fence[] {
  const fences: Fence[] = [];
  let open: Omit<Fence, "end" | "isOpen"> | undefined;
  for (const line of text.matchAll(/^.*$/gm)) {
    const found = /^ {0,3}(?<marks>`{3,}|~{3,})(?<info>.*)$/.exec(line[0])?.groups;
    if (found === undefined) continue;
    const { marks = "", info = "" } = found;
    if (open === undefined) {
      open = { start: line.index, opening: line[0], marks };
    } else if (marks.startsWith(open.marks) && info.trim() === "") {
      fences.push({ ...open, end: line.index + line[0].length, isOpen: false });
      open = undefined;
    }
  }
  if (open !== undefined) fences.push({ ...open, end: text.length, isOpen: true });
  return fences;
}

function fenceAround(fences: readonly Fence[], position: number): Fence | undefined {
  return fences.find(({ start, end }) => start < position && position < end);
}

function findCut(text: string, { soft, hard }: PartLimits): number | undefined {
  if (text.length <= soft) return undefined;
  const fences = fencesOf(text);
  const block = positionsOf(text, /\n[^\S\n]*\n/g).find(
    (position) => position >= soft && position <= hard && fenceAround(fences, position) === undefined,
  );
  if (block !== undefined && text.slice(block).trim() !== "") return block;
  if (text.length <= hard) return undefined;

  const fence = fenceAround(fences, hard);
  if (fence === undefined) return cutInside(text, { soft, hard });
  if (fence.start > 0 && fence.end - fence.start <= hard) return fence.start;
  // Room for the line that closes it, and below for the one that opens it again.
  const room = hard - fence.marks.length - 1;
  const lines = positionsOf(text, /\n/g).filter((position) => position > fence.start + fence.opening.length);
  const line = lines.findLast((position) => position <= room && position > room / 2);
  return line ?? wholeCharacter(text, room);
}

/** White space only where no link is, and not before the footnotes of a sentence. */
function cutInside(text: string, { soft, hard }: PartLimits): number {
  const links = [...text.matchAll(/\[[^\]\n]*\]\([^)\s]*\)/g)].map(({ index, 0: { length } }) => [
    index,
    index + length,
  ]);
  const isFree = (position: number): boolean =>
    position <= hard && !links.some(([start = 0, end = 0]) => start < position && position < end);
  const last = (pattern: RegExp, from: number): number | undefined =>
    positionsOf(text, pattern).findLast((position) => position >= from && isFree(position));

  return (
    last(/\n/g, soft) ??
    last(/(?<=[.!?…]["”’)]*(?: ?\[\d+\](?:\([^)\s]*\))?)*)\s(?!\[\d+\])|(?<=[。！？])/g, soft) ??
    last(/\s(?!\[\d+\])/g, soft) ??
    last(/\s/g, 1) ??
    wholeCharacter(text, hard)
  );
}

function positionsOf(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map(({ index }) => index);
}

/** Not between the two halves of a surrogate pair. */
function wholeCharacter(text: string, position: number): number {
  return /[\uD800-\uDBFF]/.test(text[position - 1] ?? "") ? position - 1 : position;
}

function cutAt(text: string, cut: number): { readonly part: string; readonly next: string } {
  const part = text.slice(0, cut).trimEnd();
  const fence = fenceAround(fencesOf(text), cut);
  if (fence === undefined) {
    return { part, next: text.slice(cut).replace(/^(?:[^\S\n]*\n)+|^[^\S\n]+/, "") };
  }
  const next = text.slice(cut).replace(/^\n/, "");
  return { part: `${part}\n${fence.marks}`, next: `${fence.opening}\n${next}` };
}
