import type { VirtualClock } from "../slack/virtual-clock.ts";

/** Counts what leads to a temporary ban (docs, *Invalid Request Limit*). */
export interface InvalidRequests {
  count(status: number): void;
  isBanned(): boolean;
}

const WINDOW_MS = 600_000;
const INVALID = [401, 403, 429];

export function createInvalidRequests(clock: VirtualClock, limit: number): InvalidRequests {
  let recent: number[] = [];

  return {
    count(status) {
      if (INVALID.includes(status)) recent.push(clock.now());
    },
    isBanned() {
      recent = recent.filter((at) => at > clock.now() - WINDOW_MS);
      return recent.length >= limit;
    },
  };
}
