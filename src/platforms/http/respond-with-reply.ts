import type { Context } from "hono";
import { accepts } from "hono/accepts";
import type { Exchange, Store } from "../../core/exchange.ts";
import { follow } from "./follow.ts";
import { toProblem } from "./problem.ts";
import { exchangeJson, replyJson } from "./reply-json.ts";
import { type ChatReply, chatReply } from "./schemas.ts";
import { streamReply } from "./stream-reply.ts";
import type { ThreadIds } from "./thread-id.ts";

export interface ReplyParts {
  readonly store: Pick<Store, "exchange" | "feed">;
  readonly threads: ThreadIds;
  /** Milliseconds between the comment lines that keep an idle stream open. */
  readonly heartbeatMs: number;
  /** Milliseconds a request waits for its exchange at the most; the exchange goes on. */
  readonly replyLimitMs: number;
  /** Ends all waiting, with its reason. */
  readonly stopping: AbortSignal;
}

/** What a route that responds so promises. */
export const replyResponses = {
  200: {
    description: "The answer",
    content: {
      "application/json": { schema: chatReply },
      "text/event-stream": { schema: { type: "string" as const } },
    },
  },
};

/**
 * Responds with the exchange's answer once it is there, or with what happens until then, as the request prefers.
 * @param options.isLate whether something may have been told of it before
 */
export async function respondWithReply(
  c: Context,
  exchange: Exchange,
  parts: ReplyParts,
  { isLate }: { readonly isLate: boolean },
) {
  const { store, threads, heartbeatMs } = parts;
  const signal = AbortSignal.any([c.req.raw.signal, parts.stopping, AbortSignal.timeout(parts.replyLimitMs)]);
  if (wantsEvents(c)) return streamReply(c, { store, threads, exchange, isLate, signal, heartbeatMs });
  try {
    return c.json(await wholeReply(parts, exchange, signal), 200);
  } catch (error) {
    const problem = toProblem(error);
    return c.json(problem.body(exchangeJson(exchange, threads)), problem.status, problem.headers);
  }
}

function wantsEvents(c: Context): boolean {
  const supports = ["application/json", "text/event-stream"];
  return accepts(c, { header: "Accept", supports, default: "application/json" }) === "text/event-stream";
}

async function wholeReply({ store, threads }: ReplyParts, exchange: Exchange, signal: AbortSignal): Promise<ChatReply> {
  for await (const event of follow(store, exchange.id, signal)) {
    if (event.type === "answered") return replyJson(event.exchange, event.answer, threads);
    if (event.type === "failed") throw event.failure;
  }
  throw new Error("the exchange ended without an outcome");
}
