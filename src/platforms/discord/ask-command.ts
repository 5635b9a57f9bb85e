import {
  type APIApplicationCommandInteraction,
  ApplicationIntegrationType,
  GatewayDispatchEvents,
  InteractionContextType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  PermissionFlagsBits,
} from "discord.js";
import { conversationTitle } from "../../core/conversation.ts";
import { toFailure } from "../../core/failure.ts";
import type { InboundMessage, ThreadId } from "../../core/message.ts";
import { textsFor } from "../texts.ts";
import { untilAnswered } from "../until-answered.ts";
import { type CommandInput, readCommand } from "./command-input.ts";
import { ARTICLE, ASK, LANGUAGE, PRIVATE, QUESTION, WIKI } from "./command-texts.ts";
import type { DiscordParts } from "./discord-parts.ts";
import type { Listen } from "./dispatches.ts";
import { isThreadType } from "./inbound.ts";
import { isLanguageCode } from "./languages.ts";
import { type InteractionPlace, interactionMessageId } from "./reply-place.ts";
import { editResponse, respond } from "./respond.ts";
import { whyNot } from "./take-message.ts";

export const ASK_COMMAND = `${WIKI.name} ${ASK.name}`;

/** Discord: an interaction's token lives for 15 minutes. */
const TOKEN_MS = 14.5 * 60_000;
/** How long the store may be away until the asker is told so. */
const PATIENCE_MS = 60_000;

/** `/wiki ask`: deferred at once, then stored like any question. */
export function addAskCommand(listen: Listen, { api, inbox, stopping, log }: DiscordParts): void {
  listen(GatewayDispatchEvents.InteractionCreate, async (interaction) => {
    const command = readCommand(interaction);
    if (interaction.type !== InteractionType.ApplicationCommand || command?.name !== ASK_COMMAND) return;
    const isPrivate = command.isOn(PRIVATE.name);
    const data = isPrivate ? { flags: MessageFlags.Ephemeral as const } : {};
    await respond(api, interaction, { type: InteractionResponseType.DeferredChannelMessageWithSource, data });
    try {
      const message = questionOf(interaction, command);
      await untilAnswered(() => store(message, command.text(ARTICLE.name)), stopping, { patienceMs: PATIENCE_MS });
    } catch (error) {
      log.warn({ err: error }, "question not stored");
      await editResponse(
        api,
        interaction,
        whyNot(command.text(QUESTION.name) ?? "", toFailure(error), textsFor(interaction.locale)),
      );
    }
  });

  async function store(message: InboundMessage, subject: string | undefined): Promise<void> {
    const { exchange, isNew } = await inbox.accept(message);
    if (isNew && subject !== undefined) await inbox.revise(exchange.id, { subject });
  }
}

function questionOf(interaction: APIApplicationCommandInteraction, command: CommandInput): InboundMessage {
  const question = command.text(QUESTION.name) ?? "";
  const place = placeOf(interaction, { question, isPrivate: command.isOn(PRIVATE.name) });
  const language = command.text(LANGUAGE.name)?.trim().toLowerCase();
  const user = interaction.member?.user ?? interaction.user;
  return {
    id: interactionMessageId(interaction.id),
    thread: threadOf(interaction, place),
    author: {
      id: `discord:${place.user}`,
      name: interaction.member?.nick ?? user?.global_name ?? user?.username ?? "",
    },
    text: question,
    ...(language !== undefined && isLanguageCode(language) && { language }),
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

function placeOf(
  interaction: APIApplicationCommandInteraction,
  { question, isPrivate }: { readonly question: string; readonly isPrivate: boolean },
): InteractionPlace {
  return {
    kind: "interaction",
    guild: interaction.guild_id ?? null,
    channel: interaction.channel?.id ?? "",
    application: interaction.application_id,
    interaction: interaction.id,
    token: interaction.token,
    tokenUntil: Date.now() + TOKEN_MS,
    title: conversationTitle(question),
    isPrivate,
    canPost: canPost(interaction),
    user: (interaction.member?.user ?? interaction.user)?.id ?? "",
    locale: interaction.locale,
  };
}

/** Whether the bot itself, and not only its response, may write here. */
function canPost({
  context,
  channel,
  app_permissions,
  authorizing_integration_owners: owners,
}: APIApplicationCommandInteraction): boolean {
  if (context === InteractionContextType.BotDM) return true;
  if (owners[ApplicationIntegrationType.GuildInstall] === undefined) return false;
  const send = isThreadType(channel?.type)
    ? PermissionFlagsBits.SendMessagesInThreads
    : PermissionFlagsBits.SendMessages;
  const needed = send | PermissionFlagsBits.ViewChannel;
  return (BigInt(app_permissions) & needed) === needed;
}
