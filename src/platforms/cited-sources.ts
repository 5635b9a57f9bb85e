import type { Citation, License, Source } from "../core/article.ts";

/** A place that footnotes lead to. */
export interface CitedSource {
  readonly source: Source;
  readonly numbers: readonly number[];
}

/** Footnotes that lead to the same place share it. */
export function citedSources(citations: readonly Citation[]): CitedSource[] {
  const groups = Map.groupBy(citations, ({ source }) => source.url).values();
  return [...groups].flatMap((group) =>
    group.slice(0, 1).map(({ source }) => ({ source, numbers: group.map(({ n }) => n) })),
  );
}

/** `[1][3]` */
export function marksOf(numbers: readonly number[]): string {
  return numbers.map((n) => `[${n}]`).join("");
}

/** Article and section. */
export function nameOf({ title, section }: Pick<Source, "title" | "section">): string {
  return section === "" ? title : `${title} § ${section}`;
}

/** The day the text is of, `2026-11-22`; `undefined` when the wiki does not say. */
export function dayOf({ staleSince, revisedAt }: Source): string | undefined {
  return (staleSince ?? revisedAt)?.slice(0, 10);
}

/** Each once. */
export function licensesOf(citations: readonly Citation[]): License[] {
  const licenses = citations.flatMap(({ source: { license } }) => license ?? []);
  return [...new Map(licenses.map((license) => [license.name, license])).values()];
}
