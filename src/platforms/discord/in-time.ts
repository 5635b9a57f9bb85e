import { withinLimit } from "../time-limit.ts";

/** Discord waits 3 s for the first response to an interaction; some of it is for the way. */
const LIMIT_MS = 2_000;

/** Does what must be done before the first response. @throws {Failure} `store-unavailable` when it takes too long */
export async function inTime<T>(step: Promise<T>): Promise<T> {
  return withinLimit(LIMIT_MS, () => step);
}
