export type Fields = Record<string, unknown>;

export interface Block extends Fields {
  readonly type: string;
}

export interface Team {
  readonly id: string;
  readonly name: string;
}

export interface User {
  readonly id: string;
  readonly name: string;
  /** Id of the team whose member it is. */
  readonly team: string;
  /** Present on the users that apps speak through. */
  readonly bot?: { readonly id: string; readonly app: string };
  /** Default no. */
  readonly isAdmin?: boolean;
  /** Default `en-US`. */
  readonly locale?: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: "public" | "private" | "im" | "mpim";
  /** Id of the team it belongs to. */
  readonly team: string;
  /** Ids of the other teams it is shared with. */
  readonly sharedWith: readonly string[];
  readonly members: Set<string>;
  isArchived: boolean;
}

/** What a token may do, and whether it still may. */
export interface Token {
  readonly value: string;
  readonly kind: "bot" | "app";
  readonly team: string;
  /** Whom it speaks for; absent on an app token. */
  readonly user?: string;
  readonly scopes: readonly string[];
  state: "valid" | "token_revoked" | "account_inactive" | "token_expired";
}

export interface Content {
  readonly text: string;
  readonly blocks: readonly Block[];
}

export interface Message extends Content {
  readonly ts: string;
  readonly channel: string;
  /** `ts` of the thread's first message; absent outside threads and on the first message itself. */
  readonly threadTs?: string;
  readonly user: string;
  readonly metadata?: Fields;
  /** A system message such as `channel_join`, or the `tombstone` of a deleted message that has replies. */
  readonly subtype?: string;
  /** The one person who sees it. */
  readonly onlyFor?: string;
  readonly edited?: { readonly user: string; readonly ts: string };
  /** How its text has been streamed so far; stays once the stream is closed. */
  readonly stream?: { readonly isOpen: boolean; readonly mode?: "markdown" | "chunks" };
  readonly reactions: readonly { readonly name: string; readonly user: string }[];
}

/** The id that everything in a message's thread goes by. */
export function threadOf(message: Pick<Message, "ts" | "threadTs">): string {
  return message.threadTs ?? message.ts;
}

/** A field that should be text, as text; anything else counts as absent. */
export function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}
