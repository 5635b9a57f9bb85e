import { z } from "zod";
import { withinLimit } from "../time-limit.ts";

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
  return withinLimit(receivedAt + LIMIT_MS - Date.now(), step);
}
