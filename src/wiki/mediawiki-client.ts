import { Failure, toFailure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import type { RequestBudget, WikiHealth } from "../core/wiki.ts";
import { connectionTrouble, readBounded, retryAfterMs } from "./http-reply.ts";

export interface MediaWikiClientOptions {
  readonly userAgent: string;
  readonly budget: RequestBudget;
  readonly log: Log;
  /** Milliseconds one request may take, from the permit to the last byte. */
  readonly timeoutMs: number;
  readonly fetch: typeof globalThis.fetch;
}

/** `refused` carries the code of an error that the API reported inside a sound reply. */
export type ApiReply =
  | { readonly type: "ok"; readonly body: unknown }
  | { readonly type: "refused"; readonly code: string };

/** The wiki asks to come again later. */
interface Later {
  readonly type: "later";
  readonly failure: Failure;
  readonly waitMs: number;
}

export type ApiParameters = Readonly<Record<string, string>>;

export interface MediaWikiClient {
  /** @throws {Failure} `wiki-unavailable`, `over-budget`, `cancelled`, `deadline` */
  get(apiUrl: URL, parameters: ApiParameters, signal?: AbortSignal): Promise<ApiReply>;
  health(): WikiHealth;
  /** Ends what is under way. */
  close(): void;
}

/** A wait up to this long is spent and the request sent once more; for a longer one nobody is kept waiting. */
const LONGEST_RETRY_WAIT_MS = 2_000;
/** When a wiki that says "later" does not say when. */
const DEFAULT_PAUSE_MS = 5_000;
const MAX_REDIRECTS = 3;
/** What every request says; see mediawiki.org, *API:Main page* and *API:Errors and warnings*. */
const ALWAYS: ApiParameters = { format: "json", formatversion: "2", errorformat: "plaintext" };

/** Asks one MediaWiki's Action API: permits, timeouts, limits and errors. Knows nothing of what is asked. */
export function createMediaWikiClient(options: MediaWikiClientOptions): MediaWikiClient {
  const { userAgent, budget, log, timeoutMs, fetch } = options;
  const closing = new AbortController();
  let health: WikiHealth = { state: "untried" };

  async function get(apiUrl: URL, parameters: ApiParameters, signal?: AbortSignal): Promise<ApiReply> {
    const stop = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
    const request = requestFor(apiUrl, parameters, userAgent);
    const first = await attempt(request, stop);
    if (first.type !== "later") return first;
    if (first.waitMs > LONGEST_RETRY_WAIT_MS) throw first.failure;
    // The budget is paused for just that long, so that acquiring the next permit is the wait.
    const second = await attempt(request, stop);
    if (second.type !== "later") return second;
    throw second.failure;
  }

  async function attempt(request: ApiRequest, stop: AbortSignal): Promise<ApiReply | Later> {
    const permit = await budget.acquire(stop);
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const outcome = await send(request, AbortSignal.any([stop, timeout]));
      if (outcome.type === "later") await budget.pause(outcome.waitMs);
      note(request, outcome.type === "later" ? outcome.failure : undefined);
      return outcome;
    } catch (thrown) {
      if (stop.aborted) throw toFailure(stop.reason);
      const failure = troubleOf(thrown, timeout);
      note(request, failure);
      throw failure;
    } finally {
      permit.release();
    }
  }

  async function send(request: ApiRequest, signal: AbortSignal): Promise<ApiReply | Later> {
    const response = await fetchWithinHost(request, signal, fetch);
    if (response.status === 200) return readReply(response);
    await response.body?.cancel();
    return refusal(response);
  }

  function note({ url }: ApiRequest, failure: Failure | undefined): void {
    const fields = { host: url.host, action: url.searchParams.get("action") };
    health = failure === undefined ? { state: "ok" } : { state: "failing", reason: failure.message };
    if (failure === undefined) log.debug(fields, "wiki answered");
    else log.warn({ ...fields, reason: failure.message, retryAfterMs: failure.retryAfterMs }, "wiki failed");
  }

  return { get, health: () => health, close: () => closing.abort() };
}

interface ApiRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** `fetch` refuses a URL that holds credentials; a header carries them, and they stand in no address that is logged. */
function requestFor(apiUrl: URL, parameters: ApiParameters, userAgent: string): ApiRequest {
  const url = new URL(apiUrl);
  for (const [name, value] of Object.entries({ ...ALWAYS, ...parameters })) url.searchParams.set(name, value);
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = "";
  url.password = "";
  const authorization: Readonly<Record<string, string>> =
    credentials === ":" ? {} : { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` };
  return { url, headers: { "user-agent": userAgent, accept: "application/json", ...authorization } };
}

/** Follows a redirect to the same host only: the operator named that host, and nobody else may name another. */
async function fetchWithinHost(
  { url, headers }: ApiRequest,
  signal: AbortSignal,
  fetch: typeof globalThis.fetch,
): Promise<Response> {
  let target = url;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each hop is named by the reply before it
    const response = await fetch(target, { headers, signal, redirect: "manual" });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) return response;
    void response.body?.cancel();
    target = new URL(location, target);
    if (!isSameHost(target, url)) throw new Failure("wiki-unavailable", "the wiki redirects to another host");
  }
  throw new Failure("wiki-unavailable", "the wiki redirects in a circle");
}

/** From http to https is the same host, the other way round would send credentials in the clear. */
function isSameHost(target: URL, origin: URL): boolean {
  const upgraded = origin.protocol === "http:" && target.protocol === "https:" && origin.port === "";
  return target.host === origin.host && (target.protocol === origin.protocol || upgraded) && target.username === "";
}

async function readReply(response: Response): Promise<ApiReply | Later> {
  const text = await readBounded(response);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Without its cause: the parser's message quotes the reply.
    throw new Failure("wiki-unavailable", "the wiki's reply is not JSON");
  }
  const code = errorCode(body);
  if (code === undefined) return { type: "ok", body };
  if (code === "maxlag") return later("wiki-unavailable", "the wiki's database lags behind", response);
  if (code === "ratelimited") return later("over-budget", "the wiki limits Footnote's requests", response);
  return { type: "refused", code };
}

function refusal(response: Response): Later {
  const { status } = response;
  if (status === 429) return later("over-budget", "the wiki limits Footnote's requests (HTTP 429)", response);
  if (status === 503 && retryAfterMs(response.headers) !== undefined) {
    return later("wiki-unavailable", "the wiki is overloaded (HTTP 503)", response);
  }
  if (status === 403) {
    throw new Failure("wiki-unavailable", "the wiki refuses Footnote (HTTP 403): is WIKI_CONTACT set?");
  }
  throw new Failure("wiki-unavailable", `the wiki answered with HTTP ${status}`);
}

function later(kind: "over-budget" | "wiki-unavailable", reason: string, response: Response): Later {
  const waitMs = retryAfterMs(response.headers) ?? DEFAULT_PAUSE_MS;
  return { type: "later", failure: new Failure(kind, reason, { retryAfterMs: waitMs }), waitMs };
}

function troubleOf(thrown: unknown, timeout: AbortSignal): Failure {
  if (thrown instanceof Failure) return thrown;
  const reason = timeout.aborted ? "the wiki did not answer in time" : connectionTrouble(thrown);
  return new Failure("wiki-unavailable", reason, { cause: thrown });
}

/** The code of an error inside a reply: `errors` in the format we ask for, `error` where a proxy or an old wiki keeps to its own. */
function errorCode(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const errors = "errors" in body && Array.isArray(body.errors) ? (body.errors as unknown[]) : [];
  const [error] = "error" in body ? [body.error] : errors;
  if (error === undefined) return undefined;
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "unknown";
}
