import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { Cache } from "../../core/cache.ts";
import type { Stats } from "../../core/stats.ts";
import { cacheCleared, cacheFigures, databaseFigures, usageFigures } from "./figures-schemas.ts";
import { problems } from "./openapi.ts";
import { usageQuery } from "./schemas.ts";

const cacheStats = createRoute({
  method: "get",
  path: "/api/cache/stats",
  summary: "Figures of the cache",
  responses: {
    200: { description: "Figures", content: { "application/json": { schema: cacheFigures } } },
    ...problems(401),
  },
});

const clearCache = createRoute({
  method: "delete",
  path: "/api/cache",
  summary: "Empty the cache",
  responses: {
    200: { description: "It is empty", content: { "application/json": { schema: cacheCleared } } },
    ...problems(401),
  },
});

const databaseStats = createRoute({
  method: "get",
  path: "/api/db/stats",
  summary: "Figures of the database",
  responses: {
    200: { description: "Figures", content: { "application/json": { schema: databaseFigures } } },
    ...problems(401, 503),
  },
});

const usage = createRoute({
  method: "get",
  path: "/api/usage",
  summary: "Figures of use over the last days",
  request: { query: usageQuery },
  responses: {
    200: { description: "Figures", content: { "application/json": { schema: usageFigures } } },
    ...problems(400, 401, 503),
  },
});

export function addFigures(app: OpenAPIHono, stats: Stats, cache: Pick<Cache, "clear">): void {
  app.openapi(cacheStats, async (c) => {
    const figures = await stats.cache();
    return c.json(
      {
        status: figures.status,
        host: figures.host,
        wiki_cached_items: figures.items,
        memory_used: figures.memoryUsed,
        memory_used_bytes: figures.memoryBytes,
        ttl_seconds: figures.ttlSeconds,
        hits: figures.hits,
        misses: figures.misses,
        stale: figures.stale,
        hit_rate: figures.hitRate,
      },
      200,
    );
  });

  app.openapi(clearCache, async (c) => c.json({ deleted: await cache.clear() }, 200));

  app.openapi(databaseStats, async (c) => {
    const { sizeBytes, migrations, ...figures } = await stats.database();
    return c.json(
      { status: "connected" as const, ...figures, size_bytes: sizeBytes, migrations: [...migrations] },
      200,
    );
  });

  app.openapi(usage, async (c) => {
    const [figures, wiki] = await Promise.all([stats.usage(c.req.valid("query").days), stats.wiki()]);
    return c.json(
      {
        per_day: [...figures.perDay],
        cache: figures.cache,
        latency_ms: figures.latencyMs,
        top_articles: [...figures.topArticles],
        tokens: figures.tokens,
        verdicts: figures.verdicts,
        wiki: {
          name: wiki.name,
          state: wiki.state,
          ...(wiki.reason === undefined ? {} : { reason: wiki.reason }),
          requests_per_minute: wiki.budget?.perMinute ?? null,
          requests_left: wiki.budget?.left ?? null,
          paused_for_ms: wiki.budget?.pausedForMs ?? null,
        },
      },
      200,
    );
  });
}
