import type { CacheStats } from "../core/cache.ts";
import type { Log } from "../core/log.ts";
import type { MemoryTier } from "./memory-tier.ts";
import type { RedisConnection } from "./redis-connection.ts";
import type { RedisTier } from "./redis-tier.ts";

export type InventoryFigures = Pick<CacheStats, "status" | "host" | "items" | "memoryBytes">;

export interface Tiers {
  readonly memory: MemoryTier;
  readonly redis?: { readonly tier: RedisTier; readonly connection: RedisConnection } | undefined;
}

/** What lies in the tiers, counted and cleared. */
export class Inventory {
  readonly #tiers: Tiers;
  readonly #log: Log;
  #count = { items: Promise.resolve<number | undefined>(undefined), validUntil: 0 };
  #owesClearing = false;

  constructor(tiers: Tiers, log: Log) {
    this.#tiers = tiers;
    this.#log = log;
  }

  async take(): Promise<InventoryFigures> {
    const { memory, redis } = this.#tiers;
    if (!redis) return { status: "memory", host: null, items: memory.items, memoryBytes: memory.bytes };
    const [items, memoryBytes] = await Promise.all([this.#countInRedis(redis.tier), redis.tier.memoryBytes()]);
    const { status, address } = redis.connection;
    return {
      status: status === "starting" ? "disconnected" : status,
      host: address,
      items: items ?? null,
      memoryBytes: memoryBytes ?? null,
    };
  }

  /** Returns how many entries there were, in Redis if there is one. What cannot be removed from Redis now is removed when it is back. */
  async clear(): Promise<number> {
    const { memory, redis } = this.#tiers;
    const { items } = memory;
    memory.clear();
    if (!redis) return items;
    const removed = await redis.tier.removeAll();
    this.#owesClearing = removed === undefined;
    this.#count.validUntil = 0;
    if (removed === undefined)
      this.#log.warn({ removed: items }, "cache cleared in memory only, redis follows when it is back");
    else this.#log.info({ removed }, "cache cleared");
    return removed ?? items;
  }

  /** To be called when Redis can be used again. */
  async settleDebt(): Promise<void> {
    if (this.#owesClearing) await this.clear();
  }

  async close(): Promise<void> {
    await this.#tiers.redis?.connection.close();
  }

  /** Counts anew only after ten times as long as the last count took: with very many keys too, most of the time nobody counts. */
  #countInRedis(tier: RedisTier): Promise<number | undefined> {
    if (performance.now() < this.#count.validUntil) return this.#count.items;
    this.#count = { items: this.#countAnew(tier), validUntil: Infinity };
    return this.#count.items;
  }

  async #countAnew(tier: RedisTier): Promise<number | undefined> {
    const begun = performance.now();
    const items = await tier.count();
    const ended = performance.now();
    this.#count.validUntil = items === undefined ? 0 : ended + 10 * (ended - begun);
    return items;
  }
}
