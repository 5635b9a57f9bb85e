import type { Agent, AgentRequest } from "../../src/core/agent.ts";
import type { Inbox, Store } from "../../src/core/exchange.ts";
import type { Log } from "../../src/core/log.ts";
import type { Stats } from "../../src/core/stats.ts";
import { createInbox } from "../../src/exchange/inbox.ts";
import { runExchange } from "../../src/exchange/run-exchange.ts";
import {
  createHttpPlatform,
  type HttpPlatform,
  type HttpPlatformOptions,
} from "../../src/platforms/http/http-platform.ts";
import { type ChatReply, chatReply, type ErrorBody, errorBody } from "../../src/platforms/http/schemas.ts";
import { createStats } from "../../src/stats/stats.ts";
import { eventsOf, MERCURY_ANSWER } from "./answers.ts";
import { createMemoryStore } from "./memory-store.ts";

export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
};

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

/** The HTTP platform with a store in memory and a worker that runs each exchange as soon as it is stored. */
export function createHttpFootnote(options: HttpFootnoteOptions = {}): HttpFootnote {
  const { answer = mercury, log = silentLog } = options;
  const memory = createMemoryStore();
  const store = { ...memory, ...options.store };
  const asked: AgentRequest[] = [];
  const agent: Agent = {
    answer(request) {
      asked.push(request);
      return answer(request);
    },
  };

  const platform = createHttpPlatform({
    inbox: workingInbox(store, (id) =>
      runExchange(id, { store, agent, log, platformOf: () => platform }, AbortSignal.timeout(30_000)),
    ),
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
    store: memory,
    asked,
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

function workingInbox(store: Store, work: (id: string) => Promise<void>): Inbox {
  const inbox = createInbox({ store, log: silentLog });
  return {
    async accept(message) {
      const received = await inbox.accept(message);
      if (received.isNew) setImmediate(() => void work(received.exchange.id));
      return received;
    },
    async revise(id, change) {
      const exchange = await inbox.revise(id, change);
      if (exchange !== undefined) setImmediate(() => void work(id));
      return exchange;
    },
  };
}

async function* mercury() {
  yield* eventsOf(MERCURY_ANSWER);
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
