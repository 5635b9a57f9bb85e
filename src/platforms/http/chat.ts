import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { accepts } from "hono/accepts";
import type { Exchange, Inbox, Store } from "../../core/exchange.ts";
import { requireSameRequest, toMessage } from "./chat-message.ts";
import { follow } from "./follow.ts";
import { Problem, toProblem } from "./problem.ts";
import { exchangeJson, replyJson } from "./reply-json.ts";
import { problems } from "./openapi.ts";
import { type ChatReply, chatHeaders, chatReply, chatRequest } from "./schemas.ts";
import { streamReply } from "./stream-reply.ts";
import type { ThreadIds } from "./thread-id.ts";

export interface ChatParts {
  readonly inbox: Inbox;
  readonly store: Pick<Store, "exchange" | "feed">;
  readonly threads: ThreadIds;
  /** Milliseconds between the comment lines that keep an idle stream open. */
  readonly heartbeatMs: number;
  /** Milliseconds a request waits for its exchange at the most; the exchange goes on. */
  readonly replyLimitMs: number;
  /** Whether no new questions are taken any more. */
  readonly isPaused: () => boolean;
  /** Ends all waiting, with its reason. */
  readonly stopping: AbortSignal;
}

const route = createRoute({
  method: "post",
  path: "/api/chat",
  summary: "Ask a question",
  description:
    "Answers with JSON, or with `Accept: text/event-stream` as server-sent events: `status` {text}, `source` (as in the JSON), " +
    "`sentence` {index, text, footnotes, verdict}, and at last `done` (the JSON answer) or `error`. A sentence or source sent " +
    "again under the same index or number replaces the earlier one. An exchange that has failed stays so under its " +
    "Idempotency-Key: a new key asks anew.",
  request: {
    headers: chatHeaders,
    body: { required: true, content: { "application/json": { schema: chatRequest } } },
  },
  responses: {
    200: {
      description: "The answer",
      content: { "application/json": { schema: chatReply }, "text/event-stream": { schema: { type: "string" } } },
    },
    ...problems(400, 401, 404, 413, 415, 422, 503, 504),
  },
});

export function addChat(app: OpenAPIHono, parts: ChatParts): void {
  const { inbox, store, threads } = parts;

  app.openapi(route, async (c) => {
    if (parts.isPaused()) throw stoppingProblem();
    const message = toMessage(c.req.valid("json"), c.req.valid("header")["idempotency-key"], threads);
    const { exchange, isNew } = await inbox.accept(message);
    if (!isNew) requireSameRequest(exchange, message);

    const signal = AbortSignal.any([c.req.raw.signal, parts.stopping, AbortSignal.timeout(parts.replyLimitMs)]);
    if (wantsEvents(c)) return streamReply(c, { store, threads, exchange, signal, heartbeatMs: parts.heartbeatMs });
    try {
      return c.json(await wholeReply(parts, exchange, signal), 200);
    } catch (error) {
      const problem = toProblem(error);
      return c.json(problem.body(exchangeJson(exchange, threads)), problem.status, problem.headers);
    }
  });
}

/** Why questions are refused, and waiting requests are let go, while Footnote stops. */
export function stoppingProblem(): Problem {
  return new Problem(503, "stopping", "Footnote is stopping. Ask again in a moment, with the same Idempotency-Key.", {
    headers: { Connection: "close", "Retry-After": "5" },
  });
}

function wantsEvents(c: Parameters<typeof accepts>[0]): boolean {
  const supports = ["application/json", "text/event-stream"];
  return accepts(c, { header: "Accept", supports, default: "application/json" }) === "text/event-stream";
}

async function wholeReply({ store, threads }: ChatParts, exchange: Exchange, signal: AbortSignal): Promise<ChatReply> {
  for await (const event of follow(store, exchange.id, signal)) {
    if (event.type === "answered") return replyJson(event.exchange, event.answer, threads);
    if (event.type === "failed") throw event.failure;
  }
  throw new Error("the exchange ended without an outcome");
}
