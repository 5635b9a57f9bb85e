import type { Channel, Guild, Member } from "./entities.ts";

/** Docs, *Permissions*; those that change what Footnote can do. */
export const PERMISSION = {
  KICK_MEMBERS: 1n << 1n,
  ADMINISTRATOR: 1n << 3n,
  MANAGE_CHANNELS: 1n << 4n,
  MANAGE_GUILD: 1n << 5n,
  ADD_REACTIONS: 1n << 6n,
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  MANAGE_MESSAGES: 1n << 13n,
  EMBED_LINKS: 1n << 14n,
  ATTACH_FILES: 1n << 15n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  MENTION_EVERYONE: 1n << 17n,
  CONNECT: 1n << 20n,
  USE_APPLICATION_COMMANDS: 1n << 31n,
  MANAGE_THREADS: 1n << 34n,
  CREATE_PUBLIC_THREADS: 1n << 35n,
  CREATE_PRIVATE_THREADS: 1n << 36n,
  SEND_MESSAGES_IN_THREADS: 1n << 38n,
} as const;

export type Permission = keyof typeof PERMISSION;

/** What Discord gives `@everyone` in a new guild, as far as it is known here. */
export const USUAL: readonly Permission[] = [
  "ADD_REACTIONS",
  "VIEW_CHANNEL",
  "SEND_MESSAGES",
  "EMBED_LINKS",
  "ATTACH_FILES",
  "READ_MESSAGE_HISTORY",
  "CONNECT",
  "USE_APPLICATION_COMMANDS",
  "CREATE_PUBLIC_THREADS",
  "SEND_MESSAGES_IN_THREADS",
];

const ALL = (1n << 53n) - 1n;

export function bitsOf(permissions: readonly Permission[]): bigint {
  return permissions.reduce((bits, permission) => bits | PERMISSION[permission], 0n);
}

/** What a member may do in a channel of the guild (docs, *Permission overwrites*); for a thread give its parent. */
export function permissionsIn(guild: Guild, member: Member | undefined, channel?: Channel): bigint {
  if (member === undefined) return 0n;
  if (guild.owner === member.user) return ALL;
  const roles = [guild.id, ...member.roles];
  const base = roles.reduce((bits, role) => bits | (guild.roles.get(role)?.permissions ?? 0n), 0n);
  if ((base & PERMISSION.ADMINISTRATOR) !== 0n) return ALL;
  if (channel === undefined) return base;
  const everyone = channel.overwrites.filter(({ id }) => id === guild.id);
  const byRole = channel.overwrites.filter(({ id, type }) => type === 0 && id !== guild.id && member.roles.has(id));
  const byMember = channel.overwrites.filter(({ id, type }) => type === 1 && id === member.user);
  const granted = [everyone, byRole, byMember].reduce((bits, overwrites) => {
    const denied = overwrites.reduce((all, { deny }) => all | deny, 0n);
    const allowed = overwrites.reduce((all, { allow }) => all | allow, 0n);
    return (bits & ~denied) | allowed;
  }, base);
  return withImplied(granted, channel);
}

/** Who cannot see a channel can do nothing there, and who cannot connect to a voice channel cannot read along either. */
function withImplied(granted: bigint, channel: Channel): bigint {
  if ((granted & PERMISSION.VIEW_CHANNEL) === 0n) return 0n;
  const isVoice = channel.kind === "voice" || channel.kind === "stage";
  if (isVoice && (granted & PERMISSION.CONNECT) === 0n) return PERMISSION.VIEW_CHANNEL;
  return granted;
}
