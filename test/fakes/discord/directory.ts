import type { NewChannel } from "./fake-discord.ts";
import type { Channel, Guild, User } from "./entities.ts";
import { bitsOf, USUAL, type Permission } from "./permissions.ts";
import type { World } from "./world.ts";

/** Who and what there is. */
export interface Directory {
  /** The bot's user. */
  readonly bot: User;
  readonly home: Guild;
  readonly general: Channel;
  addGuild(name: string, options?: { readonly hasBot?: boolean; readonly locale?: string }): Guild;
  addChannel(name: string, options?: NewChannel): Channel;
  addUser(user: { readonly name: string; readonly isBot: boolean; readonly locale: string }): User;
  addRole(guild: Guild, name: string, permissions: readonly Permission[], members: readonly string[]): string;
  addMember(guild: Guild, user: string): void;
  /** The direct messages of a user with the bot. */
  openDirect(user: User): Channel;
}

export function createDirectory(
  world: World,
  { name: appName, permissions }: { readonly name: string; readonly permissions: readonly Permission[] },
): Directory {
  function addUser({
    name,
    isBot,
    locale,
  }: {
    readonly name: string;
    readonly isBot: boolean;
    readonly locale: string;
  }): User {
    const user: User = { id: world.nextId(), name, isBot, locale, hasOpenDirect: true };
    world.users.set(user.id, user);
    return user;
  }

  function addGuild(
    name: string,
    { hasBot = true, locale = "en-US" }: { hasBot?: boolean; locale?: string } = {},
  ): Guild {
    const id = world.nextId();
    const everyone = { id, name: "@everyone", permissions: bitsOf(USUAL), isMentionable: false };
    const guild: Guild = {
      id,
      name,
      owner: world.nextId(),
      locale,
      roles: new Map([[id, everyone]]),
      members: new Map(),
    };
    world.guilds.set(id, guild);
    if (hasBot) addMember(guild, bot.id);
    if (hasBot && permissions.length > 0) addRole(guild, appName, permissions, [bot.id]);
    return guild;
  }

  function addMember(guild: Guild, user: string): void {
    guild.members.set(user, { user, roles: new Set(), joinedAt: world.now() });
  }

  function addRole(guild: Guild, name: string, granted: readonly Permission[], members: readonly string[]): string {
    const id = world.nextId();
    guild.roles.set(id, { id, name, permissions: bitsOf(granted), isMentionable: false });
    for (const member of members) guild.members.get(member)?.roles.add(id);
    return id;
  }

  function addChannel(name: string, { kind = "text", guild = home.id }: NewChannel = {}): Channel {
    const channel: Channel = { id: world.nextId(), kind, name, guild, recipients: [], overwrites: [] };
    world.channels.set(channel.id, channel);
    return channel;
  }

  function openDirect(user: User): Channel {
    const recipients = [user.id, bot.id];
    const channel: Channel = { id: world.nextId(), kind: "dm", name: user.name, recipients, overwrites: [] };
    world.channels.set(channel.id, channel);
    return channel;
  }

  const bot = addUser({ name: appName, isBot: true, locale: "en-US" });
  const home = addGuild("Library");
  const general = addChannel("general");
  return { bot, home, general, addGuild, addChannel, addUser, addRole, addMember, openDirect };
}
