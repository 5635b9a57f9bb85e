/**
 * What went wrong, in the terms of the asker and the operator rather than of a vendor.
 *
 * - `invalid-config`: a setting is missing or wrong; Footnote does not start.
 * - `invalid-input`: the message cannot be a question (empty, too long).
 * - `cancelled`: somebody asked to stop.
 * - `deadline`: a limit of time ran out.
 * - `over-budget`: a limit of requests or tokens is spent; `retryAfterMs` tells when to come again.
 * - `model-unavailable`, `wiki-unavailable`, `store-unavailable`: that service did not answer, or not sensibly.
 * - `delivery-failed`: the platform did not take the reply.
 * - `bug`: none of the above; the cause is ours to mend.
 */
export type FailureKind =
  | "invalid-config"
  | "invalid-input"
  | "cancelled"
  | "deadline"
  | "over-budget"
  | "model-unavailable"
  | "wiki-unavailable"
  | "store-unavailable"
  | "delivery-failed"
  | "bug";

/** The only error that crosses the border of a folder. Its message is for the log and holds no secret and no text of a user. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly kind: FailureKind;
  /** Milliseconds after which the same request may go through; `undefined` when nobody knows. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: FailureKind,
    message: string,
    options: { readonly cause?: unknown; readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Any thrown thing as a Failure: itself if it is one, `cancelled` or `deadline` for an abort, else a `bug`. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof Error && thrown.name === "AbortError") {
    return thrown.cause instanceof Failure ? thrown.cause : new Failure("cancelled", "cancelled", { cause: thrown });
  }
  if (thrown instanceof Error && thrown.name === "TimeoutError") {
    return new Failure("deadline", "timed out", { cause: thrown });
  }
  // Its message may repeat what somebody wrote.
  return new Failure("bug", `an unforeseen ${thrown instanceof Error ? thrown.name : typeof thrown}`, {
    cause: thrown,
  });
}

/** The sentence an asker reads when an exchange ends with this failure. */
export function apology(kind: FailureKind): string {
  return APOLOGIES[kind];
}

const APOLOGIES: Record<FailureKind, string> = {
  "invalid-config": "Footnote is not set up correctly; please tell its operator.",
  "invalid-input": "I can't read that as a question. Please put it in other words.",
  cancelled: "Stopped.",
  deadline: "That took longer than I may take. Please try again, or ask for something narrower.",
  "over-budget": "I have reached my limit of requests for now. Please try again in a little while.",
  "model-unavailable": "The language model can't be reached just now. Please try again in a little while.",
  "wiki-unavailable":
    "The wiki can't be reached just now, so I have nothing to cite. Please try again in a little while.",
  "store-unavailable": "My database can't be reached just now. Please try again in a little while.",
  "delivery-failed": "The answer is ready, but could not be delivered.",
  bug: "Something went wrong on my side. It is in the log; please try again.",
};
