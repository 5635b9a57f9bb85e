import type { SlackParts } from "../slack-parts.ts";
import type { Reaction } from "./click.ts";
import { mayChange, type MayChangeParts } from "./may-change.ts";

/** Puts the same question once more. A second click, or another replica's, finds it done. */
export function askAgain(parts: Pick<SlackParts, "inbox"> & MayChangeParts): Reaction {
  return async (click, exchange) => {
    if (!(await mayChange(exchange, click, parts))) {
      return click.tell(({ clicks }) => clicks.onlyAskerAsksAgain);
    }
    const revised = await parts.inbox.revise(exchange.id, { ifRevision: click.value.revision });
    if (revised !== undefined) click.dismiss();
  };
}
