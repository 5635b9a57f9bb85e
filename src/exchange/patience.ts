import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../core/failure.ts";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 2_000;

/**
 * Does a step of the store, again and again while the database is away, so that an outage delays an exchange and never fails it.
 * @throws what `step` throws for another reason, or the signal's reason.
 */
export async function whenStoreAnswers<T>(step: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    signal.throwIfAborted();
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof Failure) || error.kind !== "store-unavailable") throw error;
      await sleep(waitMs, undefined, { signal });
    }
  }
}
