import { isDeepStrictEqual } from "node:util";
import { RequestMethod, Routes } from "discord.js";
import { COMMANDS } from "./commands.ts";
import type { DiscordApi } from "./discord-api.ts";

/**
 * Makes Discord's list of commands ours, where it is another: in one server, where they show at once, or everywhere.
 * @returns whether there was anything to change @throws {DiscordRefusal}
 */
export async function registerCommands(options: {
  readonly api: DiscordApi;
  readonly application: string;
  readonly guildId: string | undefined;
  readonly signal: AbortSignal;
}): Promise<boolean> {
  const { api, application, guildId, signal } = options;
  const path =
    guildId === undefined
      ? Routes.applicationCommands(application)
      : Routes.applicationGuildCommands(application, guildId);
  const query = { with_localizations: "true" };
  const registered = await api.again({ method: RequestMethod.Get, path, query }, signal);
  if (isDeepStrictEqual(inEssence(registered), inEssence(COMMANDS))) return false;
  await api.again({ method: RequestMethod.Put, path, body: COMMANDS }, signal);
  return true;
}

/** Discord adds these; where commands are used is told of global ones only. */
const ADDED: readonly string[] = ["id", "application_id", "guild_id", "version", "nsfw", "dm_permission", "handler"];
/** Lists whose order says nothing. */
const UNORDERED: readonly string[] = ["contexts", "integration_types"];

/** What makes up a list of commands, without what Discord adds or leaves out when it is false, or empty. */
function inEssence(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => inEssence(item));
    return UNORDERED.includes(key) ? items.toSorted((a, b) => Number(a) - Number(b)) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name, field]) => !ADDED.includes(name) && !isNothing(field))
    .map(([name, field]) => [name, inEssence(field, name)]);
  return Object.fromEntries(entries);
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
