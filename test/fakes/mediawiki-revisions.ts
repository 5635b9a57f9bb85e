/** Name of the first page's revision; the others follow it. */
export const FIRST_REVISION = 100;

type Parameters = Readonly<Record<string, string>>;

/** MediaWiki: 50 ids for whoever is no bot. */
const MOST_REVISIONS = 50;

/** The code of the error that MediaWiki 1.39 answers `prop=revisions` with, or would if it refused what it knows not; `undefined` for none. */
export function breachOfRevisions({ prop, rvprop, revids = "" }: Parameters): string | undefined {
  const ids = revids.split("|");
  if (prop !== "revisions" || rvprop !== "ids|timestamp") return "unexpected-prop";
  if (ids.some((id) => !/^\d+$/.test(id))) return "badinteger";
  if (new Set(ids).size !== ids.length) return "repeated-revids";
  return ids.length > MOST_REVISIONS ? "toomanyvalues" : undefined;
}

/** Each page has one revision. Neither list is there when it would be empty. */
export function revisions(
  { revids = "" }: Parameters,
  pages: readonly { readonly title: string; readonly revisedAt?: string }[],
): object {
  const ids = revids.split("|").map(Number);
  const bad = ids.filter((id) => pages[id - FIRST_REVISION] === undefined);
  const good = ids.filter((id) => !bad.includes(id));
  return {
    ...(bad.length > 0 && { badrevids: Object.fromEntries(bad.map((revid) => [revid, { revid, missing: true }])) }),
    ...(good.length > 0 && { pages: good.map((revid) => pageOf(revid, pages[revid - FIRST_REVISION]!)) }),
  };
}

function pageOf(revid: number, page: { readonly title: string; readonly revisedAt?: string }): object {
  const { title, revisedAt: timestamp = "2026-01-01T00:00:00Z" } = page;
  return { pageid: revid, ns: 0, title, revisions: [{ revid, parentid: 0, timestamp }] };
}
