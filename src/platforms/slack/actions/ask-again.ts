import type { SlackParts } from "../slack-parts.ts";
import type { Reaction } from "./click.ts";
import { mayChange } from "./may-change.ts";

/** Puts the same question once more. A second click, or another replica's, finds it done. */
export function askAgain(parts: Pick<SlackParts, "inbox" | "admins">): Reaction {
  return async ({ value, user, tell }, exchange) => {
    if (!mayChange(exchange, user, parts)) {
      return tell("Only the asker can have this looked up again. Mention me to ask it yourself.");
    }
    await parts.inbox.revise(exchange.id, { ifRevision: value.revision });
  };
}
