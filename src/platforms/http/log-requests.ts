import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Log } from "../../core/log.ts";

/** One line for each request: the route's pattern, never the path, which may name a conversation. */
export function logRequests(log: Log): MiddlewareHandler {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const ms = Math.round(performance.now() - startedAt);
    log.debug({ method: c.req.method, route: routePath(c, -1), status: c.res.status, ms }, "request");
  };
}
