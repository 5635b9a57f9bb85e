/**
 * Where a conversation takes place, tenant included, opaque outside its platform:
 * `slack:TEAM:CHANNEL:THREAD_TS`, `discord:GUILD:CHANNEL`, `http:ID`.
 */
export type ThreadId = `${string}:${string}`;

/** JSON that only its platform reads: all that is needed to write the reply, from any replica, at any later time. */
export type ReplyAddress = { readonly [key: string]: string | number | boolean | null };

export interface Author {
  /** Platform's id, prefixed like `slack:U123`. */
  readonly id: string;
  readonly name: string;
}

export interface InboundMessage {
  /** The platform's own id of the message, unique within the platform: a redelivery carries the same one. */
  readonly id: string;
  readonly thread: ThreadId;
  readonly author: Author;
  /** Markdown, already without the mention of the bot. */
  readonly text: string;
  /** BCP 47, of the wiki to ask; default: the one Footnote is set to. */
  readonly language?: string;
  /** Title of the article it is about, where its author has named one. */
  readonly subject?: string;
  readonly replyTo: ReplyAddress;
  readonly receivedAt: Date;
}

/** Longest question, in characters as a person counts them (grapheme clusters); the predecessor's limit. */
export const MAX_QUESTION_LENGTH = 8_000;

/** The name of the platform a thread belongs to: what stands before the first colon. */
export function platformOf(thread: ThreadId): string {
  return thread.slice(0, thread.indexOf(":"));
}

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Length as a person counts it, in grapheme clusters; counting stops at `limit + 1`, so that a huge text costs little. */
export function countCharacters(text: string, limit: number): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) {
    count += 1;
    if (count > limit) break;
  }
  return count;
}
