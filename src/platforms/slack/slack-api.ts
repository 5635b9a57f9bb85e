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

export function createSlackApi(options: {
  readonly token: string;
  readonly apiUrl: string;
  readonly log: Log;
  /** Called when Slack says that the token is worth nothing any more. */
  readonly onRevoked: (code: string) => void;
}): SlackApi {
  const { token, apiUrl, log, onRevoked } = options;
  const client = new webApi.WebClient(token, {
    ...clientOptions(apiUrl, log),
    // Their retries do not tell calls that may happen twice from others, and their pause after a 429 is everybody's.
    rejectRateLimitedCalls: true,
  });
  const gate = new RateGate();

  async function attempt(method: string, args: SlackArguments): Promise<SlackResult | Limited> {
    try {
      return { ...(await client.apiCall(method, args)) };
    } catch (error) {
      if (error instanceof webApi.WebAPIRateLimitedError) return { retryAfterMs: error.retryAfter * 1_000 };
      const reason = toSlackError(error);
      if (isRevoked(reason)) onRevoked(reason.code);
      throw reason;
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
  return { slackApiUrl: apiUrl, timeout: TIMEOUT_MS, retryConfig: { retries: 0 }, logger: slackLogger(log) };
}

function keyOf(method: string, args: SlackArguments): string {
  const channel = args["channel"] ?? args["channel_id"];
  return `${method} ${typeof channel === "string" ? channel : ""}`;
}
