import { CHANNEL_TYPE, type Channel, type Fields, type Guild, type Message } from "./entities.ts";
import { channelFields, guildFields, memberFields, threadMemberFields, userFields } from "./fields.ts";
import { messageFields } from "./message-fields.ts";
import type { GatewayEvent } from "./gateway.ts";
import type { World } from "./world.ts";

/** Tells the app what happens, as far as its bot can see it. Each method returns what it told. */
export interface Announcer {
  message(name: "MESSAGE_CREATE" | "MESSAGE_UPDATE", message: Message): GatewayEvent[];
  messageDeleted(message: Message): GatewayEvent[];
  typing(channel: Channel, user: string): GatewayEvent[];
  channel(name: "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "CHANNEL_DELETE", channel: Channel): GatewayEvent[];
  thread(name: "THREAD_CREATE" | "THREAD_UPDATE", thread: Channel, extra?: Fields): GatewayEvent[];
  threadJoined(thread: Channel, user: string): GatewayEvent[];
  threadDeleted(thread: Channel): GatewayEvent[];
  guildJoined(guild: Guild): GatewayEvent[];
  guildLeft(guild: string): GatewayEvent[];
  memberJoined(guild: string, user: string): GatewayEvent[];
  roleCreated(guild: string, role: Fields): GatewayEvent[];
  pins(channel: Channel): GatewayEvent[];
}

export function createAnnouncer({
  world,
  bot,
  tell,
}: {
  readonly world: World;
  /** Id of the bot's user. */
  readonly bot: string;
  tell(event: GatewayEvent): void;
}): Announcer {
  function told(event: GatewayEvent): GatewayEvent[] {
    tell(event);
    return [event];
  }

  function inChannel(channel: Channel, name: string, data: Fields, needsContentIntent = false): GatewayEvent[] {
    if (!world.may(bot, channel, "VIEW_CHANNEL")) return [];
    return told({ name, data, needsContentIntent, ...(channel.guild === undefined ? {} : { guild: channel.guild }) });
  }

  /** What only the intent for message content shows; direct messages, mentions of the bot and its own come whole. */
  function isPrivate(message: Message, channel: Channel): boolean {
    return channel.guild !== undefined && message.author !== bot && !message.pings.includes(`<@${bot}>`);
  }

  function memberOf(message: Message, channel: Channel): Fields {
    const member = world.guilds.get(channel.guild ?? "")?.members.get(message.author);
    if (member === undefined) return {};
    const { user: _, ...fields } = memberFields(member, world);
    return { member: fields };
  }

  return {
    message(name, message) {
      const channel = world.channels.get(message.channel)!;
      if (message.onlyFor !== undefined) return [];
      const data = {
        ...messageFields(message, world),
        ...guildOf(channel),
        ...memberOf(message, channel),
        channel_type: CHANNEL_TYPE[channel.kind],
      };
      return inChannel(channel, name, data, isPrivate(message, channel));
    },
    messageDeleted(message) {
      const channel = world.channels.get(message.channel)!;
      if (message.onlyFor !== undefined) return [];
      const data = { id: message.id, channel_id: channel.id, ...guildOf(channel) };
      return inChannel(channel, "MESSAGE_DELETE", data);
    },
    typing(channel, user) {
      const member = world.guilds.get(channel.guild ?? "")?.members.get(user);
      return inChannel(channel, "TYPING_START", {
        channel_id: channel.id,
        user_id: user,
        timestamp: Math.floor(world.now() / 1000),
        ...guildOf(channel),
        ...(member === undefined ? {} : { member: memberFields(member, world) }),
      });
    },
    channel(name, channel) {
      // A bot knows the channels of its guilds even where it can see nothing in them.
      if (world.guilds.get(channel.guild ?? "")?.members.has(bot) !== true) return [];
      const data = channelFields(channel, world, bot);
      return told({ name, data, ...(channel.guild === undefined ? {} : { guild: channel.guild }) });
    },
    thread(name, thread, extra = {}) {
      const member = thread.thread?.members.has(bot) === true ? { member: threadMemberFields(thread, bot) } : {};
      return inChannel(thread, name, { ...channelFields(thread, world), ...member, ...extra });
    },
    threadJoined: (thread, user) =>
      inChannel(thread, "THREAD_MEMBERS_UPDATE", {
        id: thread.id,
        ...guildOf(thread),
        member_count: thread.thread?.members.size,
        added_members: [{ ...threadMemberFields(thread, user), presence: null }],
        removed_member_ids: [],
      }),
    threadDeleted: (thread) =>
      inChannel(thread, "THREAD_DELETE", {
        id: thread.id,
        ...guildOf(thread),
        parent_id: thread.parent,
        type: CHANNEL_TYPE[thread.kind],
      }),
    guildJoined: (guild) => told({ name: "GUILD_CREATE", data: guildFields(guild, world, bot), guild: guild.id }),
    guildLeft: (guild) => told({ name: "GUILD_DELETE", data: { id: guild }, guild }),
    memberJoined(guild, user) {
      const { members } = world.guilds.get(guild)!;
      const data = {
        ...memberFields(members.get(user)!, world),
        guild_id: guild,
        user: userFields(world.users.get(user)!),
      };
      return members.has(bot) ? told({ name: "GUILD_MEMBER_ADD", data, guild }) : [];
    },
    roleCreated: (guild, role) =>
      world.guilds.get(guild)?.members.has(bot) === true
        ? told({ name: "GUILD_ROLE_CREATE", data: { guild_id: guild, role }, guild })
        : [],
    pins: (channel) =>
      inChannel(channel, "CHANNEL_PINS_UPDATE", {
        channel_id: channel.id,
        last_pin_timestamp: null,
        ...guildOf(channel),
      }),
  };
}

function guildOf({ guild }: Channel): Fields {
  return guild === undefined ? {} : { guild_id: guild };
}
