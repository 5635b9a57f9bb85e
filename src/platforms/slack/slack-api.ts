import { webApi } from "@slack/bolt";
import type { Log } from "../../core/log.ts";
import { isLimited, type Limited, RateGate } from "../rate-gate.ts";
import { untilAnswered } from "../until-answered.ts";
import { isRevoked, toSlackError } from "./slack-error.ts";
import { slackLogger } from "./slack-logger.ts";

/** Slack answers within a second or two, or not at all. The library's default is no limit. */
const TIMEOUT_MS = 10_000;

export type SlackArguments = Readonly<Record<string, unknown>>;
export type SlackResult = Readonly<Record<string, unknown>>;

/** Calls of the Web API. A 429 is obeyed for its method and channel: it delays these calls, and no others. */
export interface SlackApi {
  /**
   * One attempt, for a call that must not happen twice.
   * @throws {SlackRefusal} @throws {SlackSilence} @throws the signal's reason
   */
  once(method: string, args: SlackArguments, signal?: AbortSignal): Promise<SlackResult>;
  /** As `once`, but gives up when a limit of calls is reached: `undefined`. */
  ifFree(method: string, args: SlackArguments, signal?: AbortSignal): Promise<SlackResult | undefined>;
  /** Attempts until Slack answers, for a call that does no harm when it happens twice. @throws {SlackRefusal} */
  again(method: string, args: SlackArguments, signal?: AbortSignal): Promise<SlackResult>;
}

/** Where the token of a workspace comes from. */
export interface Credentials {
  /** @throws {Failure} `delivery-failed` where Footnote is not installed (any more) */
  token(): Promise<string>;
  /** Slack says that this token is worth nothing any more. Tells whether there is another one. */
  renew(token: string, code: string): Promise<boolean>;
}

/** One workspace's; its limits are its own. */
export function createSlackApi({
  credentials,
  apiUrl,
  log,
}: {
  readonly credentials: Credentials;
  readonly apiUrl: string;
  readonly log: Log;
}): SlackApi {
  const gate = new RateGate();
  let client: webApi.WebClient | undefined;

  function clientOf(token: string): webApi.WebClient {
    if (client?.token !== token) client = new webApi.WebClient(token, clientOptions(apiUrl, log));
    return client;
  }

  async function call(token: string, method: string, args: SlackArguments): Promise<SlackResult | Limited> {
    try {
      return { ...(await clientOf(token).apiCall(method, args)) };
    } catch (error) {
      if (error instanceof webApi.WebAPIRateLimitedError) return { retryAfterMs: error.retryAfter * 1_000 };
      throw toSlackError(error);
    }
  }

  async function attempt(method: string, args: SlackArguments): Promise<SlackResult | Limited> {
    const token = await credentials.token();
    try {
      return await call(token, method, args);
    } catch (error) {
      // What was refused for its token has had no effect.
      if (isRevoked(error) && (await credentials.renew(token, error.code))) {
        return call(await credentials.token(), method, args);
      }
      throw error;
    }
  }

  const once: SlackApi["once"] = (method, args, signal) =>
    gate.pass(keyOf(method, args), () => attempt(method, args), signal);

  return {
    once,

    async ifFree(method, args, signal) {
      signal?.throwIfAborted();
      const key = keyOf(method, args);
      if (gate.isClosed(key)) return undefined;
      const result = await attempt(method, args);
      if (!isLimited(result)) return result;
      gate.close(key, result.retryAfterMs);
      return undefined;
    },

    again: (method, args, signal) => untilAnswered(() => once(method, args, signal), signal),
  };
}

/** Settings of every client of Slack's libraries, theirs of Socket Mode too. */
export function clientOptions(apiUrl: string, log: Log): webApi.WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    timeout: TIMEOUT_MS,
    // Their retries do not tell calls that may happen twice from others, and their pause after a 429 is everybody's.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: slackLogger(log),
  };
}

function keyOf(method: string, args: SlackArguments): string {
  const channel = args["channel"] ?? args["channel_id"];
  return `${method} ${typeof channel === "string" ? channel : ""}`;
}
