import { isUtf8 } from "node:buffer";

export interface DecodedText {
  readonly text: string;
  /** The encoding it was taken for, when it is none that one can be sure of. */
  readonly guess?: "Windows-1252" | "UTF-8 with errors";
}

/**
 * What is in no text of Western Europe: bytes that stand for nothing in Windows-1252, and four letters with accents in a row, as which
 * every Cyrillic, Greek or Chinese word in an encoding of its own would appear.
 */
const NOT_WESTERN = /[\x81\x8D\x8F\x90\x9D]|[\xC0-\xFF]{4}/;

/**
 * The text of a file: UTF-8, UTF-16 where its mark says so, or what editors of Western Europe wrote before. Without its byte order mark.
 * `undefined` when it is none of these: a wrong guess would be quoted.
 */
export function decodeText(bytes: Buffer): DecodedText | undefined {
  const decoded = decode(bytes);
  return decoded?.text.includes("\0") ? undefined : decoded;
}

function decode(bytes: Buffer): DecodedText | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decodeAs("utf-16le", bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decodeAs("utf-16be", bytes) };
  const text = decodeAs("utf-8", bytes);
  if (isUtf8(bytes)) return { text };
  // Other encodings do not happen to be UTF-8 more often than not.
  if (count(text, /[^\0-\x7F\uFFFD]/gu) > count(text, /\uFFFD/gu)) return { text, guess: "UTF-8 with errors" };
  if (NOT_WESTERN.test(bytes.toString("latin1"))) return undefined;
  return { text: decodeAs("windows-1252", bytes), guess: "Windows-1252" };
}

function decodeAs(encoding: string, bytes: Buffer): string {
  return new TextDecoder(encoding).decode(bytes);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
