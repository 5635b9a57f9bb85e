import { Failure } from "../../core/failure.ts";

/** Discord waits 3 s for the first response to an interaction; some of it is for the way. */
const LIMIT_MS = 2_000;

/** Does what must be done before the first response. @throws {Failure} `store-unavailable` when it takes too long */
export async function inTime<T>(step: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Failure("store-unavailable", "not stored in time")), LIMIT_MS);
  try {
    return await Promise.race([step, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
