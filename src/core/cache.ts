/** `stale`: the loader failed, and an entry past its time to live was served in its place. */
export type CacheOutcome = "hit" | "miss" | "stale";

export interface Cached<T> {
  readonly value: T;
  readonly outcome: CacheOutcome;
  /** When the value was loaded, ISO 8601. */
  readonly loadedAt: string;
}

/** The worst of several outcomes, as shown for a whole answer: stale before miss before hit; `miss` when nothing was looked up. */
export function combineOutcomes(outcomes: readonly CacheOutcome[]): CacheOutcome {
  if (outcomes.includes("stale")) return "stale";
  return outcomes.length > 0 && outcomes.every((outcome) => outcome === "hit") ? "hit" : "miss";
}

export interface CacheStats {
  /** `memory`: no Redis is configured. `disconnected`: Redis is configured and not reached. `error`: it answers with errors. */
  readonly status: "connected" | "disconnected" | "error" | "memory";
  /** Host and port of Redis without credentials; `null` without Redis. */
  readonly host: string | null;
  /** Entries in Redis, or in memory without Redis; `null` while Redis cannot tell. */
  readonly items: number | null;
  /** Bytes Redis says it uses in all (`used_memory`), or the estimated size of the memory tier without Redis. */
  readonly memoryBytes: number | null;
  readonly ttlSeconds: number;
  /** Counted since this process started. */
  readonly hits: number;
  readonly misses: number;
  readonly stale: number;
  /** (hits + stale) / lookups, 0 to 1; `null` before the first lookup. */
  readonly hitRate: number | null;
}

export interface CacheEntryOptions<T> {
  /**
   * Seconds the value counts as fresh. Default, and where it returns `undefined`: the cache's own time to live. 0 stores nothing.
   * Called after a successful load only.
   */
  readonly ttlSeconds?: (value: T) => number | undefined;
  /**
   * What the value is loaded from. While one load finds that it does not answer, whatever else comes from there is served stale without
   * a wait, or fails at once. Default: the prefix.
   */
  readonly origin?: string;
  readonly signal?: AbortSignal;
}

export interface CachePutOptions {
  /** Seconds the value counts as fresh. Default: the cache's own time to live. */
  readonly ttlSeconds?: number;
  /** Whether the value takes no room in memory where there is a Redis. Default false. */
  readonly isSeldomAsked?: boolean;
}

/** Results of the wiki's tools. No trouble with the cache ever reaches the caller: a broken cache is a miss. */
export interface Cache {
  /**
   * The value under `wiki:<prefix>:<hash of args>`, or else what `load` returns. Callers of the same key at the same time share one load.
   * The loader's signal is aborted only when every caller that waits for it has gone.
   * @throws whatever `load` throws, when nothing is stored that could be served stale. Nothing is stored then.
   */
  getOrLoad<T>(
    prefix: string,
    args: unknown,
    load: (signal: AbortSignal) => Promise<T>,
    options?: CacheEntryOptions<T>,
  ): Promise<Cached<T>>;
  /** Stores a value that was loaded under another key. */
  put(prefix: string, args: unknown, value: unknown, options?: CachePutOptions): Promise<void>;
  stats(): Promise<CacheStats>;
  /** Removes every entry of Footnote's from every tier and returns how many there were. */
  clear(): Promise<number>;
  close(): Promise<void>;
}
