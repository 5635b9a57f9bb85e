import { Failure } from "../core/failure.ts";

/**
 * Does what a platform waits for, for so long and no longer.
 * @param step told by its signal when it is too late: what it has done by then it takes back. Not begun where nothing is left of the limit
 * @throws {Failure} `store-unavailable` when it is too late
 */
export async function withinLimit<T>(limitMs: number, step: (late: AbortSignal) => Promise<T>): Promise<T> {
  const failure = new Failure("store-unavailable", "not stored in time");
  if (limitMs <= 0) throw failure;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(failure), limitMs);
  try {
    return await unlessLate(step(late.signal), late.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws the signal's reason, when it comes first */
export async function unlessLate<T>(promise: Promise<T>, late: AbortSignal): Promise<T> {
  const isLate = Promise.withResolvers<never>();
  const giveUp = (): void => isLate.reject(late.reason);
  if (late.aborted) giveUp();
  late.addEventListener("abort", giveUp);
  try {
    return await Promise.race([promise, isLate.promise]);
  } finally {
    late.removeEventListener("abort", giveUp);
  }
}
