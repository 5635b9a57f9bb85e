import type { Cache, CacheEntryOptions, CacheOutcome, CachePutOptions, CacheStats, Cached } from "../core/cache.ts";
import { toFailure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import { cacheKey } from "./cache-key.ts";
import { lifetimeOf, type LifetimeSettings } from "./lifetime.ts";
import type { Inventory } from "./inventory.ts";
import { Outages } from "./outages.ts";
import { SingleFlight } from "./single-flight.ts";
import { isFresh, makeEntry, type StoredEntry } from "./stored-entry.ts";
import type { TieredEntries } from "./tiered-entries.ts";

export interface TieredCacheParts {
  readonly entries: TieredEntries;
  readonly inventory: Inventory;
  readonly lifetime: LifetimeSettings;
  readonly log: Log;
}

type Load<T = unknown> = (signal: AbortSignal) => Promise<T>;
type Lookup = Cached<unknown>;
type LoadOptions = CacheEntryOptions<unknown> & { readonly origin: string };

/** Core's cache over the tiers. A value from memory is shared by all callers and must not be changed. */
export class TieredCache implements Cache {
  readonly #parts: TieredCacheParts;
  readonly #flights = new SingleFlight<Lookup>();
  readonly #outages = new Outages();
  readonly #lookups: Record<CacheOutcome, number> = { hit: 0, miss: 0, stale: 0 };

  constructor(parts: TieredCacheParts) {
    this.#parts = parts;
  }

  /** One key means one type: what is kept under the key of a T is a T, although nothing below knows it as such. */
  getOrLoad<T>(prefix: string, args: unknown, load: Load<T>, options?: CacheEntryOptions<T>): Promise<Cached<T>>;
  async getOrLoad(
    prefix: string,
    args: unknown,
    load: Load,
    options: CacheEntryOptions<unknown> = {},
  ): Promise<Lookup> {
    const key = cacheKey(prefix, args);
    const begun = performance.now();
    const lookUp = (signal: AbortSignal) => this.#lookUp(key, load, signal, { origin: prefix, ...options });
    try {
      const cached = await this.#flights.share(key, lookUp, options.signal);
      this.#count(key, cached.outcome, begun);
      return cached;
    } catch (error) {
      // For a caller that left there is no outcome.
      if (!options.signal?.aborted) this.#count(key, "miss", begun);
      throw error;
    }
  }

  async put(prefix: string, args: unknown, value: unknown, options: CachePutOptions = {}): Promise<void> {
    this.#keep(cacheKey(prefix, args), this.#entryOf(value, options.ttlSeconds), options);
  }

  async stats(): Promise<CacheStats> {
    const { hit, miss, stale } = this.#lookups;
    const lookups = hit + miss + stale;
    return {
      ...(await this.#parts.inventory.take()),
      ttlSeconds: this.#parts.lifetime.ttlSeconds,
      hits: hit,
      misses: miss,
      stale,
      hitRate: lookups === 0 ? null : (hit + stale) / lookups,
    };
  }

  clear(): Promise<number> {
    return this.#parts.inventory.clear();
  }

  close(): Promise<void> {
    return this.#parts.inventory.close();
  }

  async #lookUp(key: string, load: Load, signal: AbortSignal, options: LoadOptions): Promise<Lookup> {
    const found = await this.#parts.entries.find(key);
    if (found && isFresh(found)) return asCached(found, "hit");
    const state = this.#outages.stateOf(options.origin);
    if (found && state === "well") return this.#loadOrServe(found, key, load, signal, options);
    if (found) {
      if (state === "due") this.#probe(key, load, options);
      return asCached(found, "stale");
    }
    const known = state === "hanging" ? this.#outages.failureOf(options.origin) : undefined;
    if (known !== undefined) throw known;
    return this.#load(key, load, signal, options);
  }

  async #loadOrServe(
    found: StoredEntry,
    key: string,
    load: Load,
    signal: AbortSignal,
    options: LoadOptions,
  ): Promise<Lookup> {
    try {
      return await this.#load(key, load, signal, options);
    } catch (error) {
      // Nobody waits any more: there is nobody to serve.
      if (signal.aborted) throw error;
      const { kind, message } = toFailure(error);
      this.#parts.log.warn({ key, loadedAt: found.loadedAt, failure: kind, reason: message }, "served stale");
      return asCached(found, "stale");
    }
  }

  /** Finds out, while nobody waits for it, whether what hung gives anything again. */
  #probe(key: string, load: Load, options: LoadOptions): void {
    const tell = (outcome: string) => this.#parts.log.debug({ key, outcome }, "cache tried again what hung");
    void this.#load(key, load, new AbortController().signal, options).then(
      () => tell("well"),
      () => tell("failing"),
    );
  }

  async #load(key: string, load: Load, signal: AbortSignal, options: LoadOptions): Promise<Lookup> {
    const { origin, ttlSeconds } = options;
    const begun = Date.now();
    try {
      const value = await load(signal);
      this.#outages.end(origin);
      const loaded = this.#entryOf(value, ttlSeconds?.(value));
      this.#keep(key, loaded);
      return asCached(loaded, "miss");
    } catch (error) {
      // Who stopped waiting knows nothing of what was waited for.
      if (!signal.aborted) this.#outages.note(origin, toFailure(error), begun);
      throw error;
    }
  }

  #count(key: string, outcome: CacheOutcome, begun: number): void {
    this.#lookups[outcome] += 1;
    this.#parts.log.debug({ key, outcome, ms: Math.round(performance.now() - begun) }, "cache looked up");
  }

  #entryOf(value: unknown, ttlSeconds = this.#parts.lifetime.ttlSeconds): StoredEntry {
    return makeEntry(value, lifetimeOf(ttlSeconds, this.#parts.lifetime));
  }

  /** Keeps nothing whose time to live is 0. What cannot be kept, as it is not JSON, serves its caller all the same. */
  #keep(key: string, entry: StoredEntry, { isSeldomAsked = false }: CachePutOptions = {}): void {
    if (!isFresh(entry)) return;
    try {
      if (isSeldomAsked) this.#parts.entries.keepFar(key, entry);
      else this.#parts.entries.keep(key, entry);
    } catch (error) {
      this.#parts.log.error({ key, err: error }, "could not be cached");
    }
  }
}

function asCached({ value, loadedAt }: StoredEntry, outcome: CacheOutcome): Lookup {
  return { value, outcome, loadedAt };
}
