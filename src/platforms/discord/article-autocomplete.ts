import { GatewayDispatchEvents, InteractionResponseType, InteractionType } from "discord.js";
import { ASK_COMMAND } from "./ask-command.ts";
import { readCommand } from "./command-input.ts";
import { ARTICLE } from "./command-texts.ts";
import type { DiscordParts } from "./discord-parts.ts";
import type { Listen } from "./dispatches.ts";
import { respond } from "./respond.ts";

/** Discord: choices, and characters of each. */
const MAX_CHOICES = 25;
const MAX_LENGTH = 100;
/** Of the 3 s Discord waits, some are for the way. */
const LIMIT_MS = 2_000;

/** Titles of articles while somebody types; none when the wiki is late or away. */
export function addArticleAutocomplete(listen: Listen, { api, suggest, log }: DiscordParts): void {
  listen(GatewayDispatchEvents.InteractionCreate, async (interaction) => {
    const command = readCommand(interaction);
    if (interaction.type !== InteractionType.ApplicationCommandAutocomplete || command?.name !== ASK_COMMAND) return;
    const { option, text } = command.focused ?? {};
    const titles = option === ARTICLE.name ? await titlesLike(text?.trim() ?? "") : [];
    const choices = titles
      .filter((title) => title.length <= MAX_LENGTH)
      .slice(0, MAX_CHOICES)
      .map((title) => ({ name: title, value: title }));
    await respond(api, interaction, {
      type: InteractionResponseType.ApplicationCommandAutocompleteResult,
      data: { choices },
    });
  });

  async function titlesLike(prefix: string): Promise<readonly string[]> {
    if (prefix === "" || suggest === undefined) return [];
    const signal = AbortSignal.timeout(LIMIT_MS);
    const late = new Promise<readonly string[]>((resolve) => signal.addEventListener("abort", () => resolve([])));
    return Promise.race([late, suggest(prefix, signal)]).catch((error: unknown) => {
      log.debug({ err: error }, "no titles");
      return [];
    });
  }
}
