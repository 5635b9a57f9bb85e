import type { Store } from "../core/exchange.ts";
import type { Log } from "../core/log.ts";

const DAY_MS = 86_400_000;
/** Milliseconds between two looks. */
const LOOK_MS = 3_600_000;
/** Conversations erased at once, so that no look holds up anything else for long. */
const BATCH = 100;

export interface RetentionOptions {
  readonly store: Pick<Store, "eraseQuiet">;
  /** Conversations in which nothing was said for so many days are erased. */
  readonly days: number;
  readonly log: Log;
}

/** Erases old conversations, now and every hour. Any number of replicas may do so at once. */
export function startRetention({ store, days, log }: RetentionOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let looking: Promise<void> = Promise.resolve();

  async function eraseOld(): Promise<void> {
    const since = new Date(Date.now() - days * DAY_MS);
    let erased = 0;
    for (let count = BATCH; count === BATCH && !stopping.signal.aborted; erased += count)
      count = await store.eraseQuiet(since, BATCH);
    if (erased > 0) log.info({ conversations: erased }, "old conversations erased");
  }

  function look(): void {
    looking = eraseOld().catch((error: unknown) => log.warn({ err: error }, "old conversations not erased"));
  }

  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await looking;
    },
  };
}
