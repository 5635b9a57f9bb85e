import { addToTotal, addToUsage } from "./counts.ts";
import { notifyAdvanced, notifyChanged } from "./feed.ts";
import { isForgotten } from "./forgotten.ts";
import { addJob } from "./thread-job.ts";

/*
 * The steps of an exchange, each one statement and so one transaction. A step that finds the exchange in a state it does not lead on
 * from, or not at all, changes nothing.
 *
 * What an exchange was before is known from its other columns: `received` as long as it was never begun, `answered` from `answered_at`
 * on. (RETURNING old.state would say it too, from PostgreSQL 18 on.)
 */

/**
 * $1 id, $2 revision. A mark that is lost in a crash of PostgreSQL is made again by the next attempt, so it does not wait for the disk.
 * Of a message that was received and deleted in the same moment neither transaction may have known of the other: here it shows. One that
 * is answered is written as it was, which makes sure, once its row is locked, that it still is.
 */
export const BEGIN = `
  WITH begun AS (
    UPDATE exchange SET
      state = CASE WHEN state = 'answered' THEN state ELSE 'running' END,
      attempts = attempts + (state <> 'answered')::int,
      started_at = coalesce(started_at, now()),
      withdrawn = withdrawn OR state <> 'answered' AND ${isForgotten("exchange.platform", "exchange.message_id")}
    WHERE id = $1 AND revision = $2 AND state IN ('received', 'running', 'answered')
    RETURNING state, attempts, withdrawn, failure
  ), counted AS (${addToTotal("begun WHERE state = 'running' AND attempts = 1", { received: "-1", running: "1" })}
  )
  SELECT state, attempts, withdrawn, failure, set_config('synchronous_commit', 'off', true) FROM begun`;

/** $1 id. Locks the conversation before its exchange, as everybody does who adds a message. */
export const LOCKED = `
  locked AS MATERIALIZED (
    SELECT thread FROM conversation
    WHERE thread = (SELECT thread FROM exchange WHERE id = $1)
    FOR UPDATE
  )`;

const SOURCE_COLUMNS = `n, quote, source_id, title, section, language, revision, revised_at, url, text, license, thumbnail, stale_since`;

/** A footnote as `toCitationRecord` writes it. */
const CITED = `
  jsonb_to_recordset($11) AS cited (
    n int, quote text, source_id text, title text, section text, language text, revision text, revised_at text, url text, text text,
    license jsonb, thumbnail jsonb, stale_since text
  )`;

/** $1 id, $2 outcome, $3 limit, $4 model, $5 input tokens, $6 output tokens, $7 cache, $8 suggestions, $9 thumbnail, $10 sentences, $11 citations, $12 revision. */
export const ANSWER = `
  WITH ${LOCKED}, answered AS (
    UPDATE exchange SET
      state = 'answered', answered_at = clock_timestamp(), outcome = $2, "limit" = $3, model = $4, input_tokens = $5,
      output_tokens = $6, cache = $7, suggestions = $8, thumbnail = $9
    FROM locked
    WHERE id = $1 AND revision = $12 AND state IN ('received', 'running') AND failure IS NULL
    RETURNING id, exchange.thread, attempts, coalesce(revised_at, received_at) AS asked_at, answered_at, cache, input_tokens, output_tokens
  ), in_conversation AS (
    UPDATE conversation SET message_count = message_count + 1, last_activity_at = greatest(last_activity_at, answered_at)
    FROM answered WHERE conversation.thread = answered.thread
  ), said AS (
    INSERT INTO message (id, thread, exchange_id, role, sentences, created_at)
    SELECT gen_random_uuid(), thread, id, 'assistant', $10, answered_at FROM answered
    RETURNING 1
  ), footnotes AS (
    INSERT INTO citation (exchange_id, ${SOURCE_COLUMNS})
    SELECT id, cited.* FROM answered, ${CITED}
  ), counted AS (${addToTotal("answered, said", {
    assistant_messages: "1",
    citations: "jsonb_array_length($11)",
    received: "-(attempts = 0)::int",
    running: "-(attempts > 0)::int",
    answered: "1",
  })}
  ), used AS (${addToUsage("answered, counted", "asked_at", {
    hits: "(cache = 'hit')::int",
    misses: "(cache = 'miss')::int",
    stale: "(cache = 'stale')::int",
    input_tokens: "input_tokens",
    output_tokens: "output_tokens",
  })}
  ), articles AS (
    INSERT INTO article_usage (day, language, title, url, citations)
    SELECT (asked_at AT TIME ZONE 'UTC')::date, language, title, split_part(max(url), '#', 1), count(*)
    FROM answered, used, ${CITED}
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (day, language, title) DO UPDATE SET
      citations = article_usage.citations + excluded.citations, url = excluded.url
  )
  SELECT ${notifyAdvanced("id")} FROM answered`;

/** $1 id, $2 progress. */
export const PROGRESS = `UPDATE exchange SET progress = $2 WHERE id = $1 AND state <> 'delivered'`;

/**
 * $1 id, $2 progress, $3 revision. Whoever waited has the answer already, so nobody is told. Does not wait for the disk either: when this
 * mark is lost in a crash of PostgreSQL, the messages that are there are written once more.
 */
export const DELIVERED = `
  WITH delivered AS (
    UPDATE exchange SET state = 'delivered', delivered_at = clock_timestamp(), progress = $2
    WHERE id = $1 AND revision = $3 AND state = 'answered'
    RETURNING id
  ), counted AS (${addToTotal("delivered", { answered: "-1", delivered: "1" })}
  )
  SELECT set_config('synchronous_commit', 'off', true) FROM delivered`;

/** $1 id, $2 kind of failure, $3 apology, $4 revision. An answer that was already said stays in the place of the apology. */
export const FAIL = failing({
  where: "revision = $4 AND state IN ('received', 'running', 'answered')",
  notify: notifyAdvanced,
});

/**
 * $1 id, $2 kind of failure, $3 apology. What was taken back has to disappear, and is not stopped. Where something may have been shown,
 * whoever runs the exchange, now or after a crash, has to say that it was stopped: it stays the thread's next until then.
 */
export const STOP = failing({
  where: "state IN ('received', 'running') AND failure IS NULL AND NOT withdrawn",
  isOver: "attempts = 0 AND progress IS NULL",
  notify: notifyChanged,
});

function failing(options: { where: string; isOver?: string; notify: (id: string) => string }): string {
  const { where, isOver = "true", notify } = options;
  return `
  WITH ${LOCKED}, ended AS (
    UPDATE exchange SET
      failure = $2, state = CASE WHEN ${isOver} THEN 'failed' ELSE state END,
      failed_at = CASE WHEN ${isOver} THEN clock_timestamp() END
    FROM locked
    WHERE id = $1 AND ${where}
    RETURNING id, exchange.thread, state, attempts, received_at, failed_at, answered_at IS NOT NULL AS was_answered
  ), failed AS (
    SELECT * FROM ended WHERE state = 'failed'
  ), in_conversation AS (
    UPDATE conversation SET message_count = message_count + 1, last_activity_at = greatest(last_activity_at, failed_at)
    FROM failed WHERE conversation.thread = failed.thread AND NOT was_answered
  ), said AS (
    INSERT INTO message (id, thread, exchange_id, role, text, created_at)
    SELECT gen_random_uuid(), thread, id, 'assistant', $3, failed_at FROM failed WHERE NOT was_answered
  ), counted AS (${addToTotal("failed", {
    assistant_messages: "(NOT was_answered)::int",
    received: "-(NOT was_answered AND attempts = 0)::int",
    running: "-(NOT was_answered AND attempts > 0)::int",
    answered: "-was_answered::int",
    failed: "1",
  })}
  ), used AS (${addToUsage("failed, counted", "received_at", { failed: "1" })}
  )
  SELECT ${notify("id")},
    CASE WHEN state <> 'failed' THEN ${addJob("thread")} END
  FROM ended`;
}
