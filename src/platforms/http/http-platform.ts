import { isLoopback } from "../../core/address.ts";
import type { Cache } from "../../core/cache.ts";
import type { Inbox, Store } from "../../core/exchange.ts";
import { Failure } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import type { Platform } from "../../core/platform.ts";
import type { Stats } from "../../core/stats.ts";
import type { WikiSource } from "../../core/wiki.ts";
import { stoppingProblem } from "./chat.ts";
import { createFeedSink } from "./feed-sink.ts";
import { createHttpApp, type MountedRoute } from "./http-app.ts";
import type { PageFile } from "./page.ts";
import { type ListeningServer, listen } from "./server.ts";
import { createThreadIds } from "./thread-id.ts";

export interface HttpSettings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Bearer token of everything under `/api`; required when `host` is not loopback. */
  readonly apiToken?: string | undefined;
  /** Milliseconds between the comment lines of an idle event stream; default 10,000. */
  readonly heartbeatMs?: number;
  /** Milliseconds a request waits for its answer at the most; default 180,000. */
  readonly replyLimitMs?: number;
}

export interface HttpPlatformOptions {
  readonly inbox: Inbox;
  readonly store: Store;
  readonly cache: Pick<Cache, "clear">;
  readonly stats: Stats;
  readonly settings: HttpSettings;
  /** Files of the web page; default: none, an API alone. */
  readonly page?: readonly PageFile[];
  /** Routes of other platforms on the same port. */
  readonly mounted?: readonly MountedRoute[];
  /** Whose articles are shown at `/articles`; default: none, the wiki has addresses of its own. */
  readonly articles?: Pick<WikiSource, "article">;
  /** Names of platforms whose threads are read under their full id; default: Slack and Discord. */
  readonly otherPlatforms?: readonly string[];
  readonly log: Log;
}

export interface HttpPlatform extends Platform {
  /** Where it listens, `http://127.0.0.1:3000`; throws before `start`. */
  address(): string;
  /** The routes without a port, for tests. */
  request(path: string, init?: RequestInit): Promise<Response>;
}

/**
 * The API and the web page: one more platform, whose reply goes to the request that waits for it.
 * @throws {Failure} `invalid-config` for an address beyond loopback without a token
 */
export function createHttpPlatform(options: HttpPlatformOptions): HttpPlatform {
  const { inbox, store, cache, stats, settings, page = [], mounted = [], log } = options;
  const { host, port, apiToken, heartbeatMs = 10_000, replyLimitMs = 180_000 } = settings;
  if (apiToken === undefined && !isLoopback(host)) {
    throw new Failure("invalid-config", "API_TOKEN is required when HOST is not a loopback address");
  }

  const stopping = new AbortController();
  let paused = false;
  let server: ListeningServer | undefined;

  const app = createHttpApp({
    inbox,
    store,
    cache,
    stats,
    page,
    mounted,
    articles: options.articles,
    apiToken,
    heartbeatMs,
    replyLimitMs,
    log,
    threads: createThreadIds(options.otherPlatforms ?? ["slack", "discord"]),
    isPaused: () => paused,
    stopping: stopping.signal,
  });

  return {
    name: "http",
    async start() {
      server = await listen(app.fetch, { host, port, idleLimitMs: replyLimitMs + 30_000 });
    },
    async pause() {
      paused = true;
      server?.closeIdle();
    },
    async stop() {
      paused = true;
      stopping.abort(stoppingProblem());
      await server?.close();
    },
    openReply: ({ id }, signal) => createFeedSink(store.feed, id, signal),
    address() {
      if (server === undefined) throw new Error("the HTTP platform is not started");
      return server.address;
    },
    request: async (path, init) => app.request(path, init),
  };
}
