import { choiceLabel } from "../reply-buttons.ts";
import { toReplyPlace } from "../reply-place.ts";
import type { SlackParts } from "../slack-parts.ts";
import type { Reaction } from "./click.ts";
import { mayChange, type MayChangeParts } from "./may-change.ts";

/** Takes a title that was offered for what the question is about. A second click, or another replica's, finds it done. */
export function choose(parts: Pick<SlackParts, "inbox"> & MayChangeParts): Reaction {
  return async (click, exchange) => {
    const { value, label, tell } = click;
    if (!isDirect(toReplyPlace(exchange.replyTo).channel) && !(await mayChange(exchange, click, parts))) {
      return tell(({ clicks }) => clicks.onlyAskerChooses);
    }
    const subject = exchange.answer?.suggestions[Number(value.detail)];
    if (value.revision === exchange.revision && subject !== undefined) {
      const revised = await parts.inbox.revise(exchange.id, { subject, ifRevision: value.revision });
      if (revised !== undefined) click.dismiss();
    } else if (exchange.subject === undefined || choiceLabel(exchange.subject) !== label) {
      tell(({ clicks }) => clicks.choiceClosed);
    }
  };
}

/** Slack: ids of direct messages begin with D. */
function isDirect(channel: string): boolean {
  return channel.startsWith("D");
}
