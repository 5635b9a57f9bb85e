import type { App } from "@slack/bolt";
import { addActions } from "./actions/add-actions.ts";
import { addCommands } from "./commands/add-commands.ts";
import { addEvents } from "./events.ts";
import { addHome } from "./home.ts";
import type { SlackParts } from "./slack-parts.ts";

/** Everything Footnote listens to; each in a file of its own. */
export function addListeners(app: App, parts: SlackParts): void {
  addEvents(app, parts);
  addActions(app, parts);
  addCommands(app, parts);
  addHome(app, parts);
}
