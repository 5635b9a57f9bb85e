import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { problems } from "./openapi.ts";
import { Problem } from "./problem.ts";
import { replyResponses, type ReplyParts, respondWithReply } from "./respond-with-reply.ts";
import { exchangeParams } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/exchanges/{exchange_id}",
  summary: "Follow a question that was asked before",
  description:
    "Answers as the request that asked it would: with JSON once there is an answer, or with server-sent events.",
  request: { params: exchangeParams },
  responses: { ...replyResponses, ...problems(401, 404, 503, 504) },
});

/** For whoever finds a question under way that somebody else has asked, or asked without an Idempotency-Key. */
export function addExchanges(app: OpenAPIHono, parts: ReplyParts): void {
  app.openapi(route, async (c) => {
    const exchange = await parts.store.exchange(c.req.valid("param").exchange_id);
    if (exchange === undefined) throw new Problem(404, "not-found", "There is no such question.");
    return respondWithReply(c, exchange, parts, { isLate: true });
  });
}
