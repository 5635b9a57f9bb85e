import { pino } from "pino";
import { Failure } from "./core/failure.ts";
import type { Log } from "./core/log.ts";

/** Fields whose values never reach the log, at any depth that Footnote logs. */
const SECRET_FIELDS = ["token", "apiKey", "password", "authorization", "secret", "url", "databaseUrl", "redisUrl"];

/** JSON lines on standard output. `text` of users is logged at debug only, by the callers' discipline. */
export function createLog(level: string): Log {
  const tellsForeign = ["trace", "debug"].includes(level);
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: (error) => describe(error, tellsForeign) },
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: "[redacted]" },
  });
}

const MOST_CAUSES = 8;

/**
 * What was wrong and where, down to the first cause. A message that is not ours may repeat what was sent, a prompt or a key, so it is
 * told at debug only. Whatever else a library hangs on its errors stays out: pg's pool adds the whole client, with the statements it
 * was sent.
 */
function describe(error: unknown, tellsForeign: boolean, causes = MOST_CAUSES): unknown {
  if (!(error instanceof Error)) return tellsForeign ? error : { type: typeof error };
  const isOurs = error instanceof Failure;
  return {
    type: error instanceof DOMException ? error.name : error.constructor.name,
    kind: isOurs ? error.kind : undefined,
    message: isOurs || tellsForeign ? error.message : undefined,
    code: codeOf(error, "code"),
    status: codeOf(error, "status"),
    stack: framesOf(error),
    cause: error.cause === undefined || causes === 0 ? undefined : describe(error.cause, tellsForeign, causes - 1),
  };
}

/** A number or a single word: a server may have put anything there. */
function codeOf(error: Error, field: "code" | "status"): string | number | undefined {
  const code: unknown = Reflect.get(error, field);
  if (typeof code === "number") return code;
  return typeof code === "string" && /^\w{1,60}$/.test(code) ? code : undefined;
}

/** The stack without the message at its head, whose lines may look like frames themselves. */
function framesOf({ stack = "", message }: Error): string {
  const head = stack.indexOf(message);
  return stack
    .slice(head === -1 ? 0 : head + message.length)
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}
