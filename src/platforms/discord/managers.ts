import { PermissionFlagsBits, RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import type { Log } from "../../core/log.ts";
import type { DiscordApi } from "./discord-api.ts";

/** Whether somebody manages the server, or everything here (`ADMINS`). False where Discord does not tell. */
export type IsManager = (guild: string | null, user: string) => Promise<boolean>;

const guildSchema = z.object({
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: z.string() })),
});
const memberSchema = z.object({ roles: z.array(z.string()) });

/** For messages, which do not say what their author may do. */
export function createManagers(parts: {
  readonly api: DiscordApi;
  readonly admins: ReadonlySet<string>;
  readonly log: Log;
}): IsManager {
  const { api, admins, log } = parts;

  async function manages(guild: string, user: string): Promise<boolean> {
    const { owner_id: owner, roles } = guildSchema.parse(await get(Routes.guild(guild)));
    if (owner === user) return true;
    const member = memberSchema.parse(await get(Routes.guildMember(guild, user)));
    // The role of everybody has the server's id.
    const theirs = roles.filter(({ id }) => id === guild || member.roles.includes(id));
    return theirs.some(({ permissions }) => canManage(permissions));
  }

  const get = (path: `/${string}`): Promise<object> => api.once({ method: RequestMethod.Get, path });

  return async (guild, user) => {
    if (admins.has(`discord:${user}`)) return true;
    if (guild === null) return false;
    try {
      return await manages(guild, user);
    } catch (error) {
      log.info({ err: error, guild }, "not known who manages the server");
      return false;
    }
  };
}

/** @param permissions bits, as Discord writes them: a decimal number */
export function canManage(permissions: string): boolean {
  return (BigInt(permissions) & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n;
}
