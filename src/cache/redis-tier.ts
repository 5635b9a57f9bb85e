import type { Redis } from "ioredis";
import type { ClearingEpoch } from "./clearing-epoch.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { parseEntry, type StoredEntry } from "./stored-entry.ts";

/** Keys looked at per step of a SCAN: Redis serves others between two steps. */
const SCAN_STEP = 500;
const ENTRIES = "wiki:*";

/** The entries in Redis, as JSON, shared by all replicas. While Redis is away it is empty and forgets what it is told. */
export class RedisTier {
  readonly #redis: RedisConnection;
  readonly #epoch: ClearingEpoch;

  constructor(redis: RedisConnection, epoch: ClearingEpoch) {
    this.#redis = redis;
    this.#epoch = epoch;
  }

  async get(key: string): Promise<StoredEntry | undefined> {
    const json = await this.#redis.ask((client) => client.get(key));
    const entry = json ? parseEntry(json) : undefined;
    return entry && entry.keepUntil > Date.now() ? entry : undefined;
  }

  /** Returns at once: no caller waits for a write. */
  set(key: string, entry: StoredEntry): void {
    const json = JSON.stringify(entry);
    const milliseconds = Math.max(1, Math.ceil(entry.keepUntil - Date.now()));
    this.#redis.tell((client) => client.set(key, json, "PX", milliseconds));
  }

  /** Approximate while Redis resizes its table, as SCAN may then show a key twice. `undefined` when Redis cannot tell. */
  count(): Promise<number | undefined> {
    return this.#forEachPage(async (keys) => keys.length);
  }

  /** Returns how many entries there were; `undefined` when Redis went away before all were removed. */
  async removeAll(): Promise<number | undefined> {
    const removed = await this.#forEachPage((keys) => this.#redis.ask((client) => client.unlink(keys)));
    // Only now: a replica that cleared its memory earlier would fill it from here again.
    await this.#redis.ask((client) => this.#epoch.advance(client));
    return removed;
  }

  /** Bytes that Redis uses in all. */
  async memoryBytes(): Promise<number | undefined> {
    const info = await this.#redis.ask((client) => client.info("memory"));
    const bytes = info?.match(/^used_memory:(\d+)/m)?.[1];
    return bytes === undefined ? undefined : Number(bytes);
  }

  /** The sum of what `visit` returns for each page of keys; `undefined` as soon as Redis does not answer. */
  async #forEachPage(visit: (keys: string[]) => Promise<number | undefined>): Promise<number | undefined> {
    let sum = 0;
    let cursor = "0";
    do {
      const page = await this.#redis.ask(scanFrom(cursor));
      if (page === undefined) return undefined;
      const [next, keys] = page;
      const part = keys.length === 0 ? 0 : await visit(keys);
      if (part === undefined) return undefined;
      sum += part;
      cursor = next;
    } while (cursor !== "0");
    return sum;
  }
}

function scanFrom(cursor: string): (client: Redis) => Promise<[cursor: string, keys: string[]]> {
  return (client) => client.scan(cursor, "MATCH", ENTRIES, "COUNT", SCAN_STEP);
}
