import { blankMessage, type Actions } from "./actions.ts";
import type { Announcer } from "./announcer.ts";
import { callsOf } from "./compose.ts";
import { MESSAGE_TYPE, type Channel, type Fields, type Message, type User } from "./entities.ts";
import type { GatewayEvent } from "./gateway.ts";
import type { Invoked } from "./interactions.ts";
import { createHands, type HandsOptions } from "./person-hands.ts";

/** What somebody did, and what the app is told about it. */
export interface Sent {
  readonly channel: string;
  readonly id: string;
  /** Empty when the app may not hear of it at all; whether it does depends on its intents. */
  readonly events: readonly GatewayEvent[];
}

export type MessageAt = Pick<Sent, "channel" | "id">;

export interface Writing {
  /** The message it replies to. */
  readonly replyTo?: MessageAt;
  /** Whether the reply calls the author of the other message. Default yes, as in Discord's clients. */
  readonly pingsReplied?: boolean;
}

/** What somebody types into a command: by option name. Users and channels are given by their ids. */
export type CommandOptions = Readonly<Record<string, string | number | boolean>>;

/** Somebody on Discord. Interactions resolve once the app has responded, or when Discord has given up on it. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Id of the direct messages with the bot. */
  readonly direct: string;
  /** Writes a message, which may hold tokens such as `<@1>`. */
  say(channel: string, text: string, writing?: Writing): Sent;
  /** Writes a message that begins with a mention of the bot. */
  mention(channel: string, text: string, writing?: Writing): Sent;
  /** Writes to the bot in the direct messages with it. */
  dm(text: string, writing?: Writing): Sent;
  edit(message: MessageAt, text: string): Sent;
  delete(message: MessageAt): Sent;
  /** Pins a message, which leaves a system message. */
  pin(message: MessageAt): Sent;
  /** Joins a guild, which leaves a system message in its first channel. */
  join(guild: string): Sent;
  type(channel: string): void;
  /** Starts a thread from a message, or in a channel, where it leaves a system message. Returns the thread's id. */
  startThread(name: string, where: { readonly message: MessageAt } | { readonly channel: string }): string;
  /** Starts a post in a forum; its first message has the post's id. */
  post(forum: string, name: string, text: string): Sent;
  /** From now on the bot may not, or may again, write to this person directly. */
  setDirectOpen(isOpen: boolean): void;

  /** Runs a slash command (`wiki ask`); throws unless it is registered, open to this person here, and given what it takes. */
  slash(channel: string, command: string, options?: CommandOptions): Promise<Invoked>;
  /** Types into one option of a command, the others being filled in; resolves with what is offered. */
  autocomplete(
    channel: string,
    command: string,
    focused: Readonly<Record<string, string>>,
    others?: CommandOptions,
  ): Promise<readonly { readonly name: string; readonly value: string | number }[]>;
  /** Chooses a message command from a message's menu. */
  menu(message: MessageAt, command: string): Promise<Invoked>;
  /** Presses the button with this label or `custom_id`. */
  click(message: MessageAt, button: string): Promise<Invoked>;
  /** Chooses in the message's only select menu, or the one with this placeholder or `custom_id`, by label or value; channels, roles and people by id. */
  select(message: MessageAt, choices: readonly string[], menu?: string): Promise<Invoked>;
  /** The modal that is open before this person, as the app sent it. */
  modal(): Fields | undefined;
  /** Sends the open modal; values by `custom_id`. */
  submit(values: Readonly<Record<string, string>>): Promise<Invoked>;
}

export interface Webhook {
  readonly id: string;
  say(text: string): Sent;
}

export interface Surroundings extends Omit<HandsOptions, "user"> {
  readonly actions: Actions;
  readonly announcer: Announcer;
  /** Id of the direct messages with the bot. */
  readonly direct: string;
}

export function createPerson(user: User, surroundings: Surroundings): Person {
  const { world, actions, announcer, app, direct } = surroundings;

  function channelAt(id: string): Channel {
    const channel = world.channels.get(id);
    if (channel === undefined || !world.may(user.id, channel, "VIEW_CHANNEL")) {
      throw new Error(`${user.name} sees no channel ${id}`);
    }
    return channel;
  }

  function messageAt({ channel, id }: MessageAt): Message {
    const message = world.message(channelAt(channel).id, id);
    if (message === undefined) throw new Error(`there is no message ${id} in ${channel}`);
    return message;
  }

  function checkWritable(channel: Channel): void {
    const isThread = channel.thread !== undefined;
    const isLocked = channel.thread?.isLocked === true && !world.may(user.id, channel, "MANAGE_THREADS");
    if (isLocked || !world.may(user.id, channel, isThread ? "SEND_MESSAGES_IN_THREADS" : "SEND_MESSAGES")) {
      throw new Error(`${user.name} may not write in ${channel.name}`);
    }
  }

  function write(channel: string, text: string, { replyTo, pingsReplied = true }: Writing = {}): Sent {
    const repliedTo = replyTo === undefined ? undefined : messageAt(replyTo);
    return send(channelAt(channel), text, repliedTo, pingsReplied);
  }

  function send(channel: Channel, text: string, repliedTo?: Message, pingsReplied = true, id?: string): Sent {
    if (text.length > 2000) throw new Error("nobody can write more than 2,000 characters");
    checkWritable(channel);
    const calls = callsOf({ content: text, components: [] }, { world, channel, author: user.id });
    const replyCall = repliedTo === undefined || !pingsReplied ? [] : [`<@${repliedTo.author}>`];
    const { message, events } = actions.post({
      ...blankMessage(channel.id, user.id, repliedTo === undefined ? MESSAGE_TYPE.default : MESSAGE_TYPE.reply),
      content: text,
      pings: [...new Set([...calls, ...replyCall])],
      ...(repliedTo === undefined ? {} : { reference: { channel: repliedTo.channel, message: repliedTo.id } }),
      ...(id === undefined ? {} : { id }),
    });
    return { channel: channel.id, id: message.id, events };
  }

  return {
    id: user.id,
    name: user.name,
    direct,
    say: write,
    mention: (channel, text, writing) => write(channel, `<@${app}> ${text}`, writing),
    dm: (text, writing) => write(direct, text, writing),
    edit(at, text) {
      const message = messageAt(at);
      const channel = channelAt(at.channel);
      const pings = callsOf({ content: text, components: [] }, { world, channel, author: user.id });
      const { events } = actions.revise(message, { content: text, pings, editedAt: world.now() });
      return { channel: at.channel, id: at.id, events };
    },
    delete: (at) => ({ channel: at.channel, id: at.id, events: actions.remove(messageAt(at)) }),
    pin(at) {
      const pinned = actions.revise(messageAt(at), { isPinned: true });
      const pins = announcer.pins(channelAt(at.channel));
      const reference = { channel: at.channel, message: at.id };
      const note = actions.post({ ...blankMessage(at.channel, user.id, MESSAGE_TYPE.pinned), reference });
      return { channel: at.channel, id: note.message.id, events: [...pinned.events, ...pins, ...note.events] };
    },
    join(id) {
      const guild = world.guilds.get(id);
      const channel = [...world.channels.values()].find((one) => one.guild === id && one.kind === "text");
      if (guild === undefined || channel === undefined) throw new Error(`there is no guild ${id} to join`);
      guild.members.set(user.id, { user: user.id, roles: new Set(), joinedAt: world.now() });
      const joined = announcer.memberJoined(id, user.id);
      const { message, events } = actions.post(blankMessage(channel.id, user.id, MESSAGE_TYPE.joined));
      return { channel: channel.id, id: message.id, events: [...joined, ...events] };
    },
    type(channel) {
      world.showTyping(channelAt(channel).id, user.id);
      announcer.typing(channelAt(channel), user.id);
    },
    startThread(name, where) {
      const message = "message" in where ? messageAt(where.message) : undefined;
      const parent = channelAt("message" in where ? where.message.channel : where.channel);
      return actions.startThread({ parent, name, owner: user.id, ...(message === undefined ? {} : { message }) }).id;
    },
    post(forum, name, text) {
      const thread = actions.startThread({ parent: channelAt(forum), name, owner: user.id });
      return send(thread, text, undefined, true, thread.id);
    },
    setDirectOpen(isOpen) {
      user.hasOpenDirect = isOpen;
    },
    ...createHands({ ...surroundings, user }, { channelAt, messageAt }),
  };
}
