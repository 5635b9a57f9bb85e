import type { Cache } from "../core/cache.ts";
import type { Log } from "../core/log.ts";
import type { RequestBudget } from "../core/wiki.ts";
import { ClearingEpoch } from "./clearing-epoch.ts";
import { Inventory } from "./inventory.ts";
import { MemoryTier } from "./memory-tier.ts";
import { RedisConnection, type RedisSettings } from "./redis-connection.ts";
import { RedisTier } from "./redis-tier.ts";
import { SharedRequestBudget, type SharedBudgetLimits } from "./shared-request-budget.ts";
import { TieredCache } from "./tiered-cache.ts";
import { TieredEntries } from "./tiered-entries.ts";

export interface CacheSettings {
  /** Without it the memory of this process is all there is. */
  readonly redis?: RedisSettings | undefined;
  /** Seconds a value counts as fresh, give or take 10 %. */
  readonly ttlSeconds: number;
  /** Seconds a value is kept beyond, to be served when it cannot be loaded anew. Default: a day. */
  readonly graceSeconds?: number;
  /** Entries kept in memory, the latest used ones. Default: 5,000. */
  readonly maxMemoryItems?: number;
  /** Estimated size of what is kept in memory. Default: 64 MiB. */
  readonly maxMemoryBytes?: number;
  /** Milliseconds that the one caller waits who finds Redis silent. Default: 150. */
  readonly patienceMs?: number;
  readonly log: Log;
}

export interface OpenCache extends Cache {
  /** A budget shared with all replicas on the same Redis; `fallback` itself without Redis. */
  shareBudget(fallback: RequestBudget, limits: SharedBudgetLimits): RequestBudget;
}

/** Opens at once and connects to Redis in the background; a Redis that is not there is none of the caller's business. */
export function openCache({
  redis: settings,
  ttlSeconds,
  graceSeconds = 86_400,
  maxMemoryItems = 5_000,
  maxMemoryBytes = 64 * 2 ** 20,
  patienceMs = 150,
  log,
}: CacheSettings): OpenCache {
  const memory = new MemoryTier({ maxItems: maxMemoryItems, maxBytes: maxMemoryBytes });
  const epoch = new ClearingEpoch(() => {
    memory.clear();
    log.info({}, "cleared by another replica");
  });
  const connection =
    settings &&
    new RedisConnection(settings, {
      patienceMs,
      probe: (client) => epoch.read(client),
      onConnected: () => void inventory.settleDebt(),
      log,
    });
  const redis = connection && { connection, tier: new RedisTier(connection, epoch) };
  const inventory = new Inventory({ memory, redis }, log);
  const entries = new TieredEntries(memory, redis?.tier);
  const cache = new TieredCache({ entries, inventory, lifetime: { ttlSeconds, graceSeconds }, log });
  return Object.assign(cache, {
    shareBudget: (fallback: RequestBudget, limits: SharedBudgetLimits) =>
      redis ? new SharedRequestBudget(redis.connection, fallback, limits) : fallback,
  });
}
