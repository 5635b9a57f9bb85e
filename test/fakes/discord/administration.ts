import { blankMessage, type Actions } from "./actions.ts";
import type { Announcer } from "./announcer.ts";
import type { Directory } from "./directory.ts";
import { MESSAGE_TYPE, type Channel, type Guild, type Overwrite } from "./entities.ts";
import type { FakeDiscord, NewPerson } from "./fake-discord.ts";
import { roleFields } from "./fields.ts";
import { bitsOf } from "./permissions.ts";
import { createPerson, type Person, type Surroundings, type Webhook } from "./person.ts";
import type { World } from "./world.ts";

/** What tests bring about in the world, beside what people do. */
export type Administration = Pick<
  FakeDiscord,
  | "addGuild"
  | "addChannel"
  | "addPerson"
  | "addMember"
  | "addBot"
  | "addWebhook"
  | "addRole"
  | "deny"
  | "allow"
  | "archive"
  | "deleteChannel"
  | "removeBot"
  | "inviteBot"
  | "unfurl"
>;

export interface AdministrationOptions extends Pick<Surroundings, "commands" | "interactions" | "replies"> {
  readonly directory: Directory;
  readonly world: World;
  readonly actions: Actions;
  readonly announcer: Announcer;
}

export function createAdministration({ directory, ...surroundings }: AdministrationOptions): Administration {
  const { world, actions, announcer } = surroundings;
  const { bot, home } = directory;

  function addSomebody(
    name: string,
    isBot: boolean,
    { guilds = [home.id], permissions: granted = [], locale = "en-US" }: NewPerson = {},
  ): Person {
    const user = directory.addUser({ name, isBot, locale });
    for (const guild of guilds.map(guildAt)) {
      directory.addMember(guild, user.id);
      if (granted.length > 0) directory.addRole(guild, `${name}'s`, granted, [user.id]);
    }
    const direct = directory.openDirect(user).id;
    return createPerson(user, { ...surroundings, app: bot.id, direct });
  }

  function guildAt(id: string): Guild {
    const guild = world.guilds.get(id);
    if (guild === undefined) throw new Error(`there is no guild ${id}`);
    return guild;
  }

  function channelAt(id: string): Channel {
    const channel = world.channels.get(id);
    if (channel === undefined) throw new Error(`there is no channel ${id}`);
    return channel;
  }

  function addWebhook(channel: string, name: string): Webhook {
    const id = world.nextId();
    return {
      id,
      say(text) {
        const draft = {
          ...blankMessage(channelAt(channel).id, id, MESSAGE_TYPE.default),
          content: text,
          webhookName: name,
        };
        const { message, events } = actions.post(draft);
        return { channel, id: message.id, events };
      },
    };
  }

  /** What is said later about a permission holds. */
  function overwrite(id: string, user: string, { allow, deny }: Pick<Overwrite, "allow" | "deny">): void {
    const channel = channelAt(id);
    const others = channel.overwrites.filter((one) => one.type === 0 || one.id !== user);
    const before = channel.overwrites.find((one) => one.type === 1 && one.id === user);
    const allowed = ((before?.allow ?? 0n) & ~deny) | allow;
    const denied = ((before?.deny ?? 0n) & ~allow) | deny;
    channel.overwrites = [...others, { id: user, type: 1, allow: allowed, deny: denied }];
    announcer.channel("CHANNEL_UPDATE", channel);
  }

  return {
    addGuild(name, settings) {
      const guild = directory.addGuild(name, settings);
      if (guild.members.has(bot.id)) announcer.guildJoined(guild);
      return guild.id;
    },
    addChannel(name, settings) {
      const channel = directory.addChannel(name, settings);
      announcer.channel("CHANNEL_CREATE", channel);
      return channel.id;
    },
    addPerson: (name, settings) => addSomebody(name, false, settings),
    addMember: (guild, { id }) => directory.addMember(guildAt(guild), id),
    addBot: (name, settings) => addSomebody(name, true, settings),
    addWebhook,
    addRole(name, { guild = home.id, permissions: granted = [], members = [] } = {}) {
      const ids = members.map(({ id }) => id);
      const role = directory.addRole(guildAt(guild), name, granted, ids);
      announcer.roleCreated(guild, roleFields(guildAt(guild).roles.get(role)!));
      return role;
    },
    deny: (channel, denied, user = bot.id) => overwrite(channel, user, { allow: 0n, deny: bitsOf(denied) }),
    allow: (channel, allowed, user = bot.id) => overwrite(channel, user, { allow: bitsOf(allowed), deny: 0n }),
    archive(thread, { isLocked = false } = {}) {
      actions.changeThread(channelAt(thread), { isArchived: true, isLocked });
    },
    deleteChannel: (channel) => actions.deleteChannel(channelAt(channel)),
    removeBot(guild) {
      guildAt(guild).members.delete(bot.id);
      announcer.guildLeft(guild);
    },
    inviteBot(guild) {
      directory.addMember(guildAt(guild), bot.id);
      announcer.guildJoined(guildAt(guild));
    },
    unfurl({ channel, id }, embed) {
      const message = world.message(channel, id);
      if (message === undefined) throw new Error(`there is no message ${id}`);
      actions.revise(message, { embeds: [...message.embeds, embed] });
    },
  };
}
