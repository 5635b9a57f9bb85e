import { ADDRESS } from "./draft-line.ts";

/**
 * A passage's sentence as it is shown: word for word, but what a platform would take for a link, or a reader for a footnote, stands as
 * code: `https://wiki.example/a`, `argv[1]`.
 */
export function quotedText(sentence: string): string {
  // What is code already stays.
  return sentence
    .split(/(`[^`]*`)/)
    .map((piece, i) => (i % 2 === 1 ? piece : piece.replace(ADDRESS, asCode).replace(MARKED, asCode)))
    .join("");
}

const asCode = (piece: string): string => `\`${piece}\``;

/** With what stands next to it, but for an address that is code by now. */
const MARKED = /[^\s`]*\[\d{1,3}\](?:[^\s`]*[^\s`.,;:!?)])?/g;
