import { addAnswerActions } from "./actions/answer-actions.ts";
import { addAskAutocomplete } from "./ask-autocomplete.ts";
import { addAskCommand } from "./ask-command.ts";
import type { DiscordParts } from "./discord-parts.ts";
import type { Listen } from "./dispatches.ts";
import { createGuildSettings } from "./guild-settings.ts";
import { addLookUpCommand } from "./look-up-command.ts";
import { addMessages } from "./messages.ts";
import { addSettingsCommand } from "./settings-command.ts";
import { addStatsCommand } from "./stats-command.ts";

/** Everything Footnote listens to; each in a file of its own. */
export function addListeners(listen: Listen, parts: DiscordParts): void {
  const settings = createGuildSettings(parts);
  addMessages(listen, parts, settings);
  addAskCommand(listen, parts, settings);
  addLookUpCommand(listen, parts, settings);
  addSettingsCommand(listen, parts, settings);
  addAskAutocomplete(listen, parts, settings);
  addAnswerActions(listen, parts);
  addStatsCommand(listen, parts);
}
