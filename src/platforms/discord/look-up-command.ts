import {
  type APIApplicationCommandInteraction,
  type APIMessage,
  type APIMessageApplicationCommandInteraction,
  ApplicationCommandType,
  GatewayDispatchEvents,
  InteractionContextType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from "discord.js";
import { conversationTitle } from "../../core/conversation.ts";
import { toFailure } from "../../core/failure.ts";
import type { ThreadId } from "../../core/message.ts";
import { saysSomething } from "../question-text.ts";
import { textsFor } from "../texts.ts";
import { untilAnswered } from "../until-answered.ts";
import { LOOK_UP } from "./command-texts.ts";
import type { DiscordParts, Identity } from "./discord-parts.ts";
import type { Dispatches, Listen } from "./dispatches.ts";
import { respondOnly } from "./ephemeral.ts";
import { type AllGuildSettings, type GuildSettings, isAllowedIn, limitOf, mentionsOf } from "./guild-settings.ts";
import { CAN_HAVE_THREADS, isThreadType } from "./inbound.ts";
import { authorOf, canPost, canWrite, channelsOf, interactionPlace } from "./interaction-place.ts";
import { toPlainText } from "./plain-text.ts";
import { interactionMessageId, type MessagePlace, type ReplyPlace } from "./reply-place.ts";
import { editResponse, respond } from "./respond.ts";
import { whyNot } from "./take-message.ts";

/** How long the store may be away until whoever asks is told so. */
const PATIENCE_MS = 60_000;

/**
 * The command in every message's menu: what the message says is looked up below it, as if somebody had mentioned Footnote there; for
 * whoever asks alone, where they or Footnote may not write.
 */
export function addLookUpCommand(listen: Listen, parts: DiscordParts, allSettings: AllGuildSettings): void {
  const { api, inbox, identity, stopping, log } = parts;

  listen(GatewayDispatchEvents.InteractionCreate, async (interaction) => {
    if (!isLookUp(interaction)) return;
    const target = interaction.data.resolved.messages[interaction.data.target_id];
    const { hints } = textsFor(interaction.locale);
    const text = target === undefined ? "" : textOf(target, await identity);
    if (target === undefined || !saysSomething(text)) {
      await respondOnly(api, interaction, hints.nothingToLookUp);
      return;
    }
    const settings = await allSettings.soon(interaction.guild_id);
    if (!isAllowedIn(settings, channelsOf(interaction))) {
      await respondOnly(api, interaction, hints.onlyIn(mentionsOf(settings.channels)));
      return;
    }
    const response = {
      type: InteractionResponseType.DeferredChannelMessageWithSource,
      data: { flags: MessageFlags.Ephemeral },
    } as const;
    await respond(api, interaction, response);
    await lookUp(interaction, { target, text, settings });
  });

  async function lookUp(interaction: APIMessageApplicationCommandInteraction, asked: Asked): Promise<void> {
    const texts = textsFor(interaction.locale);
    const perMinute = limitOf(asked.settings, interaction.member?.roles ?? []);
    try {
      const message = questionOf(interaction, asked);
      await untilAnswered(() => inbox.accept(message, perMinute), stopping, { patienceMs: PATIENCE_MS });
      // The answer itself takes the place of the response where nobody else is to see it.
      if (isOpen(interaction)) await editResponse(api, interaction, texts.hints.lookingUp);
    } catch (error) {
      log.warn({ err: error }, "message not looked up");
      await editResponse(api, interaction, whyNot(asked.text, toFailure(error), texts));
    }
  }
}

interface Asked {
  readonly target: APIMessage;
  readonly text: string;
  readonly settings: GuildSettings;
}

function isLookUp(
  interaction: Dispatches[GatewayDispatchEvents.InteractionCreate],
): interaction is APIMessageApplicationCommandInteraction {
  return (
    interaction.type === InteractionType.ApplicationCommand &&
    interaction.data.type === ApplicationCommandType.Message &&
    interaction.data.name === LOOK_UP.name
  );
}

function questionOf(interaction: APIMessageApplicationCommandInteraction, { target, text, settings }: Asked) {
  const place: ReplyPlace = isOpen(interaction)
    ? placeBelow(interaction, { target, text, settings })
    : interactionPlace(interaction, { question: text, isPrivate: true });
  return {
    id: interactionMessageId(interaction.id),
    thread: threadOf(interaction, place),
    author: authorOf(interaction),
    text,
    ...(settings.language !== undefined && { language: settings.language }),
    replyTo: { ...place },
    receivedAt: new Date(),
  };
}

function threadOf(interaction: APIApplicationCommandInteraction, place: ReplyPlace): ThreadId {
  const guild = place.guild ?? "@me";
  if (place.kind === "interaction") return `discord:${guild}:${place.interaction}`;
  const isShared = isThreadType(interaction.channel.type) || place.guild === null;
  return `discord:${guild}:${isShared ? place.channel : place.question}`;
}

/** Below the message, where a mention would be answered. */
function placeBelow(interaction: APIApplicationCommandInteraction, { target, text, settings }: Asked): MessagePlace {
  const canHaveThread = CAN_HAVE_THREADS.includes(interaction.channel.type);
  return {
    kind: "message",
    guild: interaction.guild_id ?? null,
    channel: interaction.channel.id,
    question: target.id,
    repliedTo: null,
    mode: canHaveThread ? settings.answers : "reply",
    threadName: conversationTitle(text),
    user: authorOf(interaction).id.slice("discord:".length),
    isAddressed: true,
    isRemark: false,
    locale: interaction.locale,
  };
}

/** Whether both whoever asks and Footnote may write here. */
function isOpen(interaction: APIApplicationCommandInteraction): boolean {
  if (!canPost(interaction)) return false;
  const { context, member } = interaction;
  return (
    context === InteractionContextType.BotDM || (member !== undefined && canWrite(interaction, member.permissions))
  );
}

/** Without the mention of Footnote. Other apps often say all they have to say in embeds. */
function textOf(message: APIMessage, { user }: Identity): string {
  const embedded = message.embeds.flatMap(({ title, description }) => [title ?? "", description ?? ""]).join("\n");
  const content = message.content.trim() === "" ? embedded : message.content;
  return toPlainText({ ...message, content: content.replaceAll(new RegExp(`<@!?${user}>`, "g"), " ") }).trim();
}
