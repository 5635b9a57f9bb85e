import type { Agent, AgentRequest } from "../../src/core/agent.ts";
import type { Cache } from "../../src/core/cache.ts";
import type { Exchange, Inbox, Store } from "../../src/core/exchange.ts";
import type { Log } from "../../src/core/log.ts";
import type { ThreadId } from "../../src/core/message.ts";
import type { Platform } from "../../src/core/platform.ts";
import type { Stats } from "../../src/core/stats.ts";
import { createInbox } from "../../src/exchange/inbox.ts";
import { runExchange } from "../../src/exchange/run-exchange.ts";
import { createStats } from "../../src/stats/stats.ts";
import { eventsOf, MERCURY_ANSWER } from "./answers.ts";
import { silentLog } from "./log.ts";
import { createMemoryStore } from "./memory-store.ts";

export interface WorkingCoreOptions {
  /** The platform whose questions are answered; called once there is one. */
  readonly platform: () => Pick<Platform, "openReply" | "readContext">;
  /** What the agent says; default: the answer about Mercury, at once. */
  readonly answer?: Agent["answer"] | undefined;
  readonly store?: Partial<Store> | undefined;
  readonly log?: Log | undefined;
}

/** All that a platform is given, in memory, with a worker that serves each thread in order. */
export interface WorkingCore {
  readonly inbox: Inbox;
  readonly store: Store;
  readonly memory: ReturnType<typeof createMemoryStore>;
  readonly stats: Stats;
  readonly cache: Pick<Cache, "clear"> & { readonly cleared: () => number };
  /** Questions the agent was asked, in order. */
  readonly asked: AgentRequest[];
  /** Resolves when no exchange is under way. */
  idle(): Promise<void>;
  /** Ends what is under way, as a process that stops. */
  end(): Promise<void>;
}

export function createWorkingCore(options: WorkingCoreOptions): WorkingCore {
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
  const ending = new AbortController();
  const threads = new Map<ThreadId, Promise<void>>();
  let cleared = 0;

  async function serve(thread: ThreadId): Promise<void> {
    const parts = { store, agent, log, platformOf: options.platform };
    for (;;) {
      const next = await store.nextUnfinished(thread);
      if (next === undefined || ending.signal.aborted) return;
      await runExchange(next, parts, ending.signal);
    }
  }

  function wake({ thread }: Exchange): void {
    const before = threads.get(thread) ?? Promise.resolve();
    threads.set(
      thread,
      before.then(() => new Promise(setImmediate)).then(() => serve(thread).catch(() => undefined)),
    );
  }

  const inbox = createInbox({ store, log });
  return {
    inbox: {
      async accept(message, perMinute) {
        const received = await inbox.accept(message, perMinute);
        if (received.isNew) wake(received.exchange);
        return received;
      },
      async revise(id, change) {
        const exchange = await inbox.revise(id, change);
        if (exchange !== undefined) wake(exchange);
        return exchange;
      },
    },
    store,
    memory,
    stats: createStats({ cache: { stats: cacheStats }, store, wiki }),
    cache: {
      clear: async () => {
        cleared += 1;
        return 3;
      },
      cleared: () => cleared,
    },
    asked,
    async idle() {
      await Promise.all(threads.values());
    },
    async end() {
      ending.abort(new Error("the test is over"));
      await Promise.all(threads.values());
    },
  };
}

async function cacheStats() {
  return {
    status: "memory" as const,
    host: null,
    items: 42,
    memoryBytes: 1_258_291,
    ttlSeconds: 3_600,
    hits: 30,
    misses: 10,
    stale: 0,
    hitRate: 0.75,
  };
}

const wiki = { name: "Wikipedia", health: () => ({ state: "ok" as const }) };

async function* mercury() {
  yield* eventsOf(MERCURY_ANSWER);
}
