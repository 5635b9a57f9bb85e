import type { Announcer } from "./announcer.ts";
import { CHANNEL_TYPE, FLAG, MESSAGE_TYPE, type Channel, type ChannelKind, type Message } from "./entities.ts";
import type { GatewayEvent } from "./gateway.ts";
import type { NewMessage, World } from "./world.ts";

/** What people and apps alike bring about: the world changes, and the app is told. */
export interface Actions {
  /** Writing into an archived thread opens it again. */
  post(draft: NewMessage): { readonly message: Message; readonly events: readonly GatewayEvent[] };
  revise(
    message: Message,
    change: Partial<Message>,
  ): { readonly message: Message; readonly events: readonly GatewayEvent[] };
  remove(message: Message): readonly GatewayEvent[];
  startThread(thread: NewThread): Channel;
  changeThread(thread: Channel, change: ThreadChange): void;
  joinThread(thread: Channel, user: string): void;
  deleteChannel(channel: Channel): void;
}

export interface NewThread {
  readonly parent: Channel;
  readonly name: string;
  readonly owner: string;
  /** Default: a public one, an announcement's in an announcement channel. */
  readonly kind?: ChannelKind;
  /** The message it is made from, whose id it gets. */
  readonly message?: Message;
  /** In minutes. Default three days. */
  readonly autoArchiveMinutes?: number;
}

export interface ThreadChange {
  readonly name?: string;
  readonly isArchived?: boolean;
  readonly isLocked?: boolean;
  readonly autoArchiveMinutes?: number;
}

/** A message without anything but its place and author. */
export function blankMessage(channel: string, author: string, type: number): NewMessage {
  return { channel, author, type, content: "", embeds: [], components: [], attachments: [], flags: 0, pings: [] };
}

export function createActions({ world, announcer }: { readonly world: World; readonly announcer: Announcer }): Actions {
  function post(draft: NewMessage) {
    const channel = world.channels.get(draft.channel)!;
    const isReopened = channel.thread?.isArchived === true && draft.onlyFor === undefined;
    if (isReopened) changeThread(channel, { isArchived: false });
    const message = world.post(draft);
    return { message, events: announcer.message("MESSAGE_CREATE", message) };
  }

  function changeThread(thread: Channel, { name, isArchived, isLocked, autoArchiveMinutes }: ThreadChange): void {
    const state = thread.thread!;
    if (name !== undefined) thread.name = name;
    if (isArchived !== undefined) {
      state.isArchived = isArchived;
      state.archivedAt = world.now();
    }
    if (isLocked !== undefined) state.isLocked = isLocked;
    if (autoArchiveMinutes !== undefined) state.autoArchiveMinutes = autoArchiveMinutes;
    announcer.thread("THREAD_UPDATE", thread);
    world.changes.emit("change");
  }

  function revise(message: Message, change: Partial<Message>) {
    const revised = world.revise(message, change);
    return { message: revised, events: announcer.message("MESSAGE_UPDATE", revised) };
  }

  function startThread({ parent, name, owner, kind, message, autoArchiveMinutes = 4320 }: NewThread): Channel {
    const usual = parent.kind === "announcement" ? "announcementThread" : "publicThread";
    const now = world.now();
    const thread: Channel = {
      id: message?.id ?? world.nextId(),
      kind: kind ?? usual,
      name,
      ...(parent.guild === undefined ? {} : { guild: parent.guild }),
      parent: parent.id,
      recipients: [],
      overwrites: [],
      thread: {
        owner,
        members: new Set([owner]),
        createdAt: now,
        isArchived: false,
        isLocked: false,
        archivedAt: now,
        autoArchiveMinutes,
      },
    };
    world.channels.set(thread.id, thread);
    announcer.thread("THREAD_CREATE", thread, { newly_created: true });
    announcer.threadJoined(thread, owner);
    if (message !== undefined) {
      revise(message, { flags: message.flags | FLAG.hasThread });
      const reference = { channel: message.channel, message: message.id };
      post({ ...blankMessage(thread.id, message.author, MESSAGE_TYPE.threadStarter), reference });
    } else if (CHANNEL_TYPE[parent.kind] !== CHANNEL_TYPE.forum && thread.kind !== "privateThread") {
      const reference = { channel: thread.id, message: thread.id };
      post({ ...blankMessage(parent.id, owner, MESSAGE_TYPE.threadCreated), content: name, reference });
    }
    return thread;
  }

  return {
    post,
    revise,
    startThread,
    changeThread,
    remove(message) {
      const events = announcer.messageDeleted(message);
      world.remove(message);
      return events;
    },
    joinThread(thread, user) {
      if (thread.thread!.members.has(user)) return;
      thread.thread!.members.add(user);
      announcer.threadJoined(thread, user);
    },
    deleteChannel(channel) {
      if (channel.thread === undefined) {
        for (const thread of world.threadsOf(channel.id)) world.removeChannel(thread.id);
        announcer.channel("CHANNEL_DELETE", channel);
      } else announcer.threadDeleted(channel);
      world.removeChannel(channel.id);
      const origin = channel.thread === undefined ? undefined : world.message(channel.parent ?? "", channel.id);
      if (origin !== undefined) revise(origin, { flags: origin.flags & ~FLAG.hasThread });
    },
  };
}
