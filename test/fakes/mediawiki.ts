import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { TestContext } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import type { WikiPage } from "../contracts/wiki-pages.ts";
import { pageHtml } from "../support/wiki-pages.ts";
import { breachOfRevisions, FIRST_REVISION, revisions } from "./mediawiki-revisions.ts";

/** What the fake does with one request instead of answering it. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => void;

export interface FakeMediaWiki {
  readonly apiUrl: string;
  /** Every request so far, parameters that are the same each time left out. */
  readonly requests: readonly FakeRequest[];
  /** The next requests meet these faults, in order. */
  fail(...faults: readonly Fault[]): void;
  /** From now on every request meets this fault; `undefined` ends that. */
  failAlways(fault: Fault | undefined): void;
  /** Requests that were under way at the same time, at the most. */
  mostAtOnce(): number;
}

export interface FakeRequest {
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
}

export interface FakePage extends WikiPage {
  /** In place of what is made from the page's structure. */
  readonly html?: string;
  readonly properties?: Readonly<Record<string, string>>;
  /** ISO 8601 in whole seconds. */
  readonly revisedAt?: string;
}

export interface FakeMediaWikiOptions {
  readonly pages?: readonly FakePage[];
  readonly rights?: { readonly url: string; readonly text: string };
  /** Milliseconds before each answer. Default 0. */
  readonly latencyMs?: number;
}

const EVERY_TIME = ["format", "formatversion", "errorformat"] as const;
/** Parameters that MediaWiki 1.39 knows, per action; it would only warn of others, which here is an error. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  parse: ["page", "oldid", "prop", "redirects", "disableeditsection", "disablelimitreport", "disabletoc"],
  query: ["list", "srsearch", "srwhat", "srnamespace", "srlimit", "srprop", "srinfo", "meta", "siprop"],
  "query revisions": ["prop", "rvprop", "revids"],
  opensearch: ["search", "limit", "namespace", "redirects"],
};

/** A small MediaWiki on loopback that is stricter than the real one: it refuses what is misspelt, or sent by nobody in particular. */
export async function startFakeMediaWiki(t: TestContext, options: FakeMediaWikiOptions = {}): Promise<FakeMediaWiki> {
  const requests: FakeRequest[] = [];
  const faults: Fault[] = [];
  let always: Fault | undefined;
  let underWay = 0;
  let mostAtOnce = 0;

  async function respond(all: Record<string, string>, request: IncomingMessage, response: ServerResponse) {
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    if (options.latencyMs !== undefined) await delay(options.latencyMs);
    // Before the client can know of it, so that whatever it sends next is not counted twice.
    underWay -= 1;
    sendJson(response, breachOf(all, request) ?? answer(parametersOf(all), options));
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://fake");
    const all = Object.fromEntries(searchParams);
    requests.push({ path: pathname, parameters: parametersOf(all), headers: request.headers });
    const fault = faults.shift() ?? always;
    if (fault === undefined) void respond(all, request, response);
    else fault(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    apiUrl: `http://127.0.0.1:${port}/w/api.php`,
    requests,
    fail: (...more) => void faults.push(...more),
    failAlways: (fault) => (always = fault),
    mostAtOnce: () => mostAtOnce,
  };
}

function parametersOf(all: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !EVERY_TIME.some((same) => same === name)));
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}, body = ""): Fault {
  return (_request, response) => void response.writeHead(code, headers).end(body);
}

/** An error of the API, which comes with status 200. */
export function apiError(code: string, headers: Readonly<Record<string, string>> = {}): Fault {
  return (_request, response) => sendJson(response, errors(code), headers);
}

/** Never answers. */
export function silence(): Fault {
  return () => {};
}

/** Breaks the connection off within the reply. */
export function brokenOff(): Fault {
  return (_request, response) => {
    response.writeHead(200, { "content-length": "1000" }).write('{"parse":');
    setImmediate(() => response.destroy());
  };
}

/** Is small on the line and large when unpacked. */
export function oversized(bytes: number): Fault {
  return (_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip", "content-type": "application/json" });
    response.end(gzipSync(JSON.stringify({ parse: { text: " ".repeat(bytes) } })));
  };
}

function breachOf(all: Readonly<Record<string, string>>, { headers, method }: IncomingMessage): object | undefined {
  const { action = "", format, formatversion, errorformat, ...others } = all;
  const known = KNOWN[action === "query" && "prop" in others ? "query revisions" : action];
  const unknown = Object.keys(others).find((name) => !known?.includes(name));
  if (method !== "GET" || unknown !== undefined) return errors(`unknown-${unknown}`);
  if (format !== "json" || formatversion !== "2" || errorformat !== "plaintext") return errors("unexpected-format");
  if (!/^Footnote\/\S+ \(.+\) node\/\S+$/.test(headers["user-agent"] ?? "")) return errors("no-user-agent");
  return headers["accept-encoding"]?.includes("gzip") ? undefined : errors("no-gzip");
}

function answer(parameters: Readonly<Record<string, string>>, { pages = [], rights }: FakeMediaWikiOptions): unknown {
  if (parameters["action"] === "parse") return parse(parameters, pages);
  if (parameters["action"] === "opensearch") return suggest(parameters, pages);
  if (parameters["prop"] !== undefined) {
    const breach = breachOfRevisions(parameters);
    return breach === undefined ? { batchcomplete: true, query: revisions(parameters, pages) } : errors(breach);
  }
  return { batchcomplete: true, query: { ...site(parameters, rights), ...search(parameters, pages) } };
}

function parse({ page = "", oldid, redirects }: Readonly<Record<string, string>>, pages: readonly FakePage[]): unknown {
  if (oldid === undefined && /[<>[\]{}|]|^\s*$/.test(page)) return errors("invalidtitle");
  if (oldid === undefined && page.startsWith("Special:")) return errors("pagecannotexist");
  const asked =
    oldid === undefined
      ? pages.find(({ title }) => title === storedTitle(page))
      : pages[Number(oldid) - FIRST_REVISION];
  if (asked === undefined) return errors(oldid === undefined ? "missingtitle" : "nosuchrevid");
  const target = redirects === "1" ? pages.find(({ title }) => title === asked.redirectTo) : undefined;
  const { title, html, choices, properties = choices === undefined ? {} : { disambiguation: "" } } = target ?? asked;
  return {
    parse: {
      title,
      pageid: 1,
      revid: FIRST_REVISION + pages.indexOf(target ?? asked),
      redirects: target === undefined ? [] : [{ from: asked.title, to: title }],
      text: html ?? pageHtml(target ?? asked),
      properties,
    },
  };
}

/** Like a plain MediaWiki: every word must be there, and titles count only because the tests' texts repeat them. */
function search(
  { list, srsearch = "", srwhat, srlimit }: Readonly<Record<string, string>>,
  pages: readonly FakePage[],
): object {
  if (list !== "search") return {};
  const words = srsearch.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const texts = pages.map((page) => ({ title: page.title, text: srwhat === "text" ? plain(page) : page.title }));
  const hits = texts.filter(({ text }) => words.length > 0 && words.every((word) => text.toLowerCase().includes(word)));
  return {
    search: hits
      .slice(0, Number(srlimit))
      .map(({ title, text }) => ({ ns: 0, title, snippet: mark(text, words[0] ?? "") })),
  };
}

function plain(page: FakePage): string {
  return page.redirectTo === undefined ? (page.html ?? pageHtml(page)).replace(/<[^>]*>/g, "") : "";
}

function mark(text: string, word: string): string {
  return text.replace(new RegExp(word, "i"), (found) => `<span class='searchmatch'>${found}</span>`);
}

function suggest(
  { search: prefix = "", limit }: Readonly<Record<string, string>>,
  pages: readonly FakePage[],
): unknown {
  const titles = pages
    .filter(({ title }) => title.toLowerCase().startsWith(prefix.toLowerCase()))
    .map(({ title, redirectTo }) => redirectTo ?? title);
  return [prefix, [...new Set(titles)].slice(0, Number(limit)), [], []];
}

function site({ meta }: Readonly<Record<string, string>>, rights = { url: "", text: "" }): object {
  if (meta !== "siteinfo") return {};
  return {
    general: {
      lang: "en",
      server: "//wiki.example",
      script: "/w/index.php",
      articlepath: "/wiki/$1",
      case: "first-letter",
    },
    rightsinfo: rights,
    namespaces: {
      "0": { id: 0, name: "" },
      "1": { id: 1, name: "Talk", canonical: "Talk" },
      "4": { id: 4, name: "Test Wiki", canonical: "Project" },
    },
    namespacealiases: [{ id: 4, alias: "TW" }],
  };
}

function storedTitle(title: string): string {
  const folded = title.replace(/[\s_]+/g, " ").trim();
  return folded.charAt(0).toUpperCase() + folded.slice(1);
}

function errors(code: string): object {
  return { errors: [{ code, text: `The fake says ${code}.`, module: "main" }], docref: "See api.php" };
}

function sendJson(response: ServerResponse, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, {
    "content-type": "application/json; charset=utf-8",
    "content-encoding": "gzip",
    ...headers,
  });
  response.end(gzipSync(JSON.stringify(body)));
}
