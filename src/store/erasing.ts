import type { Pool } from "pg";
import type { ThreadId } from "../core/message.ts";
import { addToTotal } from "./counts.ts";
import { notifyChanged } from "./feed.ts";
import { inTransaction } from "./transaction.ts";

/** $1 thread, $2 moment or null: only if nothing was said since. */
const LOCK_CONVERSATION = `
  SELECT FROM conversation WHERE thread = $1 AND last_activity_at < coalesce($2::timestamptz, 'infinity') FOR UPDATE`;

/** $1 moment, $2 limit. By the index of the last activity. */
const QUIET_SINCE = `
  SELECT thread FROM conversation WHERE last_activity_at < $1 ORDER BY last_activity_at, thread LIMIT $2`;

/**
 * Deletes what hangs on the conversation row by row, to count it; its row is locked, so nothing is added meanwhile. Whoever still waits
 * for an answer is told to look, and finds nothing.
 */
const ERASE = `
  WITH exchanges AS (DELETE FROM exchange WHERE thread = $1 RETURNING id, state),
  messages AS (DELETE FROM message WHERE thread = $1 RETURNING role),
  citations AS (
    DELETE FROM citation WHERE exchange_id IN (SELECT id FROM exchange WHERE thread = $1) RETURNING 1
  ), conversations AS (DELETE FROM conversation WHERE thread = $1 RETURNING 1),
  counted AS (${addToTotal("conversations", {
    conversations: "-1",
    user_messages: "-(SELECT count(*) FROM messages WHERE role = 'user')",
    assistant_messages: "-(SELECT count(*) FROM messages WHERE role = 'assistant')",
    citations: "-(SELECT count(*) FROM citations)",
    received: "-(SELECT count(*) FROM exchanges WHERE state = 'received')",
    running: "-(SELECT count(*) FROM exchanges WHERE state = 'running')",
    answered: "-(SELECT count(*) FROM exchanges WHERE state = 'answered')",
    delivered: "-(SELECT count(*) FROM exchanges WHERE state = 'delivered')",
    failed: "-(SELECT count(*) FROM exchanges WHERE state = 'failed')",
  })}
  )
  SELECT (SELECT count(${notifyChanged("id")}) FROM exchanges WHERE state IN ('received', 'running')) FROM counted`;

/** Conversations that go, with all that belongs to them. Errors are the drivers' own. */
export function createErasing(pool: Pool) {
  function erase(thread: ThreadId, quietSince: Date | null = null): Promise<boolean> {
    return inTransaction(pool, async (client) => {
      const locked = await client.query({
        name: "lock conversation",
        text: LOCK_CONVERSATION,
        values: [thread, quietSince],
      });
      if (locked.rowCount === 0) return false;
      await client.query({ name: "erase", text: ERASE, values: [thread] });
      return true;
    });
  }

  return {
    erase: (thread: ThreadId) => erase(thread),

    async eraseQuiet(since: Date, limit: number): Promise<number> {
      const { rows } = await pool.query<{ thread: ThreadId }>(QUIET_SINCE, [since, limit]);
      // Another process may erase one of them first, or somebody may go on with it: then there is nothing to do.
      for (const { thread } of rows) await erase(thread, since);
      return rows.length;
    },
  };
}
