import type { App } from "@slack/bolt";
import type { SlackParts } from "../slack-parts.ts";
import { addLookItUp } from "./look-it-up.ts";
import { addSettings } from "./settings.ts";
import { addWikiCommand } from "./wiki-command.ts";
import { addWikistatsCommand } from "./wikistats-command.ts";

/** What people type, and choose in the menu of a message. */
export function addCommands(app: App, parts: SlackParts): void {
  addWikiCommand(app, parts);
  addWikistatsCommand(app, parts);
  addSettings(app, parts);
  addLookItUp(app, parts);
}
