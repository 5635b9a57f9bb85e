import type { Cache } from "../core/cache.ts";
import type { Store } from "../core/exchange.ts";
import type { Stats } from "../core/stats.ts";
import type { RequestBudget, WikiSource } from "../core/wiki.ts";
import { formatBytes } from "./format-bytes.ts";
import { createMetrics } from "./metrics.ts";

/** How long `/ready` waits for each part: longer than a healthy one ever takes, shorter than a health check's patience. */
const READINESS_LIMIT_MS = 1_800;

export interface StatsParts {
  readonly cache: Pick<Cache, "stats">;
  readonly store: Pick<Store, "stats" | "usage" | "ping">;
  readonly wiki: Pick<WikiSource, "name" | "health">;
  /** Default: none; a wiki in a folder is asked without a budget. */
  readonly budget?: Pick<RequestBudget, "figures">;
}

/** Gathers what the parts know of themselves; keeps no figures of its own. */
export function createStats({ cache, store, wiki, budget }: StatsParts): Stats {
  // Only for those who ask: the process's own figures cost a little.
  let metrics: ReturnType<typeof createMetrics> | undefined;

  const stats: Stats = {
    metrics: () => (metrics ??= createMetrics(stats))(),

    async cache() {
      const figures = await cache.stats();
      return { ...figures, memoryUsed: figures.memoryBytes === null ? null : formatBytes(figures.memoryBytes) };
    },

    database: () => store.stats(),
    usage: (days) => store.usage(days),

    async wiki() {
      // The budget's keeper may be a Redis that is down: the page shows the other figures all the same.
      const figures = budget === undefined ? null : await orElse(budget.figures(), null);
      return { name: wiki.name, ...wiki.health(), budget: figures };
    },

    async readiness() {
      const [migrations, cacheStatus] = await Promise.all([
        orElse(appliedMigrations(store), 0),
        orElse(
          cache.stats().then(({ status }) => status),
          "error" as const,
        ),
      ]);
      return {
        ready: migrations > 0,
        database: migrations > 0 ? "ok" : "unreachable",
        migrations,
        cache: cacheStatus,
        wiki: wiki.health().state,
      };
    },
  };
  return stats;
}

async function appliedMigrations(store: StatsParts["store"]): Promise<number> {
  await store.ping(AbortSignal.timeout(READINESS_LIMIT_MS));
  return (await store.stats()).migrations.length;
}

/** What the promise gives, or `fallback` when it fails or takes too long. */
async function orElse<T, F>(promise: Promise<T>, fallback: F): Promise<T | F> {
  const { promise: late, resolve } = Promise.withResolvers<F>();
  const timer = setTimeout(() => resolve(fallback), READINESS_LIMIT_MS);
  try {
    return await Promise.race([promise, late]);
  } catch {
    return fallback;
  } finally {
    clearTimeout(timer);
  }
}
