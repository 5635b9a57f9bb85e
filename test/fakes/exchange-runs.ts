import type { Store } from "../../src/core/exchange.ts";
import type { ThreadId } from "../../src/core/message.ts";
import { runExchange } from "../../src/exchange/run-exchange.ts";
import { silentLog } from "./log.ts";
import { createMemoryStore } from "./memory-store.ts";
import { scriptPlatform, type ScriptPlatformOptions } from "./script-platform.ts";
import { createStage } from "./stage.ts";
import { until } from "../support/until.ts";

/** Where all questions are asked. */
export const THREAD: ThreadId = "http:t1";

/** An exchange is run by hand, with a store in memory. @param options of the platform */
export function setUpRuns(options: ScriptPlatformOptions = {}) {
  const store = createMemoryStore();
  const platform = scriptPlatform(options);
  const agent = createStage();
  let count = 0;
  return {
    store,
    platform,
    agent,
    async ask(text: string): Promise<string> {
      count += 1;
      const author = { id: "http:a", name: "A" };
      const message = { id: `m${count}`, thread: THREAD, author, text, replyTo: {}, receivedAt: new Date() };
      return (await store.receive(message)).exchange.id;
    },
    /** Runs the exchange, which is the thread's next one or else is not run at all. */
    async run(id: string, over: Partial<Store> = {}, signal = AbortSignal.timeout(60_000)): Promise<void> {
      const parts = { store: { ...store, ...over }, agent, log: silentLog, platformOf: () => platform };
      const next = await store.nextUnfinished(THREAD);
      if (next?.id === id) await runExchange(next, parts, signal);
    },
    shows: (text: string) =>
      until(
        async () => platform.written,
        (written) => written.includes(text),
      ),
    isAsked: (question: string) =>
      until(
        async () => agent.asked,
        (asked) => asked.some((request) => request.question === question),
      ),
  };
}
