import { z } from "@hono/zod-openapi";

/** JSON of the figures. */

const count = z.int();

export const cacheFigures = z
  .object({
    status: z.enum(["connected", "disconnected", "error", "memory"]),
    host: z.string().nullable().openapi({ description: "Of Redis; null without one." }),
    wiki_cached_items: count.nullable(),
    memory_used: z.string().nullable().openapi({ example: "1.2M" }),
    memory_used_bytes: count.nullable(),
    ttl_seconds: z.number(),
    hits: count,
    misses: count,
    stale: count,
    hit_rate: z.number().nullable().openapi({ description: "0 to 1; null before the first lookup." }),
  })
  .openapi("CacheStats");

export const cacheCleared = z.object({ deleted: count }).openapi("CacheCleared");

export const databaseFigures = z
  .object({
    status: z.literal("connected"),
    engine: z.enum(["embedded", "server"]),
    version: z.string(),
    conversations: count,
    messages: z.object({ user: count, assistant: count }),
    exchanges: z.object({ received: count, running: count, answered: count, delivered: count, failed: count }),
    citations: count,
    size_bytes: count,
    migrations: z.array(z.string()),
  })
  .openapi("DatabaseStats");

export const usageFigures = z
  .object({
    per_day: z
      .array(z.object({ day: z.string(), exchanges: count, failed: count }))
      .openapi({ description: "UTC days, oldest first." }),
    cache: z
      .object({ hit: count, miss: count, stale: count })
      .openapi({ description: "Answers by how they were had." }),
    latency_ms: z
      .object({ p50: z.number(), p90: z.number(), p99: z.number() })
      .nullable()
      .openapi({ description: "From question to stored answer, over the latest 1,000 answers." }),
    top_articles: z.array(z.object({ title: z.string(), url: z.string(), citations: count })),
    tokens: z.object({ input: count, output: count }),
    verdicts: z.object({ good: count, bad: count }).openapi({ description: "What people thought of answers." }),
    wiki: z.object({
      name: z.string(),
      state: z.enum(["untried", "ok", "failing"]),
      reason: z.string().optional(),
      requests_per_minute: count.nullable(),
      requests_left: count.nullable(),
      paused_for_ms: z.number().nullable(),
    }),
  })
  .openapi("Usage");

export const live = z.object({ status: z.literal("ok") }).openapi("Live");

export const ready = z
  .object({
    status: z.enum(["ready", "unavailable", "stopping"]),
    database: z.enum(["ok", "unreachable"]),
    migrations: count.openapi({ description: "Applied." }),
    cache: z.enum(["connected", "disconnected", "error", "memory"]),
    wiki: z.enum(["untried", "ok", "failing"]),
  })
  .openapi("Ready");
