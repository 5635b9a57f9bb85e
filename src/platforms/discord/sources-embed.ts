import { type APIEmbed, escapeMarkdown } from "discord.js";
import type { Citation, Thumbnail } from "../../core/article.ts";
import { type CitedSource, citedSources, dayOf, licensesOf, marksOf, nameOf } from "../cited-sources.ts";
import { shortened } from "../shortened.ts";
import { type Texts, textsFor } from "../texts.ts";
import { isLink } from "./answer-text.ts";
import { neutralise } from "./neutralise.ts";

/** Discord: characters of an embed's description; all embeds of a message may have 6,000. */
const MAX_DESCRIPTION = 4_096;
/** Characters of a title or section that are shown. */
const MAX_NAME = 120;
/** Room for the licences and for what is left out. */
const RESERVED = 400;

/** The footnotes, compact: number, article, section, date of the revision; then the licence. */
export function sourcesEmbed(
  citations: readonly Citation[],
  thumbnail?: Thumbnail,
  texts: Texts = textsFor("en"),
): APIEmbed {
  const description = linesOf(citations, texts).join("\n");
  return {
    description,
    ...(thumbnail !== undefined && isLink(thumbnail.url) && { thumbnail: { url: thumbnail.url } }),
  };
}

/** The same as small text, for where embeds are not allowed. */
export function sourcesText(citations: readonly Citation[], texts: Texts = textsFor("en")): string {
  return linesOf(citations, texts)
    .map((line) => `-# ${line}`)
    .join("\n");
}

function linesOf(citations: readonly Citation[], texts: Texts): string[] {
  const lines = citedSources(citations).map((cited) => sourceLine(cited, texts));
  return [...fitting(lines, texts), ...licences(citations, texts)];
}

function sourceLine({ source, numbers }: CitedSource, { why }: Texts): string {
  const day = dayOf(source);
  const date = day === undefined ? "" : `, ${why.asOf(day)}`;
  return `${marksOf(numbers)} ${link(source.url, nameOf(source))}${date}`;
}

function licences(citations: readonly Citation[], { sources }: Texts): string[] {
  return licensesOf(citations)
    .slice(0, MAX_LICENCES)
    .map(({ name, url }) => sources.license(link(url, name)));
}

const MAX_LICENCES = 2;

function link(url: string, label: string): string {
  const name = escapeMarkdown(neutralise(shortened(label, MAX_NAME))).replaceAll(/[[\]]/g, (bracket) => `\\${bracket}`);
  return isLink(url) ? `[${name}](<${url}>)` : name;
}

function fitting(lines: readonly string[], { sources }: Texts): string[] {
  let length = 0;
  const shown = lines.filter((line) => (length += line.length + 1) <= MAX_DESCRIPTION - RESERVED);
  const left = lines.length - shown.length;
  return left === 0 ? shown : [...shown, sources.more(left)];
}
