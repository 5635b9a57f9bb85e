export type Fields = Record<string, unknown>;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
  /** What this person's client is set to, `de` or `en-US`. */
  readonly locale: string;
  /** Whether bots may write to this person directly. */
  hasOpenDirect: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
  readonly isMentionable: boolean;
}

export interface Member {
  readonly user: string;
  readonly roles: Set<string>;
  readonly joinedAt: number;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly locale: string;
  /** The one named `@everyone` has the guild's own id. */
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Member>;
}

/** What a role (type 0) or a member (type 1) may do in one channel, otherwise than elsewhere. */
export interface Overwrite {
  readonly id: string;
  readonly type: 0 | 1;
  readonly allow: bigint;
  readonly deny: bigint;
}

/** Docs, *Channel types*. */
export const CHANNEL_TYPE = {
  text: 0,
  dm: 1,
  voice: 2,
  category: 4,
  announcement: 5,
  announcementThread: 10,
  publicThread: 11,
  privateThread: 12,
  stage: 13,
  forum: 15,
} as const;

export type ChannelKind = keyof typeof CHANNEL_TYPE;

export interface Channel {
  readonly id: string;
  readonly kind: ChannelKind;
  name: string;
  /** Absent on direct messages. */
  readonly guild?: string;
  /** The channel a thread hangs in. */
  readonly parent?: string;
  /** Both ends of direct messages. */
  readonly recipients: readonly string[];
  overwrites: readonly Overwrite[];
  readonly thread?: ThreadState;
}

export interface ThreadState {
  readonly owner: string;
  readonly members: Set<string>;
  readonly createdAt: number;
  isArchived: boolean;
  isLocked: boolean;
  archivedAt: number;
  autoArchiveMinutes: number;
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly contentType: string;
  readonly description?: string;
}

/** What a message says. */
export interface Content {
  readonly content: string;
  readonly embeds: readonly Fields[];
  readonly components: readonly Fields[];
  readonly attachments: readonly Attachment[];
}

export interface Message extends Content {
  readonly id: string;
  readonly channel: string;
  /** Id of a user, or of the webhook. */
  readonly author: string;
  /** The name a webhook writes under; absent on everybody else's messages. */
  readonly webhookName?: string;
  /** Docs, *Message types*: 0 default, 6 pin, 7 join, 18 thread created, 19 reply, 20 command, 21 thread starter, 23 menu. */
  readonly type: number;
  readonly flags: number;
  readonly nonce?: string | number;
  /** Whom it calls: `<@1>`, `<@&1>`, `@everyone`, `@here`. */
  readonly pings: readonly string[];
  readonly reference?: { readonly channel: string; readonly message: string };
  readonly editedAt?: number;
  readonly isPinned: boolean;
  /** The one person who sees it. */
  readonly onlyFor?: string;
  /** The interaction it answers. */
  readonly interaction?: { readonly id: string; readonly type: number; readonly user: string; readonly name?: string };
}

/** Docs, *Message flags*. */
export const FLAG = {
  suppressEmbeds: 1 << 2,
  hasThread: 1 << 5,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const;

/** Docs, *Message types*; those Footnote can meet. */
export const MESSAGE_TYPE = {
  default: 0,
  pinned: 6,
  joined: 7,
  threadCreated: 18,
  reply: 19,
  command: 20,
  threadStarter: 21,
  menu: 23,
} as const;

export function hasFlag(flags: number, flag: number): boolean {
  return (flags & flag) !== 0;
}

/** Whether people or bots wrote it, rather than Discord itself. */
export function isWritten({ type }: Pick<Message, "type">): boolean {
  return [MESSAGE_TYPE.default, MESSAGE_TYPE.reply, MESSAGE_TYPE.command, MESSAGE_TYPE.menu].some(
    (one) => one === type,
  );
}
