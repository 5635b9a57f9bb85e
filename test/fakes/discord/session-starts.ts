import type { VirtualClock } from "../slack/virtual-clock.ts";
import type { Fields } from "./entities.ts";

/** How often clients may still identify today, and how soon after one another. */
export interface SessionStarts {
  take(shard: number): "ok" | "none left" | "too soon";
  readonly taken: number;
  /** As `GET /gateway/bot` says. */
  fields(): Fields;
}

const DAY_MS = 86_400_000;

export function createSessionStarts(
  clock: VirtualClock,
  {
    sessionStarts,
    maxConcurrency,
    identifyEveryMs,
  }: { readonly sessionStarts: number; readonly maxConcurrency: number; readonly identifyEveryMs: number },
): SessionStarts {
  const begun = clock.now();
  const last = new Map<number, number>();
  let taken = 0;

  return {
    take(shard) {
      if (taken >= sessionStarts) return "none left";
      const key = shard % maxConcurrency;
      const isTooSoon = clock.now() < (last.get(key) ?? Number.NEGATIVE_INFINITY) + identifyEveryMs;
      if (isTooSoon) return "too soon";
      last.set(key, clock.now());
      taken += 1;
      return "ok";
    },
    get taken() {
      return taken;
    },
    fields: () => ({
      total: sessionStarts,
      remaining: sessionStarts - taken,
      reset_after: Math.max(0, begun + DAY_MS - clock.now()),
      max_concurrency: maxConcurrency,
    }),
  };
}
