import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { Stats } from "../../core/stats.ts";
import { live, ready } from "./figures-schemas.ts";

const liveRoute = createRoute({
  method: "get",
  path: "/live",
  summary: "Whether the process serves at all",
  security: [],
  responses: { 200: { description: "It does", content: { "application/json": { schema: live } } } },
});

const readyRoute = createRoute({
  method: "get",
  path: "/ready",
  summary: "Whether questions can be taken",
  security: [],
  responses: {
    200: { description: "They can", content: { "application/json": { schema: ready } } },
    503: { description: "They can not", content: { "application/json": { schema: ready } } },
  },
});

/** Seconds. */
const RETRY_SOON = { "Retry-After": "5" };

/** For load balancers and container engines: no token, nothing secret. */
export function addHealth(app: OpenAPIHono, stats: Pick<Stats, "readiness">, isPaused: () => boolean): void {
  app.openapi(liveRoute, (c) => c.json({ status: "ok" as const }, 200));

  app.openapi(readyRoute, async (c) => {
    const { ready: isReady, ...parts } = await stats.readiness();
    if (isPaused()) return c.json({ status: "stopping" as const, ...parts }, 503, RETRY_SOON);
    return isReady
      ? c.json({ status: "ready" as const, ...parts }, 200)
      : c.json({ status: "unavailable" as const, ...parts }, 503, RETRY_SOON);
  });
}
