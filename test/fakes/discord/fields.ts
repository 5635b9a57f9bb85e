import { CHANNEL_TYPE, FLAG, MESSAGE_TYPE, hasFlag } from "./entities.ts";
import type { Attachment, Channel, Fields, Guild, Member, Message, Role, User } from "./entities.ts";
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

export function messageFields(message: Message, world: World): Fields {
  const { id, channel, type, content, flags, pings, editedAt, isPinned, nonce, reference, interaction } = message;
  const idsOf = (sign: string): string[] =>
    pings.filter((ping) => ping.startsWith(sign)).map((ping) => ping.slice(sign.length, -1));
  const users = [...new Set(idsOf("<@").filter((user) => world.users.has(user)))];
  return {
    id,
    channel_id: channel,
    author: authorFields(message, world),
    ...(message.webhookName === undefined ? {} : { webhook_id: message.author }),
    type,
    content,
    timestamp: dateOf(Number((BigInt(id) >> 22n) + 1_420_070_400_000n)),
    edited_timestamp: editedAt === undefined ? null : dateOf(editedAt),
    tts: false,
    mention_everyone: pings.includes("@everyone") || pings.includes("@here"),
    mentions: users.map((user) => userFields(world.users.get(user)!)),
    mention_roles: idsOf("<@&"),
    attachments: message.attachments.map((attachment) => attachmentFields(attachment, channel)),
    embeds: message.embeds.map((embed) => ({ type: "rich", ...embed })),
    components: message.components,
    pinned: isPinned,
    flags,
    ...(nonce === undefined ? {} : { nonce }),
    ...(reference === undefined ? {} : referenceFields(message, world)),
    ...(interaction === undefined ? {} : interactionFields(interaction, world)),
    ...(hasFlag(flags, FLAG.hasThread) ? { thread: channelFields(world.channels.get(id)!, world) } : {}),
  };
}

function authorFields({ author, webhookName }: Message, world: World): Fields {
  if (webhookName === undefined) return userFields(world.users.get(author)!);
  return { id: author, username: webhookName, global_name: null, discriminator: "0000", avatar: null, bot: true };
}

function referenceFields({ reference, type, channel }: Message, world: World): Fields {
  const { channel: at, message } = reference!;
  const guild = world.channels.get(channel)?.guild;
  const home = guild === undefined ? {} : { guild_id: guild };
  const link = { message_reference: { type: 0, channel_id: at, message_id: message, ...home } };
  const isShown = [MESSAGE_TYPE.reply, MESSAGE_TYPE.threadStarter, MESSAGE_TYPE.menu].some((one) => one === type);
  if (!isShown) return link;
  const original = world.message(at, message);
  if (original === undefined) return { ...link, referenced_message: null };
  const { reference: _, ...itself } = original;
  return { ...link, referenced_message: messageFields(itself, world) };
}

function interactionFields({ id, type, user, name }: NonNullable<Message["interaction"]>, world: World): Fields {
  const author = userFields(world.users.get(user)!);
  return {
    interaction_metadata: { id, type, user: author, authorizing_integration_owners: {} },
    ...(name === undefined ? {} : { interaction: { id, type, name, user: author } }),
  };
}

export function attachmentFields({ id, name, size, contentType, description }: Attachment, channel: string): Fields {
  const url = `https://cdn.discord.invalid/attachments/${channel}/${id}/${encodeURIComponent(name)}`;
  return {
    id,
    filename: name,
    size,
    url,
    proxy_url: url,
    content_type: contentType,
    ...(description === undefined ? {} : { description }),
  };
}

/** A user outside the guild has, in its channels, what everybody has. */
export function permissionsFields(world: World, user: string, channel: Channel): string {
  return String(world.permissions(user, channel) || bitsOf(USUAL));
}

export function dateOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
