import type { OpenAPIHono } from "@hono/zod-openapi";
import { Problem } from "./problem.ts";

/** Answers 405, with what is allowed, for every path that `app` serves under another method. Call it after all routes are there. */
export function refuseOtherMethods(app: OpenAPIHono): void {
  const routes = app.routes.filter((route) => route.method !== "ALL");
  for (const [path, ofPath] of Map.groupBy(routes, (route) => route.path)) {
    const methods = new Set(ofPath.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method])));
    app.all(path, () => {
      throw new Problem(405, "method-not-allowed", "This address has another method.", {
        headers: { Allow: [...methods].join(", ") },
      });
    });
  }
}
