import type { Citation, Source } from "../core/article.ts";

/** A passage that an answer rests on. */
export interface CitedPassage {
  readonly source: Source;
  /** Of the footnotes that point at it. */
  readonly numbers: readonly number[];
  /** What they quote of it, verbatim. */
  readonly quotes: readonly string[];
}

/** Footnotes that point at the same passage share it. */
export function citedPassages(citations: readonly Citation[]): CitedPassage[] {
  const groups = Map.groupBy(citations, ({ source }) => source.id).values();
  return [...groups].flatMap((group) =>
    group
      .slice(0, 1)
      .map(({ source }) => ({ source, numbers: group.map(({ n }) => n), quotes: group.map(({ quote }) => quote) })),
  );
}
