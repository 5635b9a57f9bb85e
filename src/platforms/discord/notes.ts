import type { Log } from "../../core/log.ts";
import { postIn } from "./channel-messages.ts";
import type { DiscordApi } from "./discord-api.ts";
import { bodyOf, NO_TAIL, nonceOf } from "./message-body.ts";
import type { MessagePlace } from "./reply-place.ts";

/** Replies to a message that is no question, in the background: nothing is lost with it. One that is told of again gets no second reply. */
export type TellNote = (place: MessagePlace, text: string) => void;

export function createNotes({ api, log }: { readonly api: DiscordApi; readonly log: Log }): TellNote {
  return ({ channel, question }, text) => {
    api
      .again(postIn(channel, bodyOf(text, NO_TAIL), nonceOf(question, 0), question))
      .catch((error: unknown) => log.warn({ err: error, channel }, "note not delivered"));
  };
}
