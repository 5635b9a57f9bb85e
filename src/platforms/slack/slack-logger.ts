import { LogLevel } from "@slack/bolt";
import type { Log } from "../../core/log.ts";

/** Bolt's logger, which it does not export by itself. */
interface BoltLogger {
  debug(...message: unknown[]): void;
  info(...message: unknown[]): void;
  warn(...message: unknown[]): void;
  error(...message: unknown[]): void;
  setLevel(level: LogLevel): void;
  getLevel(): LogLevel;
  setName(name: string): void;
}

/**
 * What Slack's libraries say of themselves, for debugging: whatever matters of it comes back as an error and is logged by us.
 * Their own debug lines hold request bodies, so they are not written at all.
 */
export function slackLogger(log: Log): BoltLogger {
  const write = (...message: unknown[]): void =>
    log.debug({ detail: message.map(String).join(" ") }, "Slack's library");
  return {
    debug() {},
    info: write,
    warn: write,
    error: write,
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}
