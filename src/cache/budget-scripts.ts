import { hash } from "node:crypto";

/** Leases of requests under way by their end; requests sent by their time; a key that lives as long as a pause. */
export function budgetKeys(scope: string): readonly [leases: string, sent: string, pause: string] {
  const prefix = `footnote:budget:${hash("sha256", scope, "hex").slice(0, 16)}`;
  return [`${prefix}:leases`, `${prefix}:sent`, `${prefix}:pause`];
}

/** Redis' own clock counts, so that replicas need not agree on the time. */
const BEGIN = `
  local leases, sent, pause = KEYS[1], KEYS[2], KEYS[3]
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call("ZREMRANGEBYSCORE", leases, "-inf", now)
  redis.call("ZREMRANGEBYSCORE", sent, "-inf", now - 60000)
  local paused = math.max(0, redis.call("PTTL", pause))
`;

/**
 * Arguments: lease, requests per minute, requests in flight, milliseconds a lease lasts.
 * Replies 0 when the lease is given, the milliseconds to wait, or -1 when it takes a release.
 */
export const ACQUIRE = `${BEGIN}
  if paused > 0 then return paused end
  if redis.call("ZCARD", sent) >= tonumber(ARGV[2]) then
    local oldest = redis.call("ZRANGE", sent, 0, 0, "WITHSCORES")[2]
    return math.max(1, oldest + 60000 - now)
  end
  if redis.call("ZCARD", leases) >= tonumber(ARGV[3]) then return -1 end
  redis.call("ZADD", leases, now + ARGV[4], ARGV[1])
  redis.call("PEXPIRE", leases, ARGV[4])
  redis.call("ZADD", sent, now, ARGV[1])
  redis.call("PEXPIRE", sent, 60000)
  return 0
`;

/** Arguments: lease, and "unsent" if nothing was sent under it. */
export const GIVE_BACK = `
  redis.call("ZREM", KEYS[1], ARGV[1])
  if ARGV[2] == "unsent" then redis.call("ZREM", KEYS[2], ARGV[1]) end
`;

/** Argument: milliseconds. The longer of two pauses holds. */
export const PAUSE = `${BEGIN}
  if paused < tonumber(ARGV[1]) then redis.call("SET", pause, "", "PX", ARGV[1]) end
`;

/** Replies requests sent within the minute, requests in flight, milliseconds of the pause left. */
export const FIGURES = `${BEGIN}
  return { redis.call("ZCARD", sent), redis.call("ZCARD", leases), paused }
`;
