import {
  type APIApplicationCommandInteraction,
  GatewayDispatchEvents,
  InteractionContextType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from "discord.js";
import { toFailure } from "../../core/failure.ts";
import type { InboundMessage, ThreadId } from "../../core/message.ts";
import { textsFor } from "../texts.ts";
import { untilAnswered } from "../until-answered.ts";
import { type CommandInput, readCommand } from "./command-input.ts";
import { ARTICLE, ASK, LANGUAGE, PRIVATE, QUESTION, WIKI } from "./command-texts.ts";
import type { DiscordParts } from "./discord-parts.ts";
import type { Listen } from "./dispatches.ts";
import { respondOnly } from "./ephemeral.ts";
import { type AllGuildSettings, type GuildSettings, isAllowedIn, limitOf, mentionsOf } from "./guild-settings.ts";
import { isThreadType } from "./inbound.ts";
import { authorOf, channelsOf, interactionPlace } from "./interaction-place.ts";
import { isLanguageCode } from "./languages.ts";
import { type InteractionPlace, interactionMessageId } from "./reply-place.ts";
import { editResponse, respond } from "./respond.ts";
import { whyNot } from "./take-message.ts";

export const ASK_COMMAND = `${WIKI.name} ${ASK.name}`;

/** How long the store may be away until the asker is told so. */
const PATIENCE_MS = 60_000;

/** `/wiki ask`: deferred at once, then stored like any question. */
export function addAskCommand(
  listen: Listen,
  { api, inbox, stopping, log }: DiscordParts,
  allSettings: AllGuildSettings,
): void {
  listen(GatewayDispatchEvents.InteractionCreate, async (interaction) => {
    const command = readCommand(interaction);
    if (interaction.type !== InteractionType.ApplicationCommand || command?.name !== ASK_COMMAND) return;
    const settings = await allSettings.soon(interaction.guild_id);
    const texts = textsFor(interaction.locale);
    if (!isAllowedIn(settings, channelsOf(interaction))) {
      await respondOnly(api, interaction, texts.hints.onlyIn(mentionsOf(settings.channels)));
      return;
    }
    const isPrivate = command.isOn(PRIVATE.name);
    const data = isPrivate ? { flags: MessageFlags.Ephemeral as const } : {};
    await respond(api, interaction, { type: InteractionResponseType.DeferredChannelMessageWithSource, data });
    try {
      const message = questionOf(interaction, command, settings);
      const perMinute = limitOf(settings, interaction.member?.roles ?? []);
      await untilAnswered(() => inbox.accept(message, perMinute), stopping, { patienceMs: PATIENCE_MS });
    } catch (error) {
      log.warn({ err: error }, "question not stored");
      await editResponse(api, interaction, whyNot(command.text(QUESTION.name) ?? "", toFailure(error), texts));
    }
  });
}

function questionOf(
  interaction: APIApplicationCommandInteraction,
  command: CommandInput,
  settings: GuildSettings,
): InboundMessage {
  const question = command.text(QUESTION.name) ?? "";
  const place = interactionPlace(interaction, { question, isPrivate: command.isOn(PRIVATE.name) });
  const subject = command.text(ARTICLE.name);
  const chosen = command.text(LANGUAGE.name)?.trim().toLowerCase();
  const language = chosen !== undefined && isLanguageCode(chosen) ? chosen : settings.language;
  return {
    id: interactionMessageId(interaction.id),
    thread: threadOf(interaction, place),
    author: authorOf(interaction),
    text: question,
    ...(language !== undefined && { language }),
    ...(subject !== undefined && { subject }),
    replyTo: { ...place },
    receivedAt: new Date(),
  };
}

/** In a thread, and between the two of us, it is one conversation; elsewhere each command begins one, and so does a private one. */
function threadOf({ channel, context }: APIApplicationCommandInteraction, place: InteractionPlace): ThreadId {
  const isShared = isThreadType(channel?.type) || context === InteractionContextType.BotDM;
  const key = isShared && !place.isPrivate ? place.channel : place.interaction;
  return `discord:${place.guild ?? "@me"}:${key}`;
}
