import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { conversationTitle } from "../core/conversation.ts";
import type { Exchange, Received } from "../core/exchange.ts";
import { Failure } from "../core/failure.ts";
import { platformOf, type InboundMessage } from "../core/message.ts";
import { addToTotal, addToUsage } from "./counts.ts";
import { sqlState } from "./failure.ts";
import { isForgotten } from "./forgotten.ts";
import { taskOf } from "./thread-job.ts";
import type { PrismaClient } from "./generated/client.ts";
import { storable, toJson } from "./json.ts";
import { toExchange, WHOLE_EXCHANGE } from "./rows.ts";

const UNIQUE_VIOLATION = "23505";

/**
 * One statement, hence one transaction and one round trip. The conversation's row comes first and stays locked until the end, which
 * puts simultaneous questions of a thread into one order. Nothing is stored of a message that is known or forgotten; one that is being
 * forgotten just now still is known here. The job has a key that no other job has, for the mode that plainly inserts: the usual one
 * plans its five statements anew at every call, which takes longer than all else here.
 */
const RECEIVE = `
  WITH seen AS MATERIALIZED (
    SELECT EXISTS (SELECT FROM exchange WHERE platform = $5 AND message_id = $6) AS is_known, ${isForgotten("$5", "$6")} AS is_forgotten
  ), in_conversation AS (
    INSERT INTO conversation (thread, title, message_count, created_at, last_activity_at)
    SELECT $1, $2, 1, $3, $3 FROM seen WHERE NOT is_known AND NOT is_forgotten
    ON CONFLICT (thread) DO UPDATE SET
      message_count = conversation.message_count + 1,
      last_activity_at = greatest(conversation.last_activity_at, excluded.last_activity_at)
    RETURNING thread, message_count = 1 AS is_new
  ), received AS (
    INSERT INTO exchange (id, thread, platform, message_id, author_id, author_name, reply_to, received_at, language, subject, suggestions)
    SELECT $4, thread, $5, $6, $7, $8, $9, $3, $11, $12, '{}' FROM in_conversation
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
  SELECT is_forgotten, (
    SELECT count(graphile_worker.add_job(
      ${taskOf("thread")}, json_build_object('thread', thread), job_key := id::text, job_key_mode := 'unsafe_dedupe'
    ))
    FROM received, used
  ) AS jobs
  FROM seen WHERE NOT is_known`;

export async function receive(pool: Pool, prisma: PrismaClient, message: InboundMessage): Promise<Received> {
  const exchange = newExchange(message);
  const outcome = await insert(pool, exchange);
  if (outcome === "forgotten") throw new Failure("cancelled", "its message was deleted");
  if (outcome === "new") return { exchange, isNew: true };
  const row = await prisma.exchange.findUnique({
    where: { platform_messageId: { platform: platformOf(message.thread), messageId: exchange.messageId } },
    ...WHOLE_EXCHANGE,
  });
  // Gone between the two statements: then it is new after all, or forgotten.
  return row === null ? receive(pool, prisma, message) : { exchange: toExchange(row), isNew: false };
}

async function insert(pool: Pool, exchange: Exchange): Promise<"new" | "known" | "forgotten"> {
  try {
    const query = { name: "receive", text: RECEIVE, values: parameters(exchange) };
    const [unknown] = (await pool.query<{ is_forgotten: boolean }>(query)).rows;
    if (unknown === undefined) return "known";
    return unknown.is_forgotten ? "forgotten" : "new";
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) return "known";
    throw error;
  }
}

function newExchange({ id, thread, author, text, language, subject, replyTo, receivedAt }: InboundMessage): Exchange {
  return {
    id: randomUUID(),
    messageId: id,
    thread,
    author: { id: author.id, name: storable(author.name) },
    question: storable(text),
    ...(language === undefined ? {} : { language }),
    ...(subject === undefined ? {} : { subject: storable(subject) }),
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
    exchange.subject ?? null,
  ];
}
