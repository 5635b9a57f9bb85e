import { type RawFile, RateLimitError, type RequestMethod, REST, type RESTOptions } from "discord.js";
import type { Log } from "../../core/log.ts";
import { isLimited, type Limited, RateGate } from "../rate-gate.ts";
import { untilAnswered } from "../until-answered.ts";
import { DiscordRefusal, toDiscordError } from "./discord-error.ts";

/** Discord answers within a second or two, or not at all. */
const TIMEOUT_MS = 10_000;
/** Discord bans an address for a while after 10,000 answers of 401, 403 or 429 within ten minutes (*Invalid Request Limit*). */
const WARN_EVERY_INVALID = 1_000;
const API_VERSION = "10";

export interface DiscordRequest {
  readonly method: RequestMethod;
  readonly path: `/${string}`;
  readonly body?: object;
  /** Attached; the body tells of them by their place in this list. */
  readonly files?: readonly RawFile[];
  readonly query?: Readonly<Record<string, string>>;
  /** True where the path holds the key: an interaction's token. Default: the bot's token goes with it. */
  readonly isKeyless?: boolean;
}

/** Calls of the REST API. They answer with what Discord sent, an object of no use where it sent nothing. A limit is waited for by the calls of its bucket, and no others. */
export interface DiscordApi {
  /**
   * One attempt, for a call that must not happen twice, or not later.
   * @throws {DiscordRefusal} @throws {Silence} @throws the signal's reason
   */
  once(request: DiscordRequest, signal?: AbortSignal): Promise<object>;
  /** As `once`, but gives up when a limit of calls is reached: `undefined`. */
  ifFree(request: DiscordRequest, signal?: AbortSignal): Promise<object | undefined>;
  /** Attempts until Discord answers, for a call that does no harm when it happens twice. @throws {DiscordRefusal} */
  again(request: DiscordRequest, signal?: AbortSignal): Promise<object>;
}

export function createDiscordApi(options: {
  readonly token: string;
  readonly apiUrl: string;
  readonly log: Log;
  /** Called once, when Discord says that the token is worth nothing any more. */
  readonly onRevoked: () => void;
}): DiscordApi {
  const { token, apiUrl, log, onRevoked } = options;
  const rest = new REST({
    ...restOptions(apiUrl),
    // Their retries, and their waiting for the end of a limit, cannot be ended from outside.
    retries: 0,
    rejectOnRateLimit: () => true,
    invalidRequestWarningInterval: WARN_EVERY_INVALID,
  }).setToken(token);
  rest.on("invalidRequestWarning", (warning) => log.warn(warning, "Discord refuses many requests"));
  const gate = new RateGate();
  let isTokenRefused = false;

  async function attempt({ method, path, body, files, query, isKeyless }: DiscordRequest): Promise<object | Limited> {
    const auth = isKeyless !== true;
    if (isTokenRefused && auth) throw new DiscordRefusal(0, 401);
    try {
      const result = await rest.request({
        method,
        fullRoute: path,
        auth,
        body,
        ...(files !== undefined && { files: [...files] }),
        ...(query !== undefined && { query: new URLSearchParams(query) }),
      });
      return typeof result === "object" && result !== null ? result : {};
    } catch (error) {
      if (error instanceof RateLimitError) return { retryAfterMs: Math.max(1, error.retryAfter) };
      const reason = toDiscordError(error);
      if (auth && reason instanceof DiscordRefusal && reason.status === 401 && !isTokenRefused) {
        isTokenRefused = true;
        onRevoked();
      }
      throw reason;
    }
  }

  const once: DiscordApi["once"] = (request, signal) => gate.pass(bucketOf(request), () => attempt(request), signal);

  return {
    once,

    async ifFree(request, signal) {
      signal?.throwIfAborted();
      const key = bucketOf(request);
      if (gate.isClosed(key)) return undefined;
      const result = await attempt(request);
      if (!isLimited(result)) return result;
      gate.close(key, result.retryAfterMs);
      return undefined;
    },

    again: (request, signal) => untilAnswered(() => once(request, signal), signal),
  };
}

/** Of every client of discord.js, the gateway's too. */
export function restOptions(apiUrl: string): Partial<RESTOptions> {
  return { api: apiUrl, version: API_VERSION, timeout: TIMEOUT_MS };
}

/** What limits are counted by: the route, and the id it begins with (*Rate Limits*: top-level resources). */
function bucketOf({ method, path }: DiscordRequest): string {
  const [, resource = "", id = "", ...rest] = path.split("/");
  return [method, resource, id, ...rest.map((part) => (/^\d+$/.test(part) ? ":id" : part))].join("/");
}
