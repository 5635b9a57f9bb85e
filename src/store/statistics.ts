import type { StoreStats, UsageFigures } from "../core/exchange.ts";
import { Prisma, type PrismaClient } from "./generated/client.ts";

const DAY_MS = 86_400_000;
const LATENCIES = 1_000;
const TOP_ARTICLES = 10;
/** So many of each day's most cited articles are added up: exact unless more than these were cited on a day. */
const CANDIDATES_PER_DAY = 100;

/** Figures from counters and the catalogue: the cost does not grow with what is stored. Errors are the drivers' own. */
export function createStatistics(prisma: PrismaClient, engine: StoreStats["engine"]) {
  return {
    async stats(): Promise<StoreStats> {
      const [totals, server, migrations] = await Promise.all([
        one(prisma.$queryRaw<Pick<StoreStats, "conversations" | "messages" | "exchanges" | "citations">[]>(TOTALS)),
        one(prisma.$queryRaw<Pick<StoreStats, "version" | "sizeBytes">[]>(SERVER)),
        prisma.$queryRaw<{ name: string }[]>(MIGRATIONS),
      ]);
      return { engine, ...server, ...totals, migrations: migrations.map(({ name }) => name) };
    },

    async tokensToday(): Promise<number> {
      const { tokens } = await one(prisma.$queryRaw<Pick<UsageFigures, "tokens">[]>(sumsOf(lastDays(1))));
      return tokens.input + tokens.output;
    },

    async usage(days: number): Promise<UsageFigures> {
      const span = lastDays(days);
      const [perDay, sums, latencies, topArticles] = await Promise.all([
        prisma.$queryRaw<UsageFigures["perDay"][number][]>(perDayOf(span)),
        one(prisma.$queryRaw<Pick<UsageFigures, "cache" | "tokens" | "verdicts">[]>(sumsOf(span))),
        prisma.$queryRaw<NonNullable<UsageFigures["latencyMs"]>[]>(LATENCY),
        prisma.$queryRaw<UsageFigures["topArticles"][number][]>(topArticlesOf(span)),
      ]);
      return { perDay, ...sums, latencyMs: latencies[0] ?? null, topArticles };
    },
  };
}

async function one<Row>(query: Promise<Row[]>): Promise<Row> {
  const [row] = await query;
  if (row === undefined) throw new TypeError("an aggregate always has one row");
  return row;
}

/** UTC days, oldest first, today last. */
function lastDays(days: number): Date[] {
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  return Array.from({ length: days }, (_, index) => new Date(today - (days - 1 - index) * DAY_MS));
}

const TOTALS = Prisma.sql`
  SELECT
    coalesce(sum(conversations), 0)::float8 AS conversations,
    coalesce(sum(citations), 0)::float8 AS citations,
    json_build_object(
      'user', coalesce(sum(user_messages), 0), 'assistant', coalesce(sum(assistant_messages), 0)
    ) AS messages,
    json_build_object(
      'received', coalesce(sum(received), 0), 'running', coalesce(sum(running), 0),
      'answered', coalesce(sum(answered), 0), 'delivered', coalesce(sum(delivered), 0), 'failed', coalesce(sum(failed), 0)
    ) AS exchanges
  FROM total`;

const SERVER = Prisma.sql`
  SELECT current_setting('server_version') AS version, pg_database_size(current_database())::float8 AS "sizeBytes"`;

const MIGRATIONS = Prisma.sql`
  SELECT migration_name AS name FROM _prisma_migrations
  WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`;

const perDayOf = (span: readonly Date[]) => Prisma.sql`
  SELECT
    to_char(span.day, 'YYYY-MM-DD') AS day,
    coalesce(sum(exchanges), 0)::int AS exchanges,
    coalesce(sum(failed), 0)::int AS failed
  FROM unnest(${span}::date[]) AS span (day) LEFT JOIN usage ON usage.day = span.day
  GROUP BY span.day ORDER BY span.day`;

const sumsOf = (span: readonly Date[]) => Prisma.sql`
  SELECT
    json_build_object(
      'hit', coalesce(sum(hits), 0), 'miss', coalesce(sum(misses), 0), 'stale', coalesce(sum(stale), 0)
    ) AS cache,
    json_build_object(
      'input', coalesce(sum(input_tokens), 0), 'output', coalesce(sum(output_tokens), 0)
    ) AS tokens,
    json_build_object('good', coalesce(sum(good), 0), 'bad', coalesce(sum(bad), 0)) AS verdicts
  FROM usage WHERE day = ANY (${span}::date[])`;

/** No row before the first answer. */
const LATENCY = Prisma.sql`
  SELECT
    percentile_disc(0.5) WITHIN GROUP (ORDER BY ms) AS p50,
    percentile_disc(0.9) WITHIN GROUP (ORDER BY ms) AS p90,
    percentile_disc(0.99) WITHIN GROUP (ORDER BY ms) AS p99
  FROM (
    SELECT (extract(epoch FROM answered_at - coalesce(revised_at, received_at)) * 1000)::float8 AS ms
    FROM exchange WHERE answered_at IS NOT NULL ORDER BY answered_at DESC LIMIT ${LATENCIES}
  ) AS latest
  HAVING count(*) > 0`;

const topArticlesOf = (span: readonly Date[]) => Prisma.sql`
  SELECT title, (array_agg(url ORDER BY span.day DESC))[1] AS url, sum(citations)::int AS citations
  FROM unnest(${span}::date[]) AS span (day)
  CROSS JOIN LATERAL (
    SELECT language, title, url, citations FROM article_usage
    WHERE article_usage.day = span.day ORDER BY citations DESC LIMIT ${CANDIDATES_PER_DAY}
  ) AS candidate
  GROUP BY language, title ORDER BY 3 DESC, title LIMIT ${TOP_ARTICLES}`;
