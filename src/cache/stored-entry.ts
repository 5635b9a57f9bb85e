import { z } from "zod";
import type { Lifetime } from "./lifetime.ts";

const schema = z.object({
  value: z.unknown(),
  /** ISO 8601. */
  loadedAt: z.iso.datetime(),
  /** Milliseconds since 1970. From then on the value is stale: served only when it cannot be loaded. */
  freshUntil: z.number(),
  /** Milliseconds since 1970. From then on it is not even served stale, and every tier forgets it. */
  keepUntil: z.number(),
});

/** What is kept of a loaded value. */
export type StoredEntry = Readonly<z.infer<typeof schema>>;

/** An entry of what was loaded just now. */
export function makeEntry(value: unknown, { freshMs, keptMs }: Lifetime): StoredEntry {
  const now = Date.now();
  return { value, loadedAt: new Date(now).toISOString(), freshUntil: now + freshMs, keepUntil: now + keptMs };
}

export function isFresh({ freshUntil }: StoredEntry): boolean {
  return freshUntil > Date.now();
}

/** The one that was loaded last. */
export function latest(one: StoredEntry | undefined, other: StoredEntry | undefined): StoredEntry | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Date.parse(one.loadedAt) > Date.parse(other.loadedAt) ? one : other;
}

/** The entry in this JSON; `undefined` when something else is written there, which is as good as nothing. */
export function parseEntry(json: string): StoredEntry | undefined {
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}
