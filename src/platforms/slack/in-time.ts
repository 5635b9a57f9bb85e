import { z } from "zod";
import { Failure } from "../../core/failure.ts";

/** Slack wants its ack within 3 s, and tells people that a command failed when it comes later. */
const LIMIT_MS = 2_500;

const receivedSchema = z.object({ receivedAt: z.number() });

/**
 * Does what must be done before an ack.
 * @param step told by its signal when it is too late: what it has done by then it takes back
 * @param context Bolt's, by which the receiver tells when Slack was heard; default: just now
 * @throws {Failure} `store-unavailable` when it is too late
 */
export async function inTime<T>(step: (late: AbortSignal) => Promise<T>, context?: unknown): Promise<T> {
  const receivedAt = receivedSchema.safeParse(context).data?.receivedAt ?? Date.now();
  const leftMs = receivedAt + LIMIT_MS - Date.now();
  const failure = new Failure("store-unavailable", "not stored in time");
  if (leftMs <= 0) throw failure;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(failure), leftMs);
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
