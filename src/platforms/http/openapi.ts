import type { OpenAPIHono } from "@hono/zod-openapi";
import { errorBody } from "./schemas.ts";

const MEANINGS = {
  400: "The request is not as described here",
  401: "The token is missing or wrong",
  404: "There is no such conversation or question, or it was erased meanwhile",
  413: "The body is over 64 KiB",
  415: "The body does not say that it is JSON, or is compressed",
  422: "The Idempotency-Key was used with another body",
  503: "A service that is needed cannot be reached, or Footnote is stopping; Retry-After tells when to come again",
  504: "The answer took too long",
} as const;

/**
 * The responses of a route that may end with these problems; `default` stands for those that any route may end with. The type tells of
 * `default` alone, since problems are thrown.
 */
export function problems(...statuses: readonly (keyof typeof MEANINGS)[]): {
  readonly default: ReturnType<typeof problem>;
} {
  const named = Object.fromEntries(statuses.map((status) => [status, problem(MEANINGS[status])]));
  return { ...named, default: problem("Another problem") };
}

function problem(description: string) {
  return { description, content: { "application/json": { schema: errorBody } } };
}

/** Serves the description of all routes that `app` has been given, made from the schemas they are checked with. */
export function addOpenApi(app: OpenAPIHono, options: { readonly needsToken: boolean }): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "token", { type: "http", scheme: "bearer" });
  app.doc31("/api/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Footnote",
      version: "1",
      description: "Questions in, answers out, with a checked footnote behind every sentence.",
      license: { name: "MIT" },
    },
    security: options.needsToken ? [{ token: [] }] : [],
  });
}
