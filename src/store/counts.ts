/**
 * Parts of the statements that change exchanges: every change is counted in its own transaction, so that statistics are sums over
 * a few rows. They come last in a statement, for these rows are shared by many transactions: first `total`, then `usage`, then
 * `article_usage`.
 */

/** Connections of one server have consecutive process ids, so two that are busy at once seldom share a shard. */
const SHARD = "pg_backend_pid() % 16";

type TotalColumn =
  | "conversations"
  | "user_messages"
  | "assistant_messages"
  | "citations"
  | "received"
  | "running"
  | "answered"
  | "delivered"
  | "failed";

type UsageColumn =
  | "exchanges"
  | "failed"
  | "hits"
  | "misses"
  | "stale"
  | "input_tokens"
  | "output_tokens"
  | "good"
  | "bad";

/** Adds to this connection's shard. @param amounts SQL expressions over the columns of `from`, one row of which is one addition */
export function addToTotal(from: string, amounts: Partial<Record<TotalColumn, string>>): string {
  return add("total", { shard: SHARD }, amounts, from);
}

/** Adds to the UTC day of that moment, on which the question was asked. */
export function addToUsage(from: string, askedAt: string, amounts: Partial<Record<UsageColumn, string>>): string {
  return add("usage", { day: `(${askedAt} AT TIME ZONE 'UTC')::date`, shard: SHARD }, amounts, from);
}

function add(
  table: string,
  key: Record<string, string>,
  amounts: Partial<Record<string, string>>,
  from: string,
): string {
  const keys = Object.keys(key);
  const columns = Object.keys(amounts);
  return `
    INSERT INTO ${table} (${[...keys, ...columns].join(", ")})
    SELECT ${[...Object.values(key), ...Object.values(amounts)].join(", ")} FROM ${from}
    ON CONFLICT (${keys.join(", ")})
    DO UPDATE SET ${columns.map((column) => `${column} = ${table}.${column} + excluded.${column}`).join(", ")}
    RETURNING 1`;
}
