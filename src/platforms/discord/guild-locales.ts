import { GatewayDispatchEvents } from "discord.js";
import type { Listen } from "./dispatches.ts";

/** The language a server has chosen, BCP 47; `undefined` for direct messages, and where Discord has not told yet. */
export type LocaleOf = (guild: string | undefined) => string | undefined;

export function followGuildLocales(listen: Listen): LocaleOf {
  const locales = new Map<string, string>();
  const take = async (guild: { readonly id: string; readonly preferred_locale?: string }): Promise<void> => {
    if (guild.preferred_locale !== undefined) locales.set(guild.id, guild.preferred_locale);
  };
  listen(GatewayDispatchEvents.GuildCreate, take);
  listen(GatewayDispatchEvents.GuildUpdate, take);
  return (guild) => locales.get(guild ?? "");
}
