import type { Exchange } from "../../../core/exchange.ts";
import { toReplyPlace } from "../reply-place.ts";
import type { Click } from "./click.ts";

/** Whether somebody may stop a reply, or have it written again: whoever asked for it, and the server's managers. */
export function mayChange({ author }: Exchange, { person, isManager }: Click): boolean {
  return author.id === person || isManager;
}

/** Whether the reply can only be written with a token that has ended. */
export function isClosed({ replyTo }: Exchange): boolean {
  const place = toReplyPlace(replyTo);
  return place.kind === "interaction" && (place.isPrivate || !place.canPost) && Date.now() >= place.tokenUntil;
}
