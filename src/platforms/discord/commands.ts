import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from "discord.js";
import { ARTICLE, ASK, LANGUAGE, LOOK_UP, PRIVATE, QUESTION, SETTINGS, STATS, WIKI } from "./command-texts.ts";

/** Discord: characters of a text option. */
const MAX_QUESTION = 6_000;

/** In servers and by oneself, in servers, direct messages and groups. */
const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
};

/** All commands, as they are registered. */
export const COMMANDS: RESTPutAPIApplicationCommandsJSONBody = [
  {
    ...WIKI,
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    options: [
      {
        ...ASK,
        type: ApplicationCommandOptionType.Subcommand,
        options: [
          { ...QUESTION, type: ApplicationCommandOptionType.String, required: true, max_length: MAX_QUESTION },
          { ...ARTICLE, type: ApplicationCommandOptionType.String, autocomplete: true },
          { ...LANGUAGE, type: ApplicationCommandOptionType.String, autocomplete: true },
          { ...PRIVATE, type: ApplicationCommandOptionType.Boolean },
        ],
      },
      { ...SETTINGS, type: ApplicationCommandOptionType.Subcommand },
    ],
  },
  { ...STATS, ...EVERYWHERE, type: ApplicationCommandType.ChatInput },
  { ...LOOK_UP, ...EVERYWHERE, type: ApplicationCommandType.Message },
];
