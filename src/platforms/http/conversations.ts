import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { Store } from "../../core/exchange.ts";
import { Failure } from "../../core/failure.ts";
import { platformOf } from "../../core/message.ts";
import { problems } from "./openapi.ts";
import { Problem } from "./problem.ts";
import { recordJson, sourceJson } from "./reply-json.ts";
import { conversations, conversationsQuery, messages, messagesQuery, NOT_OURS, threadParams } from "./schemas.ts";
import type { ThreadIds } from "./thread-id.ts";

const list = createRoute({
  method: "get",
  path: "/api/conversations",
  summary: "Conversations, newest first",
  request: { query: conversationsQuery },
  responses: {
    200: { description: "A page", content: { "application/json": { schema: conversations } } },
    ...problems(400, 401, 503),
  },
});

const read = createRoute({
  method: "get",
  path: "/api/conversations/{thread_id}/messages",
  summary: "Messages of a conversation, oldest first",
  request: { params: threadParams, query: messagesQuery },
  responses: {
    200: { description: "A page", content: { "application/json": { schema: messages } } },
    ...problems(400, 401, 404, 503),
  },
});

const erase = createRoute({
  method: "delete",
  path: "/api/conversations/{thread_id}",
  summary: "Erase a conversation",
  request: { params: threadParams },
  responses: { 204: { description: "It is erased" }, ...problems(400, 401, 404, 503) },
});

export function addConversations(
  app: OpenAPIHono,
  store: Pick<Store, "conversations" | "messages" | "erase">,
  threads: ThreadIds,
): void {
  app.openapi(list, async (c) => {
    const page = await atCursor(store.conversations(c.req.valid("query")));
    const items = page.items.map((item) => ({
      thread_id: threads.shown(item.thread),
      title: item.title,
      platform: item.platform,
      messages: item.messages,
      created_at: item.createdAt.toISOString(),
      last_activity_at: item.lastActivityAt.toISOString(),
    }));
    return c.json({ conversations: items, next_cursor: page.nextCursor ?? null }, 200);
  });

  app.openapi(read, async (c) => {
    const thread = threads.toRead(c.req.valid("param").thread_id);
    const page = await atCursor(store.messages(thread, c.req.valid("query")));
    if (page === undefined) throw noSuchConversation();
    const items = page.items.map((message) => ({
      id: message.id,
      exchange_id: message.exchangeId,
      role: message.role,
      text: message.text,
      created_at: message.createdAt.toISOString(),
      sources: message.citations.map(sourceJson),
      failure: message.failure ?? null,
      ...(message.record === undefined ? {} : recordJson(message.record)),
    }));
    const reply = { thread_id: threads.shown(thread), platform: platformOf(thread), messages: items };
    return c.json({ ...reply, next_cursor: page.nextCursor ?? null }, 200);
  });

  app.openapi(erase, async (c) => {
    if (!(await store.erase(threads.toRead(c.req.valid("param").thread_id)))) throw noSuchConversation();
    return c.body(null, 204);
  });
}

/** A cursor is the one thing in these requests that only the store can judge. */
async function atCursor<T>(page: Promise<T>): Promise<T> {
  try {
    return await page;
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "invalid-input") throw error;
    throw new Problem(400, "invalid-input", `cursor: ${NOT_OURS}`, { cause: error });
  }
}

function noSuchConversation(): Problem {
  return new Problem(404, "not-found", "There is no such conversation.");
}
