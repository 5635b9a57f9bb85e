import type { Exchange, Said } from "./exchange.ts";
import type { ReplySink } from "./reply.ts";

/** What a platform must know of an exchange to write its reply. */
export type ReplyTarget = Pick<Exchange, "id" | "revision" | "replyTo" | "progress">;

/** A place where people ask. */
export interface Platform {
  /** What its thread ids begin with. */
  readonly name: string;
  start(): Promise<void>;
  /** Takes nothing new from now on; open replies go on. */
  pause(): Promise<void>;
  stop(): Promise<void>;
  /**
   * The reply to this exchange, from where its progress left it. Messages of an earlier revision take the new answer.
   * @param signal ends all waiting in the sink, with its reason: the reply is left to another process, or to the next revision
   */
  openReply(exchange: ReplyTarget, signal?: AbortSignal): ReplySink;
  /**
   * What was said in the thread before its first question; `undefined` when the question began the thread. Asked once per thread.
   * @throws {Failure} when it cannot be read now: the question is answered without it
   */
  readContext?(exchange: Exchange, signal: AbortSignal): Promise<readonly Said[] | undefined>;
}
