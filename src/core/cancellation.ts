import { Failure, toFailure } from "./failure.ts";

/** Why an aborted signal was aborted: the Failure given as its reason, `deadline` for a timeout, else `cancelled`. */
export function cancellation(signal: AbortSignal): Failure {
  const reason: unknown = signal.reason;
  if (reason instanceof Failure) return reason;
  const failure = toFailure(reason);
  return failure.kind === "bug" ? new Failure("cancelled", "cancelled", { cause: reason }) : failure;
}

/** What `promise` gives, unless `signal` aborts first. @throws {Failure} the {@link cancellation} */
export async function orCancelled<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const { promise: cancelled, reject } = Promise.withResolvers<never>();
  const cancel = () => reject(cancellation(signal));
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    return await Promise.race([cancelled, promise]);
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
