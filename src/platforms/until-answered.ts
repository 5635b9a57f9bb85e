import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../core/failure.ts";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** How long a platform, or the store, may be away before a reply is given up. */
const PATIENCE_MS = 15 * 60_000;

/** No sensible answer came from a platform: the call may have had its effect or not. */
export class Silence extends Error {
  override readonly name = "Silence";
}

/**
 * Does a step again and again while the platform, or the store, is silent.
 * @param patienceMs default: a quarter of an hour
 * @throws what `step` throws for another reason, the signal's reason, or the silence when it lasts
 */
export async function untilAnswered<T>(
  step: () => Promise<T>,
  signal?: AbortSignal,
  { patienceMs = PATIENCE_MS }: { readonly patienceMs?: number } = {},
): Promise<T> {
  const giveUpAt = Date.now() + patienceMs;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    signal?.throwIfAborted();
    try {
      return await step();
    } catch (error) {
      if (!isSilence(error) || Date.now() > giveUpAt) throw error;
      await sleep(waitMs, undefined, { signal });
    }
  }
}

function isSilence(error: unknown): boolean {
  return error instanceof Silence || (error instanceof Failure && error.kind === "store-unavailable");
}
