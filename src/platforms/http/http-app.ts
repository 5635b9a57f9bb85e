import { OpenAPIHono } from "@hono/zod-openapi";
import type { Cache } from "../../core/cache.ts";
import type { Store } from "../../core/exchange.ts";
import type { Log } from "../../core/log.ts";
import type { Stats } from "../../core/stats.ts";
import type { WikiSource } from "../../core/wiki.ts";
import { addArticles, ARTICLES_PATH } from "./articles.ts";
import { addChat, type ChatParts } from "./chat.ts";
import { addConversations } from "./conversations.ts";
import { addExchanges } from "./exchanges.ts";
import { addFigures } from "./figures.ts";
import { limitBody, requireLocalCaller, requirePlainBody, requireToken, requireUtf8 } from "./guard.ts";
import { addHealth } from "./health.ts";
import { logRequests } from "./log-requests.ts";
import { addMetrics, METRICS_PATH } from "./metrics.ts";
import { refuseOtherMethods } from "./methods.ts";
import { addOpenApi } from "./openapi.ts";
import { addPage, type PageFile } from "./page.ts";
import { Problem, toProblem } from "./problem.ts";
import { securityHeaders } from "./security-headers.ts";

/** A route of another platform on the same port (a webhook). It checks its callers itself. */
export interface MountedRoute {
  readonly method: "GET" | "POST";
  readonly path: string;
  handle(request: Request): Promise<Response>;
}

export interface HttpAppParts extends ChatParts {
  readonly store: Store;
  readonly cache: Pick<Cache, "clear">;
  readonly stats: Stats;
  readonly page: readonly PageFile[];
  readonly mounted: readonly MountedRoute[];
  /** Whose articles are shown at `/articles`; none when the wiki has addresses of its own. */
  readonly articles: Pick<WikiSource, "article"> | undefined;
  /** Without one, only this machine is served. */
  readonly apiToken: string | undefined;
  readonly log: Log;
}

/** Every route, from the outside in: what all answers share, who may ask, then what they may ask for. */
export function createHttpApp(parts: HttpAppParts): OpenAPIHono {
  const { log, apiToken, isPaused } = parts;
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw invalidInput(result.error.issues);
    },
  });

  app.use(logRequests(log));
  app.use(securityHeaders());
  app.onError((error, c) => {
    const problem = toProblem(error);
    if (problem.status >= 500) log.error({ err: error, code: problem.code, path: c.req.routePath }, "request failed");
    return c.json(problem.body(), problem.status, problem.headers);
  });
  app.notFound((c) => c.json(new Problem(404, "not-found", "There is nothing here.").body(), 404));

  for (const route of parts.mounted) app.on(route.method, route.path, (c) => route.handle(c.req.raw));
  addHealth(app, parts.stats, isPaused);
  app.use(apiToken === undefined ? requireLocalCaller() : async (_c, next) => next());
  addPage(app, parts.page);

  if (apiToken !== undefined) {
    for (const path of ["/api/*", `${ARTICLES_PATH}/*`, METRICS_PATH]) app.use(path, requireToken(apiToken));
  }
  app.use("/api/*", requirePlainBody(), limitBody(), requireUtf8());
  if (parts.articles !== undefined) addArticles(app, parts.articles);
  addChat(app, parts);
  addExchanges(app, parts);
  addConversations(app, parts.store, parts.threads);
  addFigures(app, parts.stats, parts.cache);
  addMetrics(app, parts.stats);
  addOpenApi(app, { needsToken: apiToken !== undefined });
  refuseOtherMethods(app);
  return app;
}

function invalidInput(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): Problem {
  const [issue] = issues;
  const where = issue?.path.join(".") ?? "";
  return new Problem(
    400,
    "invalid-input",
    `${where === "" ? "The request" : where}: ${issue?.message ?? "is invalid"}`,
  );
}
