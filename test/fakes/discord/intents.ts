import type { GatewayEvent } from "./gateway.ts";

/** Docs, *Gateway intents*. */
export const INTENT = {
  GUILDS: 1 << 0,
  GUILD_MEMBERS: 1 << 1,
  GUILD_PRESENCES: 1 << 8,
  GUILD_MESSAGES: 1 << 9,
  GUILD_MESSAGE_TYPING: 1 << 11,
  DIRECT_MESSAGES: 1 << 12,
  DIRECT_MESSAGE_TYPING: 1 << 14,
  MESSAGE_CONTENT: 1 << 15,
} as const;

/** All there are: 0 to 16, 20, 21, 24 and 25. */
const KNOWN = ((1 << 17) - 1) | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);

/** What an event needs to be heard of, in guilds and in direct messages; an event that is not here needs nothing. */
const NEEDED: Readonly<Record<string, { readonly guild: number; readonly direct: number }>> = {
  GUILD_CREATE: { guild: INTENT.GUILDS, direct: 0 },
  GUILD_UPDATE: { guild: INTENT.GUILDS, direct: 0 },
  GUILD_DELETE: { guild: INTENT.GUILDS, direct: 0 },
  GUILD_ROLE_CREATE: { guild: INTENT.GUILDS, direct: 0 },
  GUILD_MEMBER_ADD: { guild: INTENT.GUILD_MEMBERS, direct: 0 },
  CHANNEL_CREATE: { guild: INTENT.GUILDS, direct: 0 },
  CHANNEL_UPDATE: { guild: INTENT.GUILDS, direct: 0 },
  CHANNEL_DELETE: { guild: INTENT.GUILDS, direct: 0 },
  CHANNEL_PINS_UPDATE: { guild: INTENT.GUILDS, direct: INTENT.DIRECT_MESSAGES },
  THREAD_CREATE: { guild: INTENT.GUILDS, direct: 0 },
  THREAD_UPDATE: { guild: INTENT.GUILDS, direct: 0 },
  THREAD_DELETE: { guild: INTENT.GUILDS, direct: 0 },
  THREAD_MEMBERS_UPDATE: { guild: INTENT.GUILDS, direct: 0 },
  MESSAGE_CREATE: { guild: INTENT.GUILD_MESSAGES, direct: INTENT.DIRECT_MESSAGES },
  MESSAGE_UPDATE: { guild: INTENT.GUILD_MESSAGES, direct: INTENT.DIRECT_MESSAGES },
  MESSAGE_DELETE: { guild: INTENT.GUILD_MESSAGES, direct: INTENT.DIRECT_MESSAGES },
  TYPING_START: { guild: INTENT.GUILD_MESSAGE_TYPING, direct: INTENT.DIRECT_MESSAGE_TYPING },
};

export function areKnown(intents: number): boolean {
  return (intents & ~KNOWN) === 0;
}

export function isHeard({ name, guild }: GatewayEvent, intents: number): boolean {
  const needed = NEEDED[name];
  if (needed === undefined) return true;
  return (intents & (guild === undefined ? needed.direct : needed.guild)) !== 0;
}
