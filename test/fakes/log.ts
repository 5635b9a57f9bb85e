import { inspect } from "node:util";
import type { Log } from "../../src/core/log.ts";

/** Keeps tests' output to what tests say. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silentLog };

/** Keeps every line, with all that is in its errors. */
export function recordLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (...line: readonly unknown[]): void => void lines.push(inspect(line, { depth: 12 }));
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep, child: () => log };
  return { log, lines };
}
