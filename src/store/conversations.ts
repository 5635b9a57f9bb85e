import { z } from "zod";
import { recordOf } from "../core/conversation.ts";
import type { ConversationSummary, Page, Said, StoredMessage } from "../core/exchange.ts";
import type { FailureKind } from "../core/failure.ts";
import { platformOf, type ThreadId } from "../core/message.ts";
import { renderAnswer, type CitedSentence } from "../core/reply.ts";
import { fromCursor, toCursor } from "./cursor.ts";
import type { Prisma, PrismaClient } from "./generated/client.ts";
import { toJson } from "./json.ts";
import { HOW_ANSWERED, toCitation, toHowAnswered, trusted } from "./rows.ts";

interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/** The last one shown: page by key, so that every page costs the same. */
const ConversationCursor = z.tuple([z.iso.datetime(), z.string()]);
const MessageCursor = z.string().regex(/^\d{1,18}$/);

/** Conversations as people look back at them. Errors are the drivers' own. */
export function createConversations(prisma: PrismaClient) {
  return {
    async listens(thread: ThreadId): Promise<boolean> {
      const row = await prisma.conversation.findUnique({ where: { thread }, select: { listening: true } });
      return row?.listening ?? false;
    },

    async setListening(thread: ThreadId, isListening: boolean, at: Date): Promise<boolean> {
      const changed = await prisma.$executeRaw`
        UPDATE conversation SET
          listening = CASE WHEN listening_at > ${at}::timestamptz THEN listening ELSE ${isListening} END,
          listening_at = greatest(listening_at, ${at}::timestamptz)
        WHERE thread = ${thread}`;
      return changed > 0;
    },

    async keepContext(thread: ThreadId, said: readonly Said[]): Promise<void> {
      await prisma.$executeRaw`UPDATE conversation SET context = ${toJson(said)}::jsonb WHERE thread = ${thread}`;
    },

    async conversations({ limit, cursor }: PageRequest): Promise<Page<ConversationSummary>> {
      const rows = await prisma.conversation.findMany({
        ...(cursor === undefined ? {} : { where: olderThan(cursor) }),
        orderBy: [{ lastActivityAt: "desc" }, { thread: "desc" }],
        take: limit + 1,
      });
      return toPage(rows, limit, toSummary, ({ lastActivityAt, thread }) => [lastActivityAt, thread]);
    },

    async messages(thread: ThreadId, { limit, cursor }: PageRequest): Promise<Page<StoredMessage> | undefined> {
      const after = cursor === undefined ? 0n : BigInt(fromCursor(cursor, MessageCursor));
      const rows = await prisma.message.findMany({
        relationLoadStrategy: "join",
        where: { thread, seq: { gt: after } },
        orderBy: { seq: "asc" },
        take: limit + 1,
        include: OF_EXCHANGE,
      });
      // Every conversation has at least the message it began with.
      if (rows.length === 0 && cursor === undefined) return undefined;
      return toPage(rows, limit, toMessage, ({ seq }) => String(seq));
    },
  };
}

function olderThan(cursor: string): Prisma.ConversationWhereInput {
  const [lastActivityAt, thread] = fromCursor(cursor, ConversationCursor);
  return {
    lastActivityAt: { lte: lastActivityAt },
    OR: [{ lastActivityAt: { lt: lastActivityAt } }, { thread: { lt: thread } }],
  };
}

function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  placeOf: (row: Row) => unknown,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    nextCursor: rows.length > limit && last !== undefined ? toCursor(placeOf(last)) : undefined,
  };
}

function toSummary(row: Prisma.ConversationGetPayload<object>): ConversationSummary {
  const thread = trusted<ThreadId>(row.thread);
  return {
    thread,
    title: row.title,
    platform: platformOf(thread),
    messages: row.messageCount,
    createdAt: row.createdAt,
    lastActivityAt: row.lastActivityAt,
  };
}

/** What is read of a message's exchange. */
const OF_EXCHANGE = {
  exchange: {
    select: { ...HOW_ANSWERED, failure: true, receivedAt: true, revisedAt: true, citations: { orderBy: { n: "asc" } } },
  },
} as const satisfies Prisma.MessageInclude;

type MessageRow = Prisma.MessageGetPayload<{ include: typeof OF_EXCHANGE }>;

function toMessage(row: MessageRow): StoredMessage {
  const { exchange } = row;
  return {
    id: row.id,
    exchangeId: row.exchangeId,
    role: row.role,
    text: row.text ?? renderAnswer({ sentences: trusted<readonly CitedSentence[]>(row.sentences) }),
    createdAt: row.createdAt,
    citations: row.sentences === null ? [] : exchange.citations.map(toCitation),
    ...(row.sentences === null
      ? {}
      : { record: recordOf(toHowAnswered(exchange), exchange.revisedAt ?? exchange.receivedAt, row.createdAt) }),
    // An exchange that failed after its answer was stored kept the answer.
    ...(row.role === "user" || row.sentences !== null || exchange.failure === null
      ? {}
      : { failure: trusted<FailureKind>(exchange.failure) }),
  };
}
