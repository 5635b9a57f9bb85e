import { LRUCache } from "lru-cache";
import type { StoredEntry } from "./stored-entry.ts";

export interface MemoryLimits {
  readonly maxItems: number;
  /** Estimated, see {@link MemoryTier.bytes}. */
  readonly maxBytes: number;
}

/** The latest used entries as live objects: a hit costs no parsing. */
export class MemoryTier {
  readonly #entries: LRUCache<string, StoredEntry>;

  constructor({ maxItems, maxBytes }: MemoryLimits) {
    this.#entries = new LRUCache<string, StoredEntry>({
      max: maxItems,
      maxSize: maxBytes,
      sizeCalculation: estimateBytes,
    });
  }

  get items(): number {
    return this.#entries.size;
  }

  /** Estimated from the lengths of texts and the number of fields. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  get(key: string): StoredEntry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.keepUntil > Date.now()) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, entry: StoredEntry): void {
    this.#entries.set(key, entry);
  }

  clear(): void {
    this.#entries.clear();
  }
}

/** Two bytes for each character, as V8 needs beyond Latin-1, and some for every field and object. */
function estimateBytes(value: unknown): number {
  if (typeof value === "string") return 16 + 2 * value.length;
  if (typeof value !== "object" || value === null) return 8;
  let bytes = 32;
  for (const field of Object.values(value)) bytes += 8 + estimateBytes(field);
  return bytes;
}
