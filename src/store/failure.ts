import { DatabaseError } from "pg";
import { Failure } from "../core/failure.ts";
import { errorCode } from "./error-code.ts";
import { Prisma } from "./generated/client.ts";

/** Runs a step of the store; whatever it throws becomes a Failure. */
export async function guarded<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw toStoreFailure(error);
  }
}

/** Any error of pg or Prisma as a Failure. The one place that knows which of them mean that the database is away. */
function toStoreFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return isAway(error)
    ? new Failure("store-unavailable", "the database does not answer", { cause: error })
    : new Failure("bug", "the database refused a statement", { cause: error });
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const state = sqlState(error);
  if (state !== undefined) return AWAY_STATES.some((prefix) => state.startsWith(prefix));
  const code = errorCode(error);
  // For a connection lost, refused or timed out pg has neither a class nor a code: it throws a bare Error.
  if (code === undefined) return Object.getPrototypeOf(error) === Error.prototype;
  // The rest are a socket's errors (ECONNREFUSED, ENOENT, EPIPE and many more), which Prisma passes on, and Prisma's own.
  return !PRISMA_CODE.test(code) || AWAY_IN_PRISMA.has(code);
}

/** What the server said; `undefined` when the error comes from elsewhere. */
export function sqlState(error: unknown): string | undefined {
  if (error instanceof DatabaseError) return error.code;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  const adapterError = error.meta?.["driverAdapterError"];
  const cause = adapterError instanceof Error ? adapterError.cause : undefined;
  const hasState = typeof cause === "object" && cause !== null && "originalCode" in cause;
  return hasState && typeof cause.originalCode === "string" ? cause.originalCode : undefined;
}

/** PostgreSQL, *Error Codes*: whole classes by their first two characters, and single codes. */
const AWAY_STATES = [
  "08", // connection exception
  "28", // not authorised, as while credentials are being rotated
  "3D000", // no such database
  "40", // deadlock, serialisation: rolled back, may be tried again
  "25006", // read-only, as during a failover
  "53", // insufficient resources
  "55P03", // a lock was not to be had
  "57014", // statement timeout
  "57P", // shut down, crashed, starting up
];

const PRISMA_CODE = /^P\d{4}$/;

/** Prisma, *Error reference*; P2010 is a raw query's failure, which bears a SQLSTATE unless it never reached the server. */
const AWAY_IN_PRISMA = new Set(["P1001", "P1002", "P1008", "P1011", "P1017", "P2010", "P2024", "P2028", "P2037"]);
