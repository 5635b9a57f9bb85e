import { hash } from "node:crypto";

/**
 * `wiki:<prefix>:<hash>`. Arguments that mean the same have the same hash: the order of an object's keys, absent or
 * undefined properties, Unicode composition and surplus white space do not count; case does, since titles differ by it.
 */
export function cacheKey(prefix: string, args: unknown): string {
  return `wiki:${prefix}:${hash("sha256", canonicalJson(args), "hex").slice(0, 32)}`;
}

function canonicalJson(args: unknown): string {
  return (
    JSON.stringify(args, (_, value: unknown) => {
      if (typeof value === "string") return normalize(value);
      return isRecord(value) ? sortKeys(value) : value;
    }) ?? ""
  );
}

function normalize(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sortKeys(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(record)
      .toSorted()
      .map((key) => [key, record[key]]),
  );
}
