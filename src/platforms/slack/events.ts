import type { App, Context } from "@slack/bolt";
import type { Identity } from "./inbound.ts";
import type { SlackParts } from "./slack-parts.ts";
import { createEventTaker } from "./take-events.ts";

/** What people say where Footnote can hear it. */
export function addEvents(app: App, parts: SlackParts): void {
  const take = createEventTaker(parts);
  app.event("app_mention", ({ event, context }) => take(event, identityOf(context)));
  app.event("message", ({ event, context }) => take(event, identityOf(context)));
}

/** Who Footnote is in the workspace the event came from, as `authorize` said. */
function identityOf({ teamId = "", botUserId = "", botId = "" }: Context): Identity {
  return { team: teamId, user: botUserId, bot: botId };
}
