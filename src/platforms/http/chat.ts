import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { Inbox } from "../../core/exchange.ts";
import { requireSameRequest, toMessage } from "./chat-message.ts";
import { problems } from "./openapi.ts";
import { Problem } from "./problem.ts";
import { replyResponses, type ReplyParts, respondWithReply } from "./respond-with-reply.ts";
import { chatHeaders, chatRequest } from "./schemas.ts";

export interface ChatParts extends ReplyParts {
  readonly inbox: Inbox;
  /** Whether no new questions are taken any more. */
  readonly isPaused: () => boolean;
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
    ...replyResponses,
    ...problems(400, 401, 404, 413, 415, 422, 503, 504),
  },
});

export function addChat(app: OpenAPIHono, parts: ChatParts): void {
  app.openapi(route, async (c) => {
    if (parts.isPaused()) throw stoppingProblem();
    const message = toMessage(c.req.valid("json"), c.req.valid("header")["idempotency-key"], parts.threads);
    const { exchange, isNew } = await parts.inbox.accept(message);
    if (!isNew) requireSameRequest(exchange, message);
    return respondWithReply(c, exchange, parts, { isLate: !isNew });
  });
}

/** Why questions are refused, and waiting requests are let go, while Footnote stops. */
export function stoppingProblem(): Problem {
  const message = "Footnote is stopping. Ask again in a moment, with the same Idempotency-Key if there was one.";
  return new Problem(503, "stopping", message, { headers: { Connection: "close", "Retry-After": "5" } });
}
