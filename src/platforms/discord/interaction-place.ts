import {
  type APIApplicationCommandInteraction,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
} from "discord.js";
import { conversationTitle } from "../../core/conversation.ts";
import type { Author } from "../../core/message.ts";
import { isThreadType } from "./inbound.ts";
import type { InteractionPlace } from "./reply-place.ts";

/** Discord: an interaction's token lives for 15 minutes. */
const TOKEN_MS = 14.5 * 60_000;

/** Where the response to a command goes. */
export function interactionPlace(
  interaction: APIApplicationCommandInteraction,
  { question, isPrivate }: { readonly question: string; readonly isPrivate: boolean },
): InteractionPlace {
  return {
    kind: "interaction",
    guild: interaction.guild_id ?? null,
    channel: interaction.channel.id,
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

export function authorOf({ member, user }: Pick<APIApplicationCommandInteraction, "member" | "user">): Author {
  const person = member?.user ?? user;
  return {
    id: `discord:${person?.id ?? ""}`,
    name: member?.nick ?? person?.global_name ?? person?.username ?? "",
  };
}

/** Whether the bot itself, and not only its response, may write here. */
export function canPost(interaction: APIApplicationCommandInteraction): boolean {
  if (interaction.context === InteractionContextType.BotDM) return true;
  const { authorizing_integration_owners: owners, app_permissions: permissions } = interaction;
  return owners[ApplicationIntegrationType.GuildInstall] !== undefined && canWrite(interaction, permissions);
}

/** Whether these permissions, as Discord writes them, let somebody write where the command was used. */
export function canWrite({ channel }: APIApplicationCommandInteraction, permissions: string): boolean {
  const send = isThreadType(channel.type)
    ? PermissionFlagsBits.SendMessagesInThreads
    : PermissionFlagsBits.SendMessages;
  const needed = send | PermissionFlagsBits.ViewChannel;
  return (BigInt(permissions) & needed) === needed;
}

/** The channel a command was used in, and the one it is a thread of. */
export function channelsOf({ channel }: APIApplicationCommandInteraction): readonly (string | undefined)[] {
  const parent = "parent_id" in channel && isThreadType(channel.type) ? channel.parent_id : undefined;
  return [channel.id, parent ?? undefined];
}
