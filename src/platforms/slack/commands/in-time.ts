import { Failure } from "../../../core/failure.ts";

/** Slack wants its ack within 3 s, and tells people that a command failed when it comes later. */
const LIMIT_MS = 2_500;

/**
 * Does what must be done before an ack.
 * @param step told by its signal when it is too late: what it has done by then it takes back
 * @throws {Failure} `store-unavailable` when it is too late
 */
export async function inTime<T>(step: (late: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Failure("store-unavailable", "not stored in time")), LIMIT_MS);
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
