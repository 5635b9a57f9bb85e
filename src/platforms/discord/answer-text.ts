import type { Citation } from "../../core/article.ts";
import type { CitedSentence } from "../../core/reply.ts";
import { type Texts, textsFor } from "../texts.ts";
import { neutralise } from "./neutralise.ts";

/** A sentence as Discord's Markdown, its footnotes as links to section and revision that unfold no preview. */
export function sentenceMarkdown(
  sentence: CitedSentence,
  urlOf: (n: number) => string | undefined,
  { notInTheSources }: Texts = textsFor("en"),
): string {
  const { before, text, footnotes, verdict } = sentence;
  const marks = footnotes.map((n) => {
    const url = urlOf(n);
    return url === undefined || !isLink(url) ? `[${n}]` : `[${n}](<${url}>)`;
  });
  const note = verdict === "unsupported" ? [notInTheSources] : [];
  return [neutralise(before + text), ...marks, ...note].join(" ");
}

/** Discord links whole addresses only; an own wiki without one has none. */
export function isLink(url: string): boolean {
  return /^https?:\/\/[^\s<>]+$/.test(url);
}

export function answerMarkdown(
  sentences: readonly CitedSentence[],
  citations: readonly Citation[],
  texts?: Texts,
): string {
  const urls = new Map(citations.map(({ n, source }) => [n, source.url]));
  return sentences.map((sentence) => sentenceMarkdown(sentence, (n) => urls.get(n), texts)).join("");
}

/** What Footnote is doing, small, in the place of the text to come. */
export function statusMarkdown(note: string): string {
  return `-# ${neutralise(note).replaceAll(/\s+/g, " ").slice(0, STATUS_LENGTH).toWellFormed()}`;
}

const STATUS_LENGTH = 200;

/** One line as a quotation, above what comes next. */
export function quoted(line: string): string {
  return `> ${neutralise(line)}\n`;
}
