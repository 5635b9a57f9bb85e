import { EventEmitter } from "node:events";
import type { VirtualClock } from "../slack/virtual-clock.ts";
import { hasFlag, FLAG, type Channel, type Guild, type Message, type User } from "./entities.ts";
import { permissionsIn, PERMISSION, type Permission } from "./permissions.ts";
import { renderMessage } from "./render-message.ts";

/** One version of one message, or somebody's typing, as it came to be seen. */
export interface Frame {
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  readonly change: "posted" | "edited" | "deleted" | "typing";
  readonly channel: string;
  /** Id of the message; `""` for typing. */
  readonly message: string;
  readonly author: string;
  readonly name: string;
  /** What is seen from now on; `""` when it is gone. */
  readonly text: string;
  /** Docs, *Message types*. */
  readonly type: number;
  /** Whether Discord shows "(edited)" behind it. */
  readonly isEdited: boolean;
  readonly onlyFor?: string;
}

/** With `id` for the first message of a post, which shares it with its thread. */
export type NewMessage = Omit<Message, "id" | "isPinned"> & { readonly id?: string };

/** The first second of 2015 (docs, *Snowflakes*). */
const EPOCH_MS = 1_420_070_400_000;

/** When a snowflake was made, in virtual milliseconds since the epoch. */
export function timeOf(id: string): number {
  return Number(BigInt(id) >> 22n) + EPOCH_MS;
}

/** Everything Discord remembers: who there is, what was said, and every version of it. */
export class World {
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly frames: Frame[] = [];
  /** Whom bots called with what they wrote: `<@1>`, `<@&1>`, `@everyone`. */
  readonly pings: { readonly channel: string; readonly message: string; readonly ping: string }[] = [];
  readonly changes = new EventEmitter().setMaxListeners(0);
  readonly #messages = new Map<string, Map<string, Message>>();
  readonly #clock: VirtualClock;
  #lastId = 0n;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** A snowflake that nothing has yet, greater than all before. */
  nextId(): string {
    const first = BigInt(Math.floor(this.#clock.now() - EPOCH_MS)) << 22n;
    this.#lastId = first > this.#lastId ? first : this.#lastId + 1n;
    return String(this.#lastId);
  }

  now(): number {
    return this.#clock.now();
  }

  message(channel: string, id: string): Message | undefined {
    return this.#messages.get(channel)?.get(id);
  }

  /** Oldest first. */
  messagesIn(channel: string): Message[] {
    return [...(this.#messages.get(channel)?.values() ?? [])];
  }

  /** Oldest first. */
  threadsOf(channel: string): Channel[] {
    return [...this.channels.values()].filter(({ parent, thread }) => parent === channel && thread !== undefined);
  }

  post(draft: NewMessage): Message {
    return this.#put({ id: this.nextId(), ...draft, isPinned: false }, "posted");
  }

  revise(message: Message, change: Partial<Message>): Message {
    return this.#put({ ...message, ...change }, "edited");
  }

  remove(message: Message): void {
    this.#messages.get(message.channel)?.delete(message.id);
    this.#show(message, "deleted", "");
  }

  /** The channel goes with all that was said in it; its threads are the caller's to remove. */
  removeChannel(id: string): void {
    this.channels.delete(id);
    this.#messages.delete(id);
    this.changes.emit("change");
  }

  showTyping(channel: string, author: string): void {
    const name = this.nameOf(author);
    this.#record({ change: "typing", channel, message: "", author, name, text: "", type: 0, isEdited: false });
  }

  nameOf(user: string): string {
    return this.users.get(user)?.name ?? user;
  }

  /** Whether a user has every one of these permissions in a channel, a thread or direct messages. */
  may(user: string, channel: Channel, ...permissions: readonly Permission[]): boolean {
    const bits = this.permissions(user, channel);
    return permissions.every((permission) => (bits & PERMISSION[permission]) !== 0n);
  }

  permissions(user: string, channel: Channel): bigint {
    if (channel.guild === undefined) return channel.recipients.includes(user) ? DIRECT_PERMISSIONS : 0n;
    const guild = this.guilds.get(channel.guild);
    if (guild === undefined) return 0n;
    const governing = channel.thread === undefined ? channel : this.channels.get(channel.parent ?? "");
    const bits = permissionsIn(guild, guild.members.get(user), governing);
    const isOutside = channel.kind === "privateThread" && channel.thread?.members.has(user) !== true;
    return isOutside && (bits & PERMISSION.MANAGE_THREADS) === 0n ? 0n : bits;
  }

  #put(message: Message, change: Frame["change"]): Message {
    const inChannel = this.#messages.get(message.channel) ?? new Map<string, Message>();
    const before = inChannel.get(message.id);
    this.#messages.set(message.channel, inChannel.set(message.id, message));
    if (this.users.get(message.author)?.isBot === true) {
      for (const ping of message.pings) this.pings.push({ channel: message.channel, message: message.id, ping });
    }
    const last = this.frames.findLast((frame) => frame.message === message.id);
    const text = renderMessage(message, this);
    // A thread made from a message, or a pin, changes nothing that is read.
    const isUnseen = before !== undefined && before.editedAt === message.editedAt && last?.text === text;
    if (!isUnseen) this.#show(message, change, text);
    return message;
  }

  #show(message: Message, change: Frame["change"], text: string): void {
    this.#record({
      change,
      channel: message.channel,
      message: message.id,
      author: message.author,
      name: message.webhookName ?? this.nameOf(message.author),
      text: hasFlag(message.flags, FLAG.loading) && change !== "deleted" ? "(thinking)" : text,
      type: message.type,
      isEdited: message.editedAt !== undefined,
      ...(message.onlyFor === undefined ? {} : { onlyFor: message.onlyFor }),
    });
  }

  #record(frame: Omit<Frame, "at">): void {
    this.frames.push({ at: this.#clock.now(), ...frame });
    this.changes.emit("change");
  }
}

/** Between two people everything is allowed that is known in direct messages. */
const DIRECT_PERMISSIONS =
  PERMISSION.VIEW_CHANNEL |
  PERMISSION.SEND_MESSAGES |
  PERMISSION.EMBED_LINKS |
  PERMISSION.ATTACH_FILES |
  PERMISSION.READ_MESSAGE_HISTORY |
  PERMISSION.ADD_REACTIONS |
  PERMISSION.MENTION_EVERYONE;
