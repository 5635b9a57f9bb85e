import type { DiscordRefusal } from "./discord-error.ts";
import type { DiscordRequest } from "./discord-api.ts";
import type { MessageBody } from "./message-body.ts";
import type { ReplyMessage } from "./reply-progress.ts";

/** How a reply's messages reach their place. Requests that post can be repeated: Discord knows them by their nonce or their address. */
export interface ReplyRoute {
  /** How many messages a reply may have here. */
  readonly maxMessages: number;
  /** Shows that an answer is on its way. `undefined` where Discord shows it by itself. */
  typing(): Promise<DiscordRequest | undefined>;
  /** @param before the reply's messages so far @throws {DiscordRefusal} when there is no place for the message */
  post(body: MessageBody, nonce: string, before: readonly ReplyMessage[]): Promise<DiscordRequest>;
  /** Lists messages where the reply is, after an id; among them may be one that was posted and not noted. `undefined` where Discord lists none. */
  list(after: string): Promise<DiscordRequest | undefined>;
  /** Whether the reply can go another way after this refusal: then the request is made anew. */
  reroute(refusal: DiscordRefusal, before: readonly ReplyMessage[]): boolean;
  edit(message: ReplyMessage, body: MessageBody): DiscordRequest;
  remove(message: ReplyMessage): DiscordRequest;
}
