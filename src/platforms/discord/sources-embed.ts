import { type APIEmbed, escapeMarkdown } from "discord.js";
import type { Citation, Source, Thumbnail } from "../../core/article.ts";
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
  const lines = bySource(citations).map((cited) => sourceLine(cited, texts));
  return [...fitting(lines, texts), ...licences(citations, texts)];
}

interface CitedSource {
  readonly source: Source;
  readonly numbers: readonly number[];
}

/** Footnotes that lead to the same place share a line. */
function bySource(citations: readonly Citation[]): CitedSource[] {
  const groups = Map.groupBy(citations, ({ source }) => source.url).values();
  return [...groups].flatMap((group) =>
    group.slice(0, 1).map(({ source }) => ({ source, numbers: group.map(({ n }) => n) })),
  );
}

function sourceLine({ source, numbers }: CitedSource, { why }: Texts): string {
  const name = source.section === "" ? source.title : `${source.title} § ${source.section}`;
  const asOf = source.staleSince ?? source.revisedAt;
  const date = asOf === undefined ? "" : `, ${why.asOf(asOf.slice(0, 10))}`;
  return `${numbers.map((n) => `[${n}]`).join("")} ${link(source.url, name)}${date}`;
}

function licences(citations: readonly Citation[], { sources }: Texts): string[] {
  const found = new Map(
    citations.flatMap(({ source: { license } }) =>
      license === undefined ? [] : [[license.name, license.url] as const],
    ),
  );
  return [...found].slice(0, MAX_LICENCES).map(([name, url]) => sources.license(link(url, name)));
}

const MAX_LICENCES = 2;

function link(url: string, label: string): string {
  const name = escapeMarkdown(neutralise(shortened(label))).replaceAll(/[[\]]/g, (bracket) => `\\${bracket}`);
  return isLink(url) ? `[${name}](<${url}>)` : name;
}

function shortened(name: string): string {
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME - 1).toWellFormed()}…`;
}

function fitting(lines: readonly string[], { sources }: Texts): string[] {
  let length = 0;
  const shown = lines.filter((line) => (length += line.length + 1) <= MAX_DESCRIPTION - RESERVED);
  const left = lines.length - shown.length;
  return left === 0 ? shown : [...shown, sources.more(left)];
}
