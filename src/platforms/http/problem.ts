import { HTTPException } from "hono/http-exception";
import { apology, type Failure, type FailureKind, toFailure } from "../../core/failure.ts";
import type { ErrorBody } from "./schemas.ts";

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 500 | 503 | 504;

/** The exchange an error belongs to: its answer may be stored, or still come. */
export type ExchangeRef = Pick<ErrorBody, "exchange_id" | "thread_id">;

/** A request that ends with an error: thrown anywhere below a route, and turned into the answer in one place. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: ProblemStatus;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  /** @param message shown to the asker: no value of a setting, nothing from another error's message */
  constructor(
    status: ProblemStatus,
    code: string,
    message: string,
    options: { readonly headers?: Readonly<Record<string, string>>; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
  }

  body(exchange: ExchangeRef = {}): ErrorBody {
    return { error: { code: this.code, message: this.message }, ...exchange };
  }
}

/** Any thrown thing as a problem: failures by their kind and apology, whatever else is a bug. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof HTTPException) return fromFramework(thrown);
  return fromFailure(toFailure(thrown));
}

const STATUS_OF: Record<FailureKind, ProblemStatus> = {
  "invalid-config": 500,
  "invalid-input": 400,
  cancelled: 409,
  deadline: 504,
  "over-budget": 503,
  "model-unavailable": 503,
  "wiki-unavailable": 503,
  "store-unavailable": 503,
  "delivery-failed": 500,
  bug: 500,
};

/** When nobody knows how long an outage lasts. */
const RETRY_AFTER_MS = 30_000;

function fromFailure(failure: Failure): Problem {
  const headers: Record<string, string> = {};
  const status = STATUS_OF[failure.kind];
  const retryAfterMs = failure.retryAfterMs ?? (status === 503 ? RETRY_AFTER_MS : undefined);
  if (retryAfterMs !== undefined) headers["Retry-After"] = String(Math.ceil(retryAfterMs / 1_000));
  return new Problem(status, failure.kind, apology(failure.kind), { headers, cause: failure });
}

/** The two things the framework itself objects to: a body that is no JSON, and one that does not say it is. */
function fromFramework(exception: HTTPException): Problem {
  if (exception.status === 415) {
    return new Problem(415, "unsupported-media-type", "Send JSON, with Content-Type: application/json.");
  }
  return exception.status === 400
    ? new Problem(400, "not-json", "The body is not valid JSON.")
    : fromFailure(toFailure(exception));
}
