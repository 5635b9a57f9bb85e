import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Stats } from "../../core/stats.ts";

export const METRICS_PATH = "/metrics";

/** For Prometheus, which knows the token. */
export function addMetrics(app: OpenAPIHono, stats: Pick<Stats, "metrics">): void {
  app.get(METRICS_PATH, async (c) => {
    const { contentType, text } = await stats.metrics();
    return c.body(text, 200, { "Content-Type": contentType, "Cache-Control": "no-store" });
  });
}
