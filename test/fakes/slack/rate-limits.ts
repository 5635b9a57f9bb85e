import type { VirtualClock } from "./virtual-clock.ts";

interface Bucket {
  left: number;
  at: number;
}

/** Posts a second and channel, after a burst (docs, *Rate limits*: "1 per second, short bursts of more"). */
const POSTS = { perMinute: 60, burst: 5 };
/** The lowest tier tolerates bursts as well, as when several connections are opened at a start. */
const LEAST_BURST = 10;

export interface RateLimits {
  /** Takes one request of this many a minute; returns the virtual milliseconds to wait instead when there is none left. */
  take(name: string, perMinute: number): number;
  takePost(channel: string): number;
}

/** Counts requests as Slack does: so many a minute, unused ones may be caught up in a burst. */
export function createRateLimits(clock: VirtualClock): RateLimits {
  const buckets = new Map<string, Bucket>();

  function draw(name: string, perMinute: number, burst: number): number {
    const bucket = buckets.get(name) ?? { left: burst, at: clock.now() };
    const perMillisecond = perMinute / 60_000;
    bucket.left = Math.min(burst, bucket.left + (clock.now() - bucket.at) * perMillisecond);
    bucket.at = clock.now();
    buckets.set(name, bucket);
    if (bucket.left < 1) return (1 - bucket.left) / perMillisecond;
    bucket.left -= 1;
    return 0;
  }

  return {
    take: (name, perMinute) => draw(name, perMinute, Math.max(perMinute, LEAST_BURST)),
    takePost: (channel) => draw(`post:${channel}`, POSTS.perMinute, POSTS.burst),
  };
}
