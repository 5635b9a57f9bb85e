import { addToTotal, addToUsage } from "./counts.ts";
import { LOCKED } from "./exchange-steps.ts";
import { notifyChanged } from "./feed.ts";
import { keepForgotten } from "./forgotten.ts";
import { addJob } from "./thread-job.ts";

/*
 * Steps that take back what an exchange has become. They delete what others may have added while they waited for its locks, so the
 * locks are taken first, by a statement of its own: the next one then sees everything.
 */

/** $1 id. */
export const LOCK_EXCHANGE = `
  WITH ${LOCKED}
  SELECT FROM exchange JOIN locked USING (thread) WHERE id = $1 FOR UPDATE OF exchange`;

/** $1 id, $2 question or null, $3 subject or null, $4 whether it is withdrawn, $5 title of the question or null, $6 the only revision that is revised, or null. */
export const REVISE = `
  WITH before AS (
    SELECT exchange.id, exchange.thread, seq, state, received_at, question.text AS question
    FROM exchange
    CROSS JOIN LATERAL (SELECT text FROM message WHERE exchange_id = exchange.id AND role = 'user') AS question
    WHERE exchange.id = $1 AND NOT withdrawn AND revision = coalesce($6, revision)
  ), revised AS (
    UPDATE exchange SET
      state = 'received', revision = revision + 1, attempts = 0, withdrawn = $4, revised_at = clock_timestamp(),
      subject = CASE WHEN $3::text IS NOT NULL THEN $3 WHEN $2::text <> question THEN NULL ELSE subject END,
      failure = NULL, outcome = NULL, "limit" = NULL, model = NULL, input_tokens = NULL, output_tokens = NULL, cache = NULL,
      suggestions = '{}', thumbnail = NULL, started_at = NULL, answered_at = NULL, failed_at = NULL, delivered_at = NULL
    FROM before
    WHERE exchange.id = before.id
    RETURNING exchange.id, exchange.thread
  ), asked AS (
    UPDATE message SET text = $2 FROM revised WHERE exchange_id = revised.id AND role = 'user' AND $2::text IS NOT NULL
  ), unsaid AS (
    DELETE FROM message USING revised WHERE exchange_id = revised.id AND role = 'assistant' RETURNING 1
  ), footnotes AS (
    DELETE FROM citation USING revised WHERE exchange_id = revised.id RETURNING 1
  ), verdicts AS (
    DELETE FROM verdict USING revised WHERE exchange_id = revised.id
  ), in_conversation AS (
    UPDATE conversation SET
      message_count = message_count - (SELECT count(*) FROM unsaid),
      title = CASE
        WHEN $5::text IS NULL OR EXISTS (SELECT FROM exchange WHERE thread = before.thread AND seq < before.seq) THEN title
        ELSE $5
      END
    FROM before
    WHERE conversation.thread = before.thread
  ), counted AS (${addToTotal("before", {
    assistant_messages: "-(SELECT count(*) FROM unsaid)",
    citations: "-(SELECT count(*) FROM footnotes)",
    received: "(state <> 'received')::int",
    running: "-(state = 'running')::int",
    answered: "-(state = 'answered')::int",
    delivered: "-(state = 'delivered')::int",
    failed: "-(state = 'failed')::int",
  })}
  ), used AS (${addToUsage("before, counted WHERE state = 'failed'", "received_at", { failed: "-1" })}
  )
  SELECT ${addJob("thread")}, ${notifyChanged("id")} FROM revised`;

/** $1 id. The first two questions of its thread: the second gives the conversation its title when the first is forgotten. */
export const FIRST_QUESTIONS = `
  SELECT exchange.id, message.text
  FROM exchange JOIN message ON exchange_id = exchange.id AND role = 'user'
  WHERE exchange.thread = (SELECT thread FROM exchange WHERE id = $1)
  ORDER BY exchange.seq LIMIT 2`;

/** $1 id, $2 new title of the conversation or null. */
export const FORGET = `
  WITH gone AS (DELETE FROM exchange WHERE id = $1 RETURNING id, thread, state, platform, message_id),
  messages AS (DELETE FROM message WHERE exchange_id = $1 RETURNING role),
  citations AS (DELETE FROM citation WHERE exchange_id = $1 RETURNING 1),
  in_conversation AS (
    UPDATE conversation SET message_count = message_count - (SELECT count(*) FROM messages), title = coalesce($2, title)
    FROM gone
    WHERE conversation.thread = gone.thread AND message_count > (SELECT count(*) FROM messages)
  ), emptied AS (
    DELETE FROM conversation USING gone
    WHERE conversation.thread = gone.thread AND message_count = (SELECT count(*) FROM messages)
    RETURNING 1
  ), ${keepForgotten("gone")}, counted AS (${addToTotal("gone", {
    conversations: "-(SELECT count(*) FROM emptied)",
    user_messages: "-(SELECT count(*) FROM messages WHERE role = 'user')",
    assistant_messages: "-(SELECT count(*) FROM messages WHERE role = 'assistant')",
    citations: "-(SELECT count(*) FROM citations)",
    received: "-(state = 'received')::int",
    running: "-(state = 'running')::int",
    answered: "-(state = 'answered')::int",
    delivered: "-(state = 'delivered')::int",
    failed: "-(state = 'failed')::int",
  })}
  )
  SELECT ${notifyChanged("id")} FROM gone`;
