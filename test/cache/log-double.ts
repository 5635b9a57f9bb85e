import { EventEmitter, once } from "node:events";
import type { Log } from "../../src/core/log.ts";

/** A log that a test can read, and wait for. */
export class LogDouble implements Log {
  readonly lines: { readonly level: string; readonly fields: object; readonly message: string }[] = [];
  readonly #messages = new EventEmitter();

  /** Resolves when this message is logged from now on. */
  async next(message: string): Promise<void> {
    await once(this.#messages, message, { signal: AbortSignal.timeout(10_000) });
  }

  debug(fields: object, message: string): void {
    this.#write("debug", fields, message);
  }

  info(fields: object, message: string): void {
    this.#write("info", fields, message);
  }

  warn(fields: object, message: string): void {
    this.#write("warn", fields, message);
  }

  error(fields: object, message: string): void {
    this.#write("error", fields, message);
  }

  child(): Log {
    return this;
  }

  #write(level: string, fields: object, message: string): void {
    this.lines.push({ level, fields, message });
    this.#messages.emit(message);
  }
}
