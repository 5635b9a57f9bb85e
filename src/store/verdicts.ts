import type { Pool } from "pg";
import type { Verdict } from "../core/exchange.ts";
import { addToUsage } from "./counts.ts";
import { isExchangeId } from "./exchange-id.ts";

/** Keeps the exchange from being revised or forgotten meanwhile. */
const JUDGED = `
  judged AS MATERIALIZED (
    SELECT id, received_at FROM exchange WHERE id = $1 FOR SHARE
  )`;

/**
 * $1 id, $2 author, $3 verdict. A verdict that takes an earlier one's place takes that of the other side, or else nothing changes. Such a
 * row has been locked by this transaction, which its `xmax` tells; a new one's is 0.
 */
const JUDGE = `
  WITH ${JUDGED}, said AS (
    INSERT INTO verdict (exchange_id, author_id, verdict, at)
    SELECT id, $2, $3, clock_timestamp() FROM judged
    ON CONFLICT (exchange_id, author_id) DO UPDATE SET verdict = excluded.verdict, at = excluded.at
    WHERE verdict.verdict <> excluded.verdict
    RETURNING verdict, xmax <> 0 AS changes_sides
  ), used AS (${addToUsage("judged, said", "received_at", {
    good: "CASE WHEN verdict = 'good' THEN 1 ELSE -changes_sides::int END",
    bad: "CASE WHEN verdict = 'bad' THEN 1 ELSE -changes_sides::int END",
  })}
  )
  SELECT FROM judged`;

/** $1 id, $2 author. */
const TAKE_BACK = `
  WITH ${JUDGED}, taken AS (
    DELETE FROM verdict USING judged WHERE exchange_id = judged.id AND author_id = $2 RETURNING verdict
  ), used AS (${addToUsage("judged, taken", "received_at", {
    good: "-(verdict = 'good')::int",
    bad: "-(verdict = 'bad')::int",
  })}
  )
  SELECT FROM judged`;

/** What people think of answers. Errors are the drivers' own. */
export function createVerdicts(pool: Pool) {
  return {
    async judge(id: string, author: string, verdict: Verdict | undefined): Promise<boolean> {
      if (!isExchangeId(id)) return false;
      const { rowCount } = await pool.query(
        verdict === undefined
          ? { name: "take back", text: TAKE_BACK, values: [id, author] }
          : { name: "judge", text: JUDGE, values: [id, author, verdict] },
      );
      return rowCount === 1;
    },
  };
}
