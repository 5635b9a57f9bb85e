import type { Pool } from "pg";
import type { Citation } from "../core/article.ts";
import type { Begun, Exchange, ExchangeRevision } from "../core/exchange.ts";
import { apology, type FailureKind } from "../core/failure.ts";
import type { ThreadId } from "../core/message.ts";
import type { Answer, ReplyProgress } from "../core/reply.ts";
import { isExchangeId } from "./exchange-id.ts";
import { ANSWER, BEGIN, DELIVERED, FAIL, PROGRESS, STOP } from "./exchange-steps.ts";
import type { PrismaClient } from "./generated/client.ts";
import { storable, toJson } from "./json.ts";
import { createPending } from "./pending.ts";
import { createRevisions } from "./revisions.ts";
import { toExchange, trusted, WHOLE_EXCHANGE } from "./rows.ts";

/** By the index of what is unfinished. */
const UNFINISHED = `
  SELECT id FROM exchange
  WHERE thread = $1 AND state IN ('received', 'running', 'answered') AND state <> 'answered' AND failure IS NULL
    AND NOT withdrawn`;

interface BegunRow {
  readonly state: Exchange["state"];
  readonly attempts: number;
  readonly withdrawn: boolean;
  readonly failure: string | null;
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

    nextUnfinished: createPending(pool, exchange),

    async begin({ id, revision }: ExchangeRevision): Promise<Begun | undefined> {
      if (!isExchangeId(id)) return undefined;
      const [row] = (await pool.query<BegunRow>({ name: "begin", text: BEGIN, values: [id, revision] })).rows;
      return row === undefined ? undefined : toBegun(row);
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
  };
}

function toBegun({ state, attempts, withdrawn, failure }: BegunRow): Begun {
  return {
    state,
    attempts,
    isWithdrawn: withdrawn,
    ...(failure === null ? {} : { failure: trusted<FailureKind>(failure) }),
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
