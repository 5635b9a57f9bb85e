import {
  type APIApplicationCommandAutocompleteInteraction,
  GatewayDispatchEvents,
  InteractionResponseType,
  InteractionType,
} from "discord.js";
import { ASK_COMMAND } from "./ask-command.ts";
import { type CommandInput, readCommand } from "./command-input.ts";
import { ARTICLE, LANGUAGE } from "./command-texts.ts";
import type { DiscordParts } from "./discord-parts.ts";
import type { Listen } from "./dispatches.ts";
import type { AllGuildSettings } from "./guild-settings.ts";
import { languagesLike } from "./languages.ts";
import { respond } from "./respond.ts";

/** Discord: choices, and characters of each. */
const MAX_CHOICES = 25;
const MAX_LENGTH = 100;
/** Of the 3 s Discord waits, some are for the way. */
const LIMIT_MS = 2_000;

interface Choice {
  readonly name: string;
  readonly value: string;
}

/** Titles of articles and names of languages while somebody types; no titles when the wiki is late or away. */
export function addAskAutocomplete(
  listen: Listen,
  { api, suggest, log }: DiscordParts,
  settings: AllGuildSettings,
): void {
  listen(GatewayDispatchEvents.InteractionCreate, async (interaction) => {
    const command = readCommand(interaction);
    if (interaction.type !== InteractionType.ApplicationCommandAutocomplete || command?.name !== ASK_COMMAND) return;
    const found = await choicesFor(command, interaction);
    const choices = found.filter(({ value }) => value.length <= MAX_LENGTH).slice(0, MAX_CHOICES);
    const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
    // Whoever types on is asked for again: nothing is lost with it.
    await respond(api, interaction, { type, data: { choices } }).catch((error: unknown) => {
      log.debug({ err: error }, "titles came too late");
    });
  });

  async function choicesFor(
    command: CommandInput,
    { locale, guild_id: guild }: Pick<APIApplicationCommandAutocompleteInteraction, "locale" | "guild_id">,
  ): Promise<Choice[]> {
    const { option, text = "" } = command.focused ?? {};
    if (option === LANGUAGE.name) return languagesLike(text, locale).map(({ code, name }) => ({ name, value: code }));
    if (option !== ARTICLE.name) return [];
    const language = command.text(LANGUAGE.name) ?? (await settings.soon(guild)).language;
    const titles = await titlesLike(text.trim(), language);
    return titles.map((title) => ({ name: title, value: title }));
  }

  async function titlesLike(prefix: string, language: string | undefined): Promise<readonly string[]> {
    if (prefix === "" || suggest === undefined) return [];
    const signal = AbortSignal.timeout(LIMIT_MS);
    const late = new Promise<readonly string[]>((resolve) => signal.addEventListener("abort", () => resolve([])));
    return Promise.race([late, suggest(prefix, language, signal)]).catch((error: unknown) => {
      log.debug({ err: error }, "no titles");
      return [];
    });
  }
}
