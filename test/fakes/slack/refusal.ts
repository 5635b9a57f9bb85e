import type { Fields } from "./entities.ts";

/** Thrown by a method that Slack would not carry out; its `code` is what the reply's `error` says. */
export class Refusal extends Error {
  readonly code: string;
  /** Fields of the reply beside `ok` and `error`. */
  readonly reply: Fields;

  constructor(code: string, detail = "", reply: Fields = {}) {
    super(detail);
    this.code = code;
    this.reply = reply;
  }
}
