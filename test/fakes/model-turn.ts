import { createHash } from "node:crypto";
import type { Fixture, FixtureResponse, LLMock, ToolCall } from "@copilotkit/aimock";

interface ScriptedToolCall {
  readonly name: string;
  /** An object is sent as JSON, a string as it is: that is how a turn sends malformed arguments. */
  readonly arguments: object | string;
  readonly id?: string;
}

interface TurnTiming {
  /** Waits for this before the first byte of the reply. */
  readonly after?: Promise<unknown>;
  /** Wait before the first byte of the reply. Default 0. */
  readonly latencyMs?: number;
  /** Wait before each streamed chunk. Default 0. */
  readonly chunkDelayMs?: number;
  /** Characters of each streamed chunk. Default 20. */
  readonly chunkSize?: number;
  /** Breaks the connection after so many streamed chunks; the first one carries the role only. */
  readonly breakAfterChunks?: number;
}

/** One reply of the model. */
export type ModelTurn =
  | (TurnTiming & {
      readonly text?: string;
      readonly toolCalls?: readonly ScriptedToolCall[];
      /** `length` is how a reply cut by its token limit ends. Default: `stop`, or `tool_calls`. */
      readonly finishReason?: "stop" | "length" | "content_filter";
      readonly usage?: { readonly input: number; readonly output: number };
      /** Of the completion. Default: a new one. */
      readonly id?: string;
    })
  | (Pick<TurnTiming, "after" | "latencyMs"> & {
      readonly status: 400 | 401 | 403 | 404 | 429 | 500 | 502 | 503;
      readonly message?: string;
      readonly code?: string;
      readonly retryAfterSeconds?: number;
    })
  /** Takes the request and never answers. */
  | { readonly hang: true };

type RepliedTurn = Exclude<ModelTurn, { hang: true }>;

/** The context by which aimock finds this very turn, so that simultaneous requests each get the one drawn for them. */
export function contextOf(turn: RepliedTurn, mock: LLMock): string {
  const context = createHash("sha256").update(JSON.stringify(turn)).digest("hex");
  const known = mock.getFixtures().some((fixture) => fixture.match.context === context);
  if (!known) mock.addFixture({ match: { context }, ...fixtureOf(turn) });
  return context;
}

function fixtureOf(turn: RepliedTurn): Omit<Fixture, "match"> {
  if ("status" in turn) {
    const { status, message = "Scripted failure.", code, retryAfterSeconds } = turn;
    const type = status === 429 ? "rate_limit_error" : status >= 500 ? "server_error" : "invalid_request_error";
    return { response: { status, error: { message, type, code }, retryAfter: retryAfterSeconds } };
  }
  const toolCalls = turn.toolCalls?.map(({ arguments: given, ...call }) => ({
    ...call,
    arguments: typeof given === "string" ? given : JSON.stringify(given),
  }));
  const shared = {
    finishReason: turn.finishReason,
    id: turn.id,
    usage: turn.usage && { prompt_tokens: turn.usage.input, completion_tokens: turn.usage.output },
  };
  return {
    response: { ...spoken(turn.text, toolCalls), ...shared },
    chunkSize: turn.chunkSize ?? 20,
    latency: turn.chunkDelayMs ?? 0,
  };
}

function spoken(text: string | undefined, toolCalls: ToolCall[] | undefined): FixtureResponse {
  if (toolCalls === undefined) return { content: text ?? "" };
  return text === undefined ? { toolCalls } : { content: text, toolCalls };
}
