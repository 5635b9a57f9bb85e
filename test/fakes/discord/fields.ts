import { CHANNEL_TYPE, MESSAGE_TYPE } from "./entities.ts";
import type { Channel, Fields, Guild, Member, Role, User } from "./entities.ts";
import { bitsOf, USUAL } from "./permissions.ts";
import type { World } from "./world.ts";

/** How the API and the gateway write what there is. */

export function userFields({ id, name, isBot }: User): Fields {
  return {
    id,
    username: name,
    global_name: isBot ? null : name,
    discriminator: isBot ? "0001" : "0",
    avatar: null,
    bot: isBot,
    public_flags: 0,
  };
}

export function memberFields({ user, roles, joinedAt }: Member, world: World): Fields {
  return { user: userFields(world.users.get(user)!), ...partialMemberFields({ roles, joinedAt }) };
}

/** As it comes with messages, whose author is said beside it. */
function partialMemberFields({ roles, joinedAt }: Pick<Member, "roles" | "joinedAt">): Fields {
  return {
    nick: null,
    avatar: null,
    roles: [...roles],
    joined_at: dateOf(joinedAt),
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

export function roleFields({ id, name, permissions, isMentionable }: Role): Fields {
  return {
    id,
    name,
    permissions: String(permissions),
    mentionable: isMentionable,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position: 0,
    managed: false,
    flags: 0,
  };
}

export function channelFields(channel: Channel, world: World, viewer?: string): Fields {
  const { id, kind, name, guild, parent, recipients, thread } = channel;
  const last = world.messagesIn(id).findLast(({ onlyFor }) => onlyFor === undefined)?.id ?? null;
  const common = { id, type: CHANNEL_TYPE[kind], last_message_id: last, flags: 0 };
  if (guild === undefined) {
    const others = recipients.filter((recipient) => recipient !== viewer);
    return { ...common, recipients: others.map((other) => userFields(world.users.get(other)!)) };
  }
  if (thread !== undefined)
    return { ...common, name, guild_id: guild, parent_id: parent, ...threadFields(channel, world) };
  return {
    ...common,
    name,
    guild_id: guild,
    parent_id: parent ?? null,
    position: 0,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites: channel.overwrites.map(({ id: target, type, allow, deny }) => ({
      id: target,
      type,
      allow: String(allow),
      deny: String(deny),
    })),
    ...(kind === "forum" ? { available_tags: [], default_sort_order: null, default_forum_layout: 0 } : {}),
  };
}

function threadFields({ id, thread }: Channel, world: World): Fields {
  const { owner, members, createdAt, isArchived, isLocked, archivedAt, autoArchiveMinutes } = thread!;
  const messages = world.messagesIn(id).filter(({ type }) => type !== MESSAGE_TYPE.threadStarter);
  return {
    owner_id: owner,
    member_count: members.size,
    message_count: messages.length,
    total_message_sent: messages.length,
    rate_limit_per_user: 0,
    thread_metadata: {
      archived: isArchived,
      locked: isLocked,
      auto_archive_duration: autoArchiveMinutes,
      archive_timestamp: dateOf(archivedAt),
      create_timestamp: dateOf(createdAt),
    },
  };
}

export function threadMemberFields({ id, thread }: Channel, user: string): Fields {
  return { id, user_id: user, join_timestamp: dateOf(thread!.createdAt), flags: 0 };
}

/** A guild as `GUILD_CREATE` brings it to a bot that is in it. */
export function guildFields(guild: Guild, world: World, viewer: string): Fields {
  const channels = [...world.channels.values()].filter((channel) => channel.guild === guild.id);
  const visible = channels.filter((channel) => world.may(viewer, channel, "VIEW_CHANNEL"));
  const threads = visible.filter(({ thread }) => thread?.isArchived === false);
  return {
    ...guildBasics(guild),
    joined_at: dateOf(guild.members.get(viewer)?.joinedAt ?? 0),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: [...guild.members.values()]
      .filter(({ user }) => user === viewer)
      .map((member) => memberFields(member, world)),
    channels: channels.filter(({ thread }) => thread === undefined).map((channel) => channelFields(channel, world)),
    threads: threads.map((thread) => ({
      ...channelFields(thread, world),
      ...(thread.thread?.members.has(viewer) === true ? { member: threadMemberFields(thread, viewer) } : {}),
    })),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** A guild as `GET /guilds/:guild` answers. */
export function guildBasics({ id, name, owner, locale, roles }: Guild): Fields {
  return {
    id,
    name,
    owner_id: owner,
    preferred_locale: locale,
    roles: [...roles.values()].map(roleFields),
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    features: ["COMMUNITY"],
    emojis: [],
    stickers: [],
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    vanity_url_code: null,
    application_id: null,
  };
}

/** A user outside the guild has, in its channels, what everybody has. */
export function permissionsFields(world: World, user: string, channel: Channel): string {
  const isOutside = channel.guild !== undefined && world.guilds.get(channel.guild)?.members.has(user) !== true;
  return String(isOutside ? bitsOf(USUAL) : world.permissions(user, channel));
}

export function dateOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
