import type { Citation, Source } from "../core/article.ts";
import type { Log } from "../core/log.ts";
import type { LookupOptions, WikiSource } from "../core/wiki.ts";

export interface DatingOptions {
  readonly source: WikiSource;
  /** How the wiki was asked for what is cited. */
  readonly lookup: LookupOptions;
  readonly log: Log;
  /** Milliseconds an answer waits for its dates. */
  readonly patienceMs?: number;
}

/** The citations with the dates of their revisions, for one request more; as they are when the wiki does not tell in time. */
export async function datedCitations(
  citations: readonly Citation[],
  { source: wiki, lookup, log, patienceMs = 1_500 }: DatingOptions,
): Promise<readonly Citation[]> {
  const undated = citations.filter(({ source }) => needsDate(source)).map(({ source }) => source.revision);
  if (undated.length === 0 || wiki.revisedAt === undefined) return citations;
  const ends = [AbortSignal.timeout(patienceMs), ...(lookup.signal === undefined ? [] : [lookup.signal])];
  try {
    const dates = await wiki.revisedAt([...new Set(undated)], { ...lookup, signal: AbortSignal.any(ends) });
    return citations.map((citation) => dated(citation, dates));
  } catch (error) {
    log.debug({ err: error }, "citations not dated");
    return citations;
  }
}

/** What was served stale is shown as of the day it was fetched, and its wiki is away. */
function needsDate({ revisedAt, staleSince }: Source): boolean {
  return revisedAt === undefined && staleSince === undefined;
}

function dated({ source, ...citation }: Citation, dates: ReadonlyMap<string, string>): Citation {
  const revisedAt = source.revisedAt ?? dates.get(source.revision);
  return { ...citation, source: revisedAt === undefined ? source : { ...source, revisedAt } };
}
