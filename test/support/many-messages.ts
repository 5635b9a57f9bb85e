import type { Pool } from "pg";

/**
 * Fills a database by bulk insert: threads `http:<name>-1` and so on with so many delivered exchanges each, hence twice as many
 * messages, and a citation for each. Counters are kept as the store keeps them.
 */
export async function insertMany(
  pool: Pool,
  bulk: { readonly name: string; readonly threads: number; readonly exchangesEach: number },
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("SET statement_timeout = 0");
    for (const sql of statements(bulk)) await client.query(sql);
    await client.query("ANALYZE conversation, exchange, message, citation, total, usage, article_usage");
  } finally {
    client.release(true);
  }
}

/** An exchange a minute in every thread, the latest of them now. */
const statements = ({ name, threads, exchangesEach }: { name: string; threads: number; exchangesEach: number }) => [
  `INSERT INTO conversation (thread, title, message_count, created_at, last_activity_at)
   SELECT 'http:${name}-' || t, 'Question 1?', 2 * ${exchangesEach}, now() - ${exchangesEach} * interval '1 minute', now() - t * interval '1 ms'
   FROM generate_series(1, ${threads}) AS t`,
  `INSERT INTO exchange (id, thread, platform, message_id, author_id, author_name, state, attempts, reply_to, outcome, model,
     input_tokens, output_tokens, cache, suggestions, received_at, started_at, answered_at, delivered_at)
   SELECT gen_random_uuid(), 'http:${name}-' || t, 'http', '${name}-' || t || '-' || e, 'http:ada', 'Ada', 'delivered', 1, '{}', 'answered',
     'quoting', 0, 0, 'hit', '{}', at, at, at + random() * interval '900 ms', at + interval '1 second'
   FROM generate_series(1, ${exchangesEach}) AS e, generate_series(1, ${threads}) AS t,
     LATERAL (SELECT now() - (${exchangesEach} - e) * interval '1 minute' AS at) AS times`,
  `INSERT INTO message (id, thread, exchange_id, role, text, sentences, created_at)
   SELECT gen_random_uuid(), thread, id, role, CASE role WHEN 'user' THEN 'Where is it?' END,
     CASE role WHEN 'assistant' THEN '[{"before": "", "text": "It is here.", "footnotes": [1], "verdict": "supported"}]'::jsonb END,
     received_at
   FROM exchange, unnest(ARRAY['user', 'assistant']::role[]) AS role
   WHERE message_id LIKE '${name}-%'
   ORDER BY seq, role`,
  `INSERT INTO citation (exchange_id, n, quote, source_id, title, section, language, revision, url, text)
   SELECT id, 1, 'It is here.', 'bulk', 'Article ' || seq % 500, '', 'en', '1', 'https://wiki.test/' || seq % 500, 'It is here.'
   FROM exchange WHERE message_id LIKE '${name}-%'`,
  `INSERT INTO total (shard, conversations, user_messages, assistant_messages, citations, delivered)
   SELECT 0, ${threads}, e, e, e, e FROM (SELECT ${threads}::bigint * ${exchangesEach} AS e) AS bulk
   ON CONFLICT (shard) DO UPDATE SET conversations = total.conversations + excluded.conversations,
     user_messages = total.user_messages + excluded.user_messages,
     assistant_messages = total.assistant_messages + excluded.assistant_messages,
     citations = total.citations + excluded.citations, delivered = total.delivered + excluded.delivered`,
  `INSERT INTO usage (day, shard, exchanges, hits)
   SELECT (received_at AT TIME ZONE 'UTC')::date, 0, count(*), count(*) FROM exchange WHERE message_id LIKE '${name}-%' GROUP BY 1
   ON CONFLICT (day, shard) DO UPDATE SET exchanges = usage.exchanges + excluded.exchanges, hits = usage.hits + excluded.hits`,
  `INSERT INTO article_usage (day, language, title, url, citations)
   SELECT (received_at AT TIME ZONE 'UTC')::date, citation.language, title, max(url), count(*)
   FROM exchange JOIN citation ON exchange_id = id WHERE message_id LIKE '${name}-%' GROUP BY 1, 2, 3
   ON CONFLICT (day, language, title) DO UPDATE SET citations = article_usage.citations + excluded.citations`,
];
