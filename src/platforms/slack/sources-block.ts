import type { types } from "@slack/bolt";
import type { Citation, Source, Thumbnail } from "../../core/article.ts";
import { type CitedSource, citedSources, dayOf, licensesOf, marksOf, nameOf } from "../cited-sources.ts";
import { shortened } from "../shortened.ts";
import { isLink } from "./answer-text.ts";
import { escapeMrkdwn } from "./neutralise.ts";
import type { Texts } from "../texts.ts";

/** Slack: elements of a context block. */
const MAX_ELEMENTS = 10;
/** Characters of all sources together: with the longest part and the buttons they stay below what Slack takes in one message (13,200). */
const MAX_LENGTH = 3_600;
/** Characters of a title or section that are shown. */
const MAX_NAME = 120;

/** The footnotes, compact: number, article, section, date of the revision; then the licence. `[]` without footnotes. */
export function sourcesBlocks(
  citations: readonly Citation[],
  texts: Texts,
  thumbnail?: Thumbnail,
): types.ContextBlock[] {
  if (citations.length === 0) return [];
  const lines = fitting(
    citedSources(citations).map((source) => sourceLine(source, texts)),
    texts,
  );
  const image = thumbnail === undefined ? [] : [imageOf(thumbnail, citations)];
  const elements = [
    ...image,
    ...[...lines, ...licences(citations, texts)].map((text) => ({ type: "mrkdwn" as const, text })),
  ];
  return Array.from({ length: Math.ceil(elements.length / MAX_ELEMENTS) }, (_, i) => ({
    type: "context" as const,
    elements: elements.slice(i * MAX_ELEMENTS, (i + 1) * MAX_ELEMENTS),
  }));
}

function sourceLine({ source, numbers }: CitedSource, texts: Texts): string {
  const date = asOf(source, texts);
  return `${marksOf(numbers)} ${sourceLink(source)}${date === undefined ? "" : `, ${date}`}`;
}

/** Article and section, as mrkdwn. */
export function sourceLink(source: Pick<Source, "title" | "section" | "url">): string {
  return link(source.url, nameOf(source));
}

/** The day the text is of; `undefined` when the wiki does not say. */
export function asOf(source: Source, { why }: Texts): string | undefined {
  const day = dayOf(source);
  return day === undefined ? undefined : why.asOf(day);
}

function licences(citations: readonly Citation[], { sources }: Texts): string[] {
  return licensesOf(citations).map(({ name, url }) => sources.license(link(url, name)));
}

/** A bar or an angle bracket would end the label, or the address. */
function link(url: string, label: string): string {
  if (!isLink(url)) return escapeMrkdwn(shortened(label, MAX_NAME));
  const address = url.replaceAll("|", "%7C").replaceAll("<", "%3C").replaceAll(">", "%3E").replaceAll("&", "&amp;");
  return `<${address}|${escapeMrkdwn(shortened(label, MAX_NAME)).replaceAll("|", "¦")}>`;
}

function fitting(lines: readonly string[], { sources }: Texts): string[] {
  let length = 0;
  const shown = lines.filter((line) => (length += line.length) <= MAX_LENGTH);
  const left = lines.length - shown.length;
  return left === 0 ? shown : [...shown, sources.more(left)];
}

function imageOf({ url }: Thumbnail, [first]: readonly Citation[]) {
  return { type: "image" as const, image_url: url, alt_text: shortened(first?.source.title ?? "thumbnail", MAX_NAME) };
}
