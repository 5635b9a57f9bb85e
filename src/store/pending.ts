import type { Pool } from "pg";
import { toTurn } from "../core/conversation.ts";
import { type Exchange, HISTORY_TURNS, type PendingExchange, type Said } from "../core/exchange.ts";
import type { ThreadId } from "../core/message.ts";
import type { CitedSentence } from "../core/reply.ts";
import { toUnanswered, trusted } from "./rows.ts";

/**
 * $1 thread. By the partial index on these states, which Prisma's casts of its parameters would hide from the planner; the history walks
 * `(thread, seq)` backwards from there. One statement, because whoever asks is waiting, and each costs a way there and back.
 */
const NEXT_UNFINISHED = `
  SELECT
    next.id, next.message_id AS "messageId", thread, next.author_id AS "authorId", next.author_name AS "authorName", next.state,
    next.revision, next.attempts, next.withdrawn, next.reply_to AS "replyTo", next.received_at AS "receivedAt",
    next.revised_at AS "revisedAt", next.language,
    next.subject, next.progress, next.failure, conversation.context,
    (SELECT text FROM message WHERE exchange_id = next.id AND role = 'user') AS question,
    ARRAY(
      SELECT json_build_object(
        'question', question.text, 'sentences', reply.sentences,
        'titles', ARRAY(SELECT title FROM citation WHERE exchange_id = earlier.id ORDER BY n)
      )
      FROM (
        SELECT id, seq FROM exchange
        WHERE exchange.thread = next.thread AND seq < next.seq AND exchange.state IN ('answered', 'delivered')
        ORDER BY seq DESC LIMIT ${HISTORY_TURNS}
      ) AS earlier
      JOIN message AS question ON question.exchange_id = earlier.id AND question.role = 'user'
      JOIN message AS reply ON reply.exchange_id = earlier.id AND reply.role = 'assistant'
      ORDER BY earlier.seq
    ) AS turns
  FROM (
    SELECT * FROM exchange
    WHERE thread = $1 AND state IN ('received', 'running', 'answered')
    ORDER BY seq LIMIT 1
  ) AS next
  JOIN conversation USING (thread)`;

type PendingRow = Parameters<typeof toUnanswered>[0] & {
  readonly context: unknown;
  readonly turns: readonly {
    readonly question: string;
    readonly sentences: readonly CitedSentence[];
    readonly titles: readonly string[];
  }[];
};

/** @param exchange reads one with its answer */
export function createPending(pool: Pool, exchange: (id: string) => Promise<Exchange | undefined>) {
  return async function nextUnfinished(thread: ThreadId): Promise<PendingExchange | undefined> {
    const query = { name: "next", text: NEXT_UNFINISHED, values: [thread] };
    const [row] = (await pool.query<PendingRow>(query)).rows;
    if (row === undefined) return undefined;
    if (row.state === "answered") {
      // Only after a crash. What is gone or changed between the two statements is not the one that was read.
      const answered = await exchange(row.id);
      return answered?.revision === row.revision ? { ...answered, history: [] } : nextUnfinished(thread);
    }
    return {
      ...toUnanswered(row),
      history: row.turns.map(toHistory),
      ...(row.context === null ? {} : { context: trusted<readonly Said[]>(row.context) }),
    };
  };
}

function toHistory({ question, sentences, titles }: PendingRow["turns"][number]) {
  return toTurn(question, { sentences, citations: titles.map((title) => ({ source: { title } })) });
}
