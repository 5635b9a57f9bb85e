import { OAuth2Scopes, PermissionFlagsBits, RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import { Failure } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import { createDiscordApi } from "./discord-api.ts";
import { DiscordRefusal } from "./discord-error.ts";

/** What Footnote does in a server, and nothing more. */
const PERMISSIONS = [
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.CreatePublicThreads,
  PermissionFlagsBits.SendMessagesInThreads,
  // Sources below an answer, the chart of `/wikistats`, replies to what people wrote.
  PermissionFlagsBits.EmbedLinks,
  PermissionFlagsBits.AttachFiles,
  PermissionFlagsBits.ReadMessageHistory,
];
const SCOPES = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands];

const applicationSchema = z.object({ id: z.string(), name: z.string() });

/**
 * Where somebody who manages a server adds Footnote to it.
 * @throws {Failure} `invalid-config` when Discord refuses the token, `delivery-failed` when it cannot be reached
 */
export async function inviteLink(options: {
  readonly token: string;
  readonly apiUrl: string;
  readonly log: Log;
}): Promise<{ readonly name: string; readonly link: string }> {
  const api = createDiscordApi({ ...options, onRevoked: () => undefined });
  try {
    const found = await api.once({ method: RequestMethod.Get, path: Routes.currentApplication() });
    const { id, name } = applicationSchema.parse(found);
    return { name, link: linkTo(id) };
  } catch (error) {
    if (error instanceof DiscordRefusal) {
      throw new Failure("invalid-config", "DISCORD_TOKEN: Discord refuses it", { cause: error });
    }
    throw new Failure("delivery-failed", "Discord cannot be reached", { cause: error });
  }
}

function linkTo(application: string): string {
  const query = new URLSearchParams({
    client_id: application,
    scope: SCOPES.join(" "),
    permissions: String(PERMISSIONS.reduce((all, one) => all | one, 0n)),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}
