import type { Fields } from "./entities.ts";

/** Discord's codes, with the status each comes with and what it says (docs, *JSON error codes*). */
const REFUSALS = {
  0: [404, "404: Not Found"],
  10002: [404, "Unknown Application"],
  10003: [404, "Unknown Channel"],
  10004: [404, "Unknown Guild"],
  10007: [404, "Unknown Member"],
  10008: [404, "Unknown Message"],
  10013: [404, "Unknown User"],
  10015: [404, "Unknown Webhook"],
  10062: [404, "Unknown interaction"],
  10063: [404, "Unknown application command"],
  20012: [403, "You are not authorized to perform this action on this application"],
  30032: [400, "Maximum number of application commands reached (100)"],
  30034: [400, "Max number of daily application command creates has been reached (200)"],
  40005: [413, "Request entity too large"],
  40060: [400, "Interaction has already been acknowledged."],
  40094: [400, "This interaction has hit the maximum number of follow up messages."],
  40333: [403, "internal network error"],
  50001: [403, "Missing Access"],
  50003: [403, "Cannot execute action on a DM channel"],
  50005: [403, "Cannot edit a message authored by another user"],
  50006: [400, "Cannot send an empty message"],
  50007: [403, "Cannot send messages to this user"],
  50008: [400, "Cannot send messages in a non-text channel"],
  50013: [403, "Missing Permissions"],
  50021: [403, "Cannot execute action on a system message"],
  50024: [403, "Cannot execute action on this channel type"],
  50027: [401, "Invalid Webhook Token"],
  50033: [400, "Invalid Recipient(s)"],
  50035: [400, "Invalid Form Body"],
  50068: [400, "Invalid message type"],
  50083: [400, "Thread is archived"],
  50109: [400, "The request body contains invalid JSON."],
  50146: [400, "Uploaded file not found."],
  160002: [403, "Cannot reply without permission to read message history"],
  160004: [400, "A thread has already been created for this message"],
  160005: [403, "This thread is locked"],
  160006: [400, "Maximum number of active threads reached"],
} as const satisfies Readonly<Record<number, readonly [status: number, message: string]>>;

export type RefusalCode = keyof typeof REFUSALS;

/** Thrown by a route that Discord would not carry out. */
export class Refusal extends Error {
  readonly code: number;
  readonly status: number;
  /** The reply's `errors`, for an invalid form body. */
  readonly errors: Fields | undefined;

  constructor(code: RefusalCode, errors?: Fields) {
    const [status, message] = REFUSALS[code];
    super(message);
    this.code = code;
    this.status = status;
    this.errors = errors;
  }

  body(): Fields {
    const rest = this.errors === undefined ? {} : { errors: this.errors };
    return { message: this.message, code: this.code, ...rest };
  }
}

/** Refuses one field of the body: `invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")`. */
export function invalid(path: string | readonly PropertyKey[], code: string, message: string): Refusal {
  return new Refusal(50035, errorTree([{ path: typeof path === "string" ? path.split(".") : path, code, message }]));
}

export interface FieldError {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
}

/** Errors by path, as Discord nests them: `{ embeds: { 0: { title: { _errors: [{ code, message }] } } } }`. */
export function errorTree(errors: readonly FieldError[]): Fields {
  const root: Fields = {};
  for (const { path, code, message } of errors) {
    let node = root;
    for (const key of path) node = (node[String(key)] ??= {}) as Fields;
    const list = (node["_errors"] ??= []) as Fields[];
    list.push({ code, message });
  }
  return root;
}

/** The refusal with this code as `fail` names it. */
export function refusalNamed(code: string): Refusal {
  if (!(code in REFUSALS)) throw new Error(`the fake Discord knows no error ${code}`);
  return new Refusal(Number(code) as RefusalCode);
}
