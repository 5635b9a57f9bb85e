import type { ReplyAddress } from "./message.ts";
import type { ReplyProgress, ReplySink } from "./reply.ts";

/** A place where people ask. */
export interface Platform {
  /** What its thread ids begin with. */
  readonly name: string;
  start(): Promise<void>;
  /** Takes nothing new from now on; open replies go on. */
  pause(): Promise<void>;
  stop(): Promise<void>;
  /**
   * @param exchange id of the exchange the reply belongs to
   * @param resume what `finish` or the store kept of an earlier attempt
   * @param signal ends all waiting in the sink, with its reason: the reply is left to another process
   */
  openReply(exchange: string, to: ReplyAddress, resume?: ReplyProgress, signal?: AbortSignal): ReplySink;
}
