import type { MemoryTier } from "./memory-tier.ts";
import type { RedisTier } from "./redis-tier.ts";
import { isFresh, latest, type StoredEntry } from "./stored-entry.ts";

/** Entries in memory, in front of Redis if there is one. */
export class TieredEntries {
  readonly #memory: MemoryTier;
  readonly #redis: RedisTier | undefined;

  constructor(memory: MemoryTier, redis: RedisTier | undefined) {
    this.#memory = memory;
    this.#redis = redis;
  }

  /** A fresh entry if any tier has one, else the latest of those that may still be served stale. */
  async find(key: string): Promise<StoredEntry | undefined> {
    const near = this.#memory.get(key);
    if (near && isFresh(near)) return near;
    const far = await this.#redis?.get(key);
    if (far === undefined || !isFresh(far)) return latest(near, far);
    this.#memory.set(key, far);
    return far;
  }

  /** Returns as soon as memory has it: Redis is told, and nobody waits for its reply. */
  keep(key: string, entry: StoredEntry): void {
    this.#memory.set(key, entry);
    this.#redis?.set(key, entry);
  }

  /** Keeps it in Redis alone, in memory only where there is none. */
  keepFar(key: string, entry: StoredEntry): void {
    (this.#redis ?? this.#memory).set(key, entry);
  }
}
