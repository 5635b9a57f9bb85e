import type { VirtualClock } from "../slack/virtual-clock.ts";

/** So many requests in so many virtual milliseconds. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

/** How a bucket stands after a request. */
export interface Taken {
  readonly limit: number;
  readonly remaining: number;
  /** Virtual milliseconds until the bucket is full again. */
  readonly resetMs: number;
  /** Whether there was none left for this request. */
  readonly isExhausted: boolean;
}

export interface RateLimits {
  /** Takes one request out of a bucket, whose window begins with its first request. */
  take(bucket: string, rate: Rate): Taken;
}

export function createRateLimits(clock: VirtualClock): RateLimits {
  const windows = new Map<string, { readonly end: number; used: number }>();

  function windowOf(bucket: string, { windowMs }: Rate) {
    const open = windows.get(bucket);
    if (open !== undefined && open.end > clock.now()) return open;
    const begun = { end: clock.now() + windowMs, used: 0 };
    windows.set(bucket, begun);
    return begun;
  }

  return {
    take(bucket, rate) {
      const window = windowOf(bucket, rate);
      const isExhausted = window.used >= rate.limit;
      if (!isExhausted) window.used += 1;
      return { limit: rate.limit, remaining: rate.limit - window.used, resetMs: window.end - clock.now(), isExhausted };
    },
  };
}
