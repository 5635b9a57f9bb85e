import type { Agent, AgentRequest } from "../../src/core/agent.ts";
import type { Store } from "../../src/core/exchange.ts";
import type { Log } from "../../src/core/log.ts";
import type { Stats } from "../../src/core/stats.ts";
import {
  createHttpPlatform,
  type HttpPlatform,
  type HttpPlatformOptions,
} from "../../src/platforms/http/http-platform.ts";
import { type ChatReply, chatReply, type ErrorBody, errorBody } from "../../src/platforms/http/schemas.ts";
import { createStats } from "../../src/stats/stats.ts";
import { silentLog } from "./log.ts";
import type { createMemoryStore } from "./memory-store.ts";
import { createWorkingCore } from "./working-core.ts";

export interface HttpFootnoteOptions {
  /** What the agent says; default: the answer about Mercury. */
  readonly answer?: Agent["answer"];
  readonly store?: Partial<Store>;
  readonly cache?: HttpPlatformOptions["cache"];
  readonly stats?: Partial<Stats>;
  readonly settings?: Partial<HttpPlatformOptions["settings"]>;
  readonly page?: HttpPlatformOptions["page"];
  readonly mounted?: NonNullable<HttpPlatformOptions["mounted"]>;
  readonly articles?: NonNullable<HttpPlatformOptions["articles"]>;
  readonly log?: Log;
}

export interface HttpFootnote {
  readonly platform: HttpPlatform;
  readonly store: ReturnType<typeof createMemoryStore>;
  /** Questions the agent was asked, in order. */
  readonly asked: AgentRequest[];
  readonly chat: (body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Response>;
}

/** The HTTP platform with a store in memory and a worker that serves each thread in order. */
export function createHttpFootnote(options: HttpFootnoteOptions = {}): HttpFootnote {
  const { log = silentLog } = options;
  const core = createWorkingCore({ platform: () => platform, answer: options.answer, store: options.store, log });
  const { inbox, store } = core;

  const platform = createHttpPlatform({
    inbox,
    store,
    cache: options.cache ?? { clear: async () => 3 },
    stats: { ...createStats({ cache: { stats: cacheStats }, store, wiki }), ...options.stats },
    settings: { host: "127.0.0.1", port: 0, ...options.settings },
    page: options.page ?? [],
    mounted: options.mounted ?? [],
    ...(options.articles === undefined ? {} : { articles: options.articles }),
    log,
  });

  return {
    platform,
    store: core.memory,
    asked: core.asked,
    chat: (body, headers) =>
      platform.request("/api/chat", {
        method: "POST",
        headers: { "Content-Type": "application/json", ...headers },
        body: JSON.stringify(body),
      }),
  };
}

/** The answer's JSON, which must be all that the API's document says, and no more. */
export async function replyOf(response: Response): Promise<ChatReply> {
  return chatReply.strict().parse(await response.json());
}

/** The error's JSON, likewise. */
export async function errorOf(response: Response): Promise<ErrorBody> {
  return errorBody.strict().parse(await response.json());
}

const wiki = { name: "Sample wiki", health: () => ({ state: "ok" as const }) };

async function cacheStats() {
  return {
    status: "memory" as const,
    host: null,
    items: 12,
    memoryBytes: 1_258_291,
    ttlSeconds: 3600,
    hits: 30,
    misses: 10,
    stale: 0,
    hitRate: 0.75,
  };
}
