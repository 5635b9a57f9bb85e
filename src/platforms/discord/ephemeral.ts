import { type APIInteraction, InteractionResponseType, MessageFlags, RequestMethod, Routes } from "discord.js";
import type { DiscordApi } from "./discord-api.ts";
import { bodyOf, type MessageBody, NO_TAIL } from "./message-body.ts";
import { respond } from "./respond.ts";

type Interaction = Pick<APIInteraction, "id" | "token" | "application_id">;

/** The first response to an interaction, seen by whoever began it and nobody else. @throws as `respond` */
export function respondOnly(
  api: DiscordApi,
  interaction: Interaction,
  message: string | MessageBody,
): Promise<boolean> {
  return respond(api, interaction, {
    type: InteractionResponseType.ChannelMessageWithSource,
    data: ephemeral(typeof message === "string" ? bodyOf(message, NO_TAIL) : message),
  });
}

/** A further message for the same eyes. Not sent again when Discord is silent, as it might come twice. @throws {DiscordRefusal} @throws {Silence} */
export async function followUpOnly(
  api: DiscordApi,
  { application_id: application, token }: Interaction,
  message: MessageBody,
): Promise<void> {
  const path = Routes.webhook(application, token);
  await api.once({ method: RequestMethod.Post, path, body: ephemeral(message), isKeyless: true });
}

function ephemeral({ embeds, components, ...body }: MessageBody) {
  return { ...body, embeds: [...embeds], components: [...components], flags: body.flags | MessageFlags.Ephemeral };
}
