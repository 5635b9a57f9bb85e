import type { ZodType } from "zod";
import type { Article, NoArticle } from "../core/article.ts";
import type { Cached } from "../core/cache.ts";
import { Failure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import type { LookupOptions, RequestBudget, SearchHit, WikiSource } from "../core/wiki.ts";
import { parseHtml } from "./html.ts";
import { proseOf } from "./inline-text.ts";
import { wikiLanguage } from "./language.ts";
import { articleOf } from "./mediawiki-article.ts";
import { createMediaWikiClient, type ApiParameters } from "./mediawiki-client.ts";
import {
  expectShape,
  openSearchReply,
  parseReply,
  readMarkup,
  revisionsReply,
  searchReply,
  siteReply,
} from "./mediawiki-replies.ts";
import { createSite, SITE_PARAMETERS, type Site } from "./mediawiki-site.ts";
import { isPossibleTitle, normalizeTitle } from "./title.ts";

export interface MediaWikiSourceOptions {
  /** Address of `api.php`; `{lang}` in it stands for the language. May hold credentials; they are sent to this host alone. */
  readonly apiUrl: string;
  /** Language asked when a lookup names none, BCP 47. */
  readonly language: string;
  readonly userAgent: string;
  /** Shared by everything that asks this wiki. */
  readonly budget: RequestBudget;
  readonly log: Log;
  /** Milliseconds one request may take once it has its permit. Default 10,000. */
  readonly timeoutMs?: number;
  /** Default: Node's own. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Codes of *API:Parsing wikitext*, in the two outcomes that callers tell apart. */
const NO_ARTICLE: ReadonlyMap<string, NoArticle["kind"]> = new Map([
  ["missingtitle", "missing"],
  ["nosuchrevid", "missing"],
  ["missingcontent-revid", "missing"],
  ["permissiondenied", "missing"],
  ["invalidtitle", "invalid-title"],
  ["pagecannotexist", "invalid-title"],
]);

/** Wikimedia's search refuses more than 300 characters, opensearch titles beyond 255 bytes find nothing. */
const LONGEST_QUERY = 300;
/** Of ids in one request; *API:Query*: 500 for bots alone. */
const MOST_REVISIONS = 50;

/** Any MediaWiki, by its Action API. One request for an article, one for a search; one more per wiki for what it is. */
export function createMediaWikiSource(options: MediaWikiSourceOptions): WikiSource {
  const { apiUrl, budget, log, userAgent, timeoutMs = 10_000, fetch = globalThis.fetch } = options;
  const client = createMediaWikiClient({ userAgent, budget, log, timeoutMs, fetch });
  const sites = new Map<string, Promise<Site>>();

  function wikiFor({ language = options.language }: LookupOptions): {
    readonly api: URL;
    readonly language: string | undefined;
  } {
    if (!apiUrl.includes("{lang}")) return { api: new URL(apiUrl), language: undefined };
    const code = wikiLanguage(language);
    return { api: new URL(apiUrl.replaceAll("{lang}", code)), language: code };
  }

  async function ask<T>(api: URL, schema: ZodType<T>, parameters: ApiParameters, signal?: AbortSignal): Promise<T> {
    const reply = await client.get(api, parameters, signal);
    if (reply.type === "refused") throw refused(reply.code);
    return expectShape(schema, reply.body);
  }

  function refused(code: string): Failure {
    log.warn({ code: /^[\w-]{1,64}$/.test(code) ? code : "unreadable" }, "wiki refused a request");
    return new Failure("wiki-unavailable", "the wiki refused the request");
  }

  /** Asked once, however many ask at the same time, and whoever of them goes away meanwhile. */
  function siteOf(api: URL): Promise<Site> {
    const known = sites.get(api.href);
    if (known !== undefined) return known;
    const asked = ask(api, siteReply, { action: "query", ...SITE_PARAMETERS }).then(({ query }) =>
      createSite(query, api),
    );
    sites.set(api.href, asked);
    asked.catch(() => sites.delete(api.href));
    return asked;
  }

  async function article(
    title: string,
    lookup: LookupOptions & { readonly revision?: string } = {},
  ): Promise<Cached<Article | NoArticle>> {
    const { revision, signal } = lookup;
    if (!isPossibleTitle(title)) return loaded({ kind: "invalid-title", title });
    if (revision !== undefined && !isRevisionId(revision)) return loaded({ kind: "missing", title });
    const { api, language } = wikiFor(lookup);
    const page: ApiParameters = revision === undefined ? { page: title, redirects: "1" } : { oldid: revision };
    const [site, reply] = await Promise.all([siteOf(api), client.get(api, { ...PARSE_PARAMETERS, ...page }, signal)]);
    if (reply.type === "ok") {
      return loaded(readMarkup(() => articleOf(expectShape(parseReply, reply.body), site, language)));
    }
    const kind = NO_ARTICLE.get(reply.code);
    if (kind === undefined) throw refused(reply.code);
    return loaded({ kind, title: normalizeTitle(title) });
  }

  async function search(
    query: string,
    lookup: LookupOptions & { readonly limit?: number } = {},
  ): Promise<Cached<readonly SearchHit[]>> {
    const srsearch = query.trim().slice(0, LONGEST_QUERY);
    if (srsearch === "") return loaded([]);
    const { api } = wikiFor(lookup);
    const alongside = sites.has(api.href) ? {} : SITE_PARAMETERS;
    const parameters = { ...SEARCH_PARAMETERS, ...alongside, srsearch, srlimit: String(lookup.limit ?? 10) };
    const reply = await ask(api, searchReply, parameters, lookup.signal);
    const site = siteReply.safeParse(reply);
    if (site.success) sites.set(api.href, Promise.resolve(createSite(site.data.query, api)));
    return loaded(reply.query.search.map(({ title, snippet = "" }) => ({ title, snippet: plainSnippet(snippet) })));
  }

  async function suggest(
    prefix: string,
    lookup: LookupOptions & { readonly limit?: number } = {},
  ): Promise<Cached<readonly string[]>> {
    const start = prefix.trim().slice(0, LONGEST_QUERY);
    if (start === "") return loaded([]);
    const parameters = { ...SUGGEST_PARAMETERS, search: start, limit: String(lookup.limit ?? 10) };
    const [, titles] = await ask(wikiFor(lookup).api, openSearchReply, parameters, lookup.signal);
    return loaded(titles);
  }

  async function revisedAt(
    revisions: readonly string[],
    lookup: LookupOptions = {},
  ): Promise<ReadonlyMap<string, string>> {
    const revids = revisions.filter(isRevisionId).slice(0, MOST_REVISIONS).join("|");
    if (revids === "") return new Map();
    const parameters = { ...REVISIONS_PARAMETERS, revids };
    const { query } = await ask(wikiFor(lookup).api, revisionsReply, parameters, lookup.signal);
    const found = (query.pages ?? []).flatMap((page) => page.revisions ?? []);
    return new Map(found.map(({ revid, timestamp }) => [String(revid), timestamp]));
  }

  return {
    id: mediaWikiId(options),
    name: nameOf(apiUrl),
    article,
    search,
    suggest,
    revisedAt,
    health: () => client.health(),
    close: async () => client.close(),
  };
}

const PARSE_PARAMETERS: ApiParameters = {
  action: "parse",
  prop: "text|revid|properties",
  disableeditsection: "1",
  disablelimitreport: "1",
  disabletoc: "1",
};
/** A plain MediaWiki matches titles unless told `text`; CirrusSearch, which ranks by both, takes `text` for what it does anyway. */
const SEARCH_PARAMETERS: ApiParameters = {
  action: "query",
  list: "search",
  srwhat: "text",
  srnamespace: "0",
  srprop: "snippet",
  srinfo: "",
};
const SUGGEST_PARAMETERS: ApiParameters = { action: "opensearch", namespace: "0", redirects: "resolve" };
const REVISIONS_PARAMETERS: ApiParameters = { action: "query", prop: "revisions", rvprop: "ids|timestamp" };

function isRevisionId(revision: string): boolean {
  return /^\d{1,18}$/.test(revision);
}

function plainSnippet(html: string): string {
  return readMarkup(() => proseOf(parseHtml(html))).replace(/'{2,}|\[\[|\]\]/g, "");
}

function loaded<T>(value: T): Cached<T> {
  return { value, outcome: "miss", loadedAt: new Date().toISOString() };
}

/** The id of the source made with these options, for who needs it before there is one. */
export function mediaWikiId({ apiUrl, language }: Pick<MediaWikiSourceOptions, "apiUrl" | "language">): string {
  const url = new URL(apiUrl.replaceAll("{lang}", () => wikiLanguage(language)));
  url.username = "";
  url.password = "";
  return url.href;
}

function nameOf(apiUrl: string): string {
  const { host } = new URL(apiUrl.replaceAll("{lang}", "en"));
  return host.endsWith(".wikipedia.org") ? "Wikipedia" : host;
}
