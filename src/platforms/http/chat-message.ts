import { createHash, randomUUID } from "node:crypto";
import type { z } from "@hono/zod-openapi";
import type { Exchange } from "../../core/exchange.ts";
import type { InboundMessage } from "../../core/message.ts";
import { Problem } from "./problem.ts";
import type { chatRequest } from "./schemas.ts";
import { newThreadId, type ThreadIds } from "./thread-id.ts";

type ChatRequest = z.infer<typeof chatRequest>;

/** A request as a message of this platform. Equal idempotency keys give equal message ids, which is what makes them one exchange. */
export function toMessage(request: ChatRequest, key: string | undefined, threads: ThreadIds): InboundMessage {
  return {
    id: key === undefined ? `once:${randomUUID()}` : `key:${digest(key)}`,
    thread: threads.toWrite(request.thread_id ?? newThreadId(key)),
    author: { id: "http:api", name: "HTTP API" },
    text: request.message,
    replyTo: { request: fingerprint(request) },
    receivedAt: new Date(),
  };
}

/** @throws {Problem} 422 when the exchange was begun by a request with the same key and another body */
export function requireSameRequest(exchange: Exchange, message: InboundMessage): void {
  if (exchange.replyTo["request"] === message.replyTo["request"]) return;
  throw new Problem(422, "idempotency-conflict", "This Idempotency-Key was used with another body.");
}

function fingerprint(request: ChatRequest): string {
  return digest(JSON.stringify([request.message, request.thread_id ?? null]));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
