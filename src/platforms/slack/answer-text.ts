import type { Citation } from "../../core/article.ts";
import type { CitedSentence } from "../../core/reply.ts";
import type { Texts } from "../texts.ts";
import { escapeMrkdwn, neutralise } from "./neutralise.ts";

/** Characters of the text that notifications and screen readers get in place of the blocks; Slack refuses edits beyond 4,000. */
const FALLBACK_LENGTH = 3_500;

/** A sentence as Slack's Markdown, its footnotes as links to section and revision. */
export function sentenceMarkdown(
  sentence: CitedSentence,
  urlOf: (n: number) => string | undefined,
  { notInTheSources }: Texts,
): string {
  const { before, text, footnotes, verdict } = sentence;
  const marks = footnotes.map((n) => {
    const url = urlOf(n);
    return url === undefined || !isLink(url) ? `[${n}]` : `[${n}](${url})`;
  });
  const note = verdict === "unsupported" ? [notInTheSources] : [];
  const shown = neutralise(before + text);
  const isRow = /^\|.*\|$/.test(text);
  // Behind the last bar it would be a cell too many: Slack shows none that the table's head lacks, and no table whose head has it.
  return isRow
    ? [shown.slice(0, -1).trimEnd(), ...marks, ...note, "|"].join(" ")
    : [shown, ...marks, ...note].join(" ");
}

/** Slack links whole addresses only; an own wiki without one has none. */
export function isLink(url: string): boolean {
  return /^https?:\/\//.test(url);
}

export function answerMarkdown(
  sentences: readonly CitedSentence[],
  citations: readonly Citation[],
  texts: Texts,
): string {
  const urls = new Map(citations.map(({ n, source }) => [n, source.url]));
  return sentences.map((sentence) => sentenceMarkdown(sentence, (n) => urls.get(n), texts)).join("");
}

/** The sentences without links, as mrkdwn, for where no blocks are shown. */
export function fallbackText(markdown: string): string {
  const text = markdown.replaceAll(/\[([^\]\n]*)\]\([^)\s]*\)/g, "[$1]");
  const escaped = escapeMrkdwn(text);
  if (escaped.length <= FALLBACK_LENGTH) return escaped;
  return `${escaped.slice(0, FALLBACK_LENGTH).replace(/\s+\S*$|&[a-z]*$/, "")}…`;
}
