import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { conversationTitle } from "../core/conversation.ts";
import type { Exchange, Received } from "../core/exchange.ts";
import { platformOf, type InboundMessage } from "../core/message.ts";
import { addToTotal, addToUsage } from "./counts.ts";
import { sqlState } from "./failure.ts";
import type { PrismaClient } from "./generated/client.ts";
import { storable, toJson } from "./json.ts";
import { toExchange, WHOLE_EXCHANGE } from "./rows.ts";

const UNIQUE_VIOLATION = "23505";

/**
 * One statement, hence one transaction and one round trip. The conversation's row comes first and stays locked until the end, which
 * puts simultaneous questions of a thread into one order.
 */
const RECEIVE = `
  WITH in_conversation AS (
    INSERT INTO conversation (thread, title, message_count, created_at, last_activity_at)
    VALUES ($1, $2, 1, $3, $3)
    ON CONFLICT (thread) DO UPDATE SET
      message_count = conversation.message_count + 1,
      last_activity_at = greatest(conversation.last_activity_at, excluded.last_activity_at)
    RETURNING thread, message_count = 1 AS is_new
  ), received AS (
    INSERT INTO exchange (id, thread, platform, message_id, author_id, author_name, reply_to, received_at, language, suggestions)
    SELECT $4, thread, $5, $6, $7, $8, $9, $3, $11, '{}' FROM in_conversation
    RETURNING id, thread, received_at
  ), asked AS (
    INSERT INTO message (id, thread, exchange_id, role, text, created_at)
    SELECT gen_random_uuid(), thread, id, 'user', $10, received_at FROM received
    RETURNING 1
  ), counted AS (${addToTotal("in_conversation, asked", {
    conversations: "is_new::int",
    user_messages: "1",
    received: "1",
  })}
  ), used AS (${addToUsage("received, counted", "received_at", { exchanges: "1" })}
  )
  SELECT graphile_worker.add_job('thread', json_build_object('thread', thread)) FROM received, used`;

export async function receive(pool: Pool, prisma: PrismaClient, message: InboundMessage): Promise<Received> {
  const exchange = newExchange(message);
  try {
    await pool.query({ name: "receive", text: RECEIVE, values: parameters(exchange) });
    return { exchange, isNew: true };
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
  }
  const row = await prisma.exchange.findUnique({
    where: { platform_messageId: { platform: platformOf(message.thread), messageId: exchange.messageId } },
    ...WHOLE_EXCHANGE,
  });
  // Erased between the two statements: then it is new after all.
  return row === null ? receive(pool, prisma, message) : { exchange: toExchange(row), isNew: false };
}

function newExchange({ id, thread, author, text, language, replyTo, receivedAt }: InboundMessage): Exchange {
  return {
    id: randomUUID(),
    messageId: id,
    thread,
    author: { id: author.id, name: storable(author.name) },
    question: storable(text),
    ...(language === undefined ? {} : { language }),
    state: "received",
    revision: 0,
    attempts: 0,
    isWithdrawn: false,
    replyTo,
    receivedAt,
  };
}

function parameters(exchange: Exchange): unknown[] {
  const { id, messageId, thread, author, question, replyTo, receivedAt } = exchange;
  return [
    thread,
    conversationTitle(question),
    receivedAt,
    id,
    platformOf(thread),
    messageId,
    author.id,
    author.name,
    toJson(replyTo),
    question,
    exchange.language ?? null,
  ];
}
