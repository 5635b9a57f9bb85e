import {
  type APIMessageComponentInteraction,
  GatewayDispatchEvents,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  PermissionFlagsBits,
} from "discord.js";
import { toFailure } from "../../core/failure.ts";
import { gatherFigures } from "../figures.ts";
import { textsFor } from "../texts.ts";
import { readCommand } from "./command-input.ts";
import { STATS } from "./command-texts.ts";
import type { DiscordParts } from "./discord-parts.ts";
import type { Dispatches, Listen } from "./dispatches.ts";
import { respondOnly } from "./ephemeral.ts";
import { memberOf } from "./member.ts";
import { editResponse, respond } from "./respond.ts";
import { CLEAR, CLEAR_NO, CLEAR_YES, clearButton, confirmation, statsMessage } from "./stats-message.ts";

type Interaction = Exclude<
  Dispatches[GatewayDispatchEvents.InteractionCreate],
  { readonly type: InteractionType.Ping }
>;

/** `/wikistats`, for whoever asks alone, and its buttons. */
export function addStatsCommand(listen: Listen, parts: DiscordParts): void {
  const { api, cache, stats, log } = parts;

  listen(GatewayDispatchEvents.InteractionCreate, async (interaction) => {
    if (interaction.type === InteractionType.MessageComponent) return react(interaction);
    if (interaction.type !== InteractionType.ApplicationCommand || readCommand(interaction)?.name !== STATS.name)
      return;
    const response = {
      type: InteractionResponseType.DeferredChannelMessageWithSource,
      data: { flags: MessageFlags.Ephemeral },
    } as const;
    if (await respond(api, interaction, response)) await show(interaction);
  });

  async function react(interaction: APIMessageComponentInteraction): Promise<void> {
    const { custom_id: id } = interaction.data;
    const texts = textsFor(interaction.locale);
    if (id !== CLEAR && id !== CLEAR_YES && id !== CLEAR_NO) return;
    if (id === CLEAR_NO) return update(interaction, { content: "", components: clearButton(texts) });
    // Who may is asked again: a click proves nothing.
    if (!memberOf(interaction, parts).isManager) {
      await respondOnly(api, interaction, texts.onlyManagers);
      return;
    }
    if (id === CLEAR) return update(interaction, confirmation(texts));
    // Of several replicas the first alone clears it.
    if (!(await respond(api, interaction, { type: InteractionResponseType.DeferredMessageUpdate }))) return;
    await clear(interaction);
  }

  async function update(interaction: Interaction, change: ReturnType<typeof confirmation>): Promise<void> {
    await respond(api, interaction, { type: InteractionResponseType.UpdateMessage, data: change });
  }

  async function clear(interaction: Interaction): Promise<void> {
    const texts = textsFor(interaction.locale);
    try {
      const entries = await cache.clear();
      log.info({ person: memberOf(interaction, parts).person, entries }, "cache cleared");
      await show(interaction, texts.stats.cleared(entries));
    } catch (error) {
      log.warn({ err: error }, "cache not cleared");
      await editResponse(api, interaction, { content: texts.apology(toFailure(error).kind) });
    }
  }

  async function show(interaction: Interaction, note?: string): Promise<void> {
    const { body, files } = statsMessage(await gatherFigures(stats), {
      canAttach: (BigInt(interaction.app_permissions) & PermissionFlagsBits.AttachFiles) !== 0n,
      mayClear: memberOf(interaction, parts).isManager,
      ...(note !== undefined && { note }),
      texts: textsFor(interaction.locale),
    });
    await editResponse(api, interaction, body, files);
  }
}
