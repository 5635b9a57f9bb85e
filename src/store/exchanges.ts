import type { Pool } from "pg";
import type { Citation } from "../core/article.ts";
import { toTurn } from "../core/conversation.ts";
import type { Exchange, ExchangeRevision, Turn } from "../core/exchange.ts";
import { apology, type FailureKind } from "../core/failure.ts";
import type { ThreadId } from "../core/message.ts";
import type { Answer, CitedSentence, ReplyProgress } from "../core/reply.ts";
import { isExchangeId } from "./exchange-id.ts";
import { ANSWER, BEGIN, DELIVERED, FAIL, PROGRESS, STOP } from "./exchange-steps.ts";
import type { PrismaClient } from "./generated/client.ts";
import { storable, toJson } from "./json.ts";
import { createRevisions } from "./revisions.ts";
import { toExchange, WHOLE_EXCHANGE } from "./rows.ts";

/** The latest answered exchanges of a thread before a given one: walks `(thread, seq)` backwards from there. */
const HISTORY = `
  SELECT question.text AS question, reply.sentences,
    ARRAY(SELECT title FROM citation WHERE exchange_id = earlier.id ORDER BY n) AS titles
  FROM (
    SELECT id, seq FROM exchange
    WHERE thread = $1 AND seq < (SELECT seq FROM exchange WHERE id = $2) AND state IN ('answered', 'delivered')
    ORDER BY seq DESC LIMIT $3
  ) AS earlier
  JOIN message AS question ON question.exchange_id = earlier.id AND question.role = 'user'
  JOIN message AS reply ON reply.exchange_id = earlier.id AND reply.role = 'assistant'
  ORDER BY earlier.seq`;

/** By the partial index on these states; Prisma's casts of its parameters would hide from the planner that it applies. */
const NEXT_UNFINISHED = `
  SELECT id FROM exchange
  WHERE thread = $1 AND state IN ('received', 'running', 'answered')
  ORDER BY seq LIMIT 1`;

/** By the same index. */
const UNFINISHED = `
  SELECT id FROM exchange
  WHERE thread = $1 AND state IN ('received', 'running', 'answered') AND state <> 'answered' AND failure IS NULL
    AND NOT withdrawn`;

interface TurnRow {
  readonly question: string;
  readonly sentences: readonly CitedSentence[];
  readonly titles: readonly string[];
}

/** The life of one exchange after it was received. Errors are the drivers' own. */
export function createExchanges(pool: Pool, prisma: PrismaClient) {
  /** Whether it has changed anything. */
  async function step(name: string, text: string, id: string, ...values: unknown[]): Promise<boolean> {
    return isExchangeId(id) && (await pool.query({ name, text, values: [id, ...values] })).rowCount === 1;
  }

  async function exchange(id: string): Promise<Exchange | undefined> {
    if (!isExchangeId(id)) return undefined;
    const row = await prisma.exchange.findUnique({ where: { id }, ...WHOLE_EXCHANGE });
    return row === null ? undefined : toExchange(row);
  }

  return {
    exchange,
    ...createRevisions(pool, exchange),

    async exchangeOf(platform: string, messageId: string): Promise<Exchange | undefined> {
      const where = { platform_messageId: { platform, messageId } };
      const row = await prisma.exchange.findUnique({ where, ...WHOLE_EXCHANGE });
      return row === null ? undefined : toExchange(row);
    },

    async askedSince(author: string, since: Date): Promise<number> {
      return prisma.exchange.count({ where: { authorId: author, receivedAt: { gt: since } } });
    },

    async unfinished(thread: ThreadId): Promise<readonly Exchange[]> {
      const { rows } = await pool.query<{ id: string }>({ name: "unfinished", text: UNFINISHED, values: [thread] });
      if (rows.length === 0) return [];
      const where = { id: { in: rows.map(({ id }) => id) } };
      return (await prisma.exchange.findMany({ where, orderBy: { seq: "asc" }, ...WHOLE_EXCHANGE })).map(toExchange);
    },

    async nextUnfinished(thread: ThreadId): Promise<string | undefined> {
      const { rows } = await pool.query<{ id: string }>({ name: "next", text: NEXT_UNFINISHED, values: [thread] });
      return rows[0]?.id;
    },

    async begin(id: string): Promise<Exchange | undefined> {
      await step("begin", BEGIN, id);
      return exchange(id);
    },

    answer: ({ id, revision }: ExchangeRevision, answer: Answer): Promise<boolean> =>
      step("answer", ANSWER, id, ...answerParameters(answer), revision),

    async progress(id: string, progress: ReplyProgress): Promise<void> {
      await step("progress", PROGRESS, id, toJson(progress));
    },

    async delivered({ id, revision }: ExchangeRevision, progress: ReplyProgress): Promise<void> {
      await step("delivered", DELIVERED, id, toJson(progress), revision);
    },

    async fail({ id, revision }: ExchangeRevision, failure: FailureKind): Promise<void> {
      await step("fail", FAIL, id, failure, apology(failure), revision);
    },

    stop: (id: string): Promise<boolean> => step("stop", STOP, id, "cancelled", apology("cancelled")),

    async history(thread: ThreadId, before: string, limit: number): Promise<readonly Turn[]> {
      if (!isExchangeId(before)) return [];
      const { rows } = await pool.query<TurnRow>({ name: "history", text: HISTORY, values: [thread, before, limit] });
      return rows.map(({ question, sentences, titles }) =>
        toTurn(question, { sentences, citations: titles.map((title) => ({ source: { title } })) }),
      );
    },
  };
}

function answerParameters(answer: Answer): unknown[] {
  return [
    answer.outcome,
    answer.limit ?? null,
    answer.model,
    answer.tokens.input,
    answer.tokens.output,
    answer.cache,
    answer.suggestions.map(storable),
    answer.thumbnail === undefined ? null : toJson(answer.thumbnail),
    toJson(answer.sentences),
    toJson(answer.citations.map(toCitationRecord)),
  ];
}

function toCitationRecord({ n, quote, source }: Citation) {
  const { id, revisedAt, staleSince, ...rest } = source;
  return { n, quote, source_id: id, revised_at: revisedAt, stale_since: staleSince, ...rest };
}
