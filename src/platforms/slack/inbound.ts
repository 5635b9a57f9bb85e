import { z } from "zod";
import type { InboundMessage, ThreadId } from "../../core/message.ts";
import { toPlainText } from "./plain-text.ts";
import { type ReplyPlace, threadOf } from "./reply-place.ts";

/** Who Footnote is in the workspace where it is installed. */
export interface Identity {
  readonly team: string;
  readonly user: string;
  readonly bot: string;
}

/** What a person says where it may concern Footnote. */
export interface Heard {
  /** Its text may be empty. */
  readonly message: InboundMessage;
  readonly place: ReplyPlace;
  /** False for what was said in a thread without naming Footnote: a question only if Footnote takes part in the thread. */
  readonly isAddressed: boolean;
  /** In the direct messages with Footnote. */
  readonly isDirect: boolean;
}

export type SlackEvent =
  | { readonly type: "said"; readonly heard: Heard }
  /** `editedTs` is in seconds of Slack's clock. */
  | { readonly type: "edited"; readonly heard: Heard; readonly editedTs: string }
  | { readonly type: "deleted"; readonly messageId: string; readonly thread: ThreadId };

export const messageSchema = z.object({
  subtype: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  /** The author's own workspace; in a shared channel it may be another than ours. */
  user_team: z.string().optional(),
  team: z.string().optional(),
  text: z.string().nullish(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  edited: z.object({ ts: z.string() }).nullish(),
});

export type SlackMessage = z.infer<typeof messageSchema>;

const where = { channel: z.string(), channel_type: z.string().optional() };

const saidSchema = messageSchema.extend({ ...where, type: z.enum(["app_mention", "message"]) });
const changedSchema = z.object({
  ...where,
  type: z.literal("message"),
  subtype: z.literal("message_changed"),
  message: messageSchema,
  previous_message: messageSchema.optional(),
});
const deletedSchema = z.object({
  ...where,
  type: z.literal("message"),
  subtype: z.literal("message_deleted"),
  deleted_ts: z.string(),
  previous_message: messageSchema.optional(),
});

/** Something a person says with a file, or to the channel as well, is said like anything else. Other subtypes tell of events. */
const SPOKEN_SUBTYPES: readonly (string | undefined)[] = [undefined, "file_share", "thread_broadcast"];

/**
 * What an `app_mention` or `message` event means to Footnote; `undefined` when it is nothing for Footnote. The two events of one
 * mention, and every redelivery, give a message of the same id.
 */
export function readEvent(event: unknown, self: Identity): SlackEvent | undefined {
  const { data: changed } = changedSchema.safeParse(event);
  if (changed !== undefined) return readChange(changed, self);
  const { data: deleted } = deletedSchema.safeParse(event);
  if (deleted !== undefined) {
    return readDeletion({ ...deleted, ts: deleted.deleted_ts, before: deleted.previous_message }, self);
  }
  const { data: said } = saidSchema.safeParse(event);
  // An edited mention is told of twice: as a changed message, and as a mention once more.
  return said && readSaid(said, { channel: said.channel, isDirect: said.channel_type === "im" }, self);
}

/** What somebody says in a message; `undefined` when it is nothing for Footnote. */
export function readMessage(
  message: SlackMessage,
  { channel, isDirect, isMention = false }: { channel: string; isDirect: boolean; isMention?: boolean },
  self: Identity,
): Heard | undefined {
  if (!isSpokenByPerson(message, self)) return undefined;
  const raw = message.text ?? "";
  const mention = new RegExp(`<@${self.user}(?:\\|[^>]*)?>`, "g");
  const isAddressed = isDirect || isMention || raw.search(mention) !== -1;
  if (!isAddressed && (message.thread_ts === undefined || namesSomebody(raw))) return undefined;

  const place: ReplyPlace = {
    team: self.team,
    channel,
    threadTs: message.thread_ts ?? message.ts,
    questionTs: message.ts,
    user: message.user ?? "",
    userTeam: message.user_team ?? message.team ?? self.team,
    isAddressed,
  };
  return {
    place,
    isAddressed,
    isDirect,
    message: {
      id: messageIdOf(self.team, channel, message.ts),
      thread: threadOf(place),
      author: { id: `slack:${message.user}`, name: message.user ?? "" },
      text: toPlainText(raw.replaceAll(mention, " "))
        .replace(/^[\s,:;]+/, "")
        .trim(),
      replyTo: { ...place },
      receivedAt: new Date(),
    },
  };
}

function readSaid(
  said: z.infer<typeof saidSchema>,
  at: { readonly channel: string; readonly isDirect: boolean },
  self: Identity,
): SlackEvent | undefined {
  const heard = readMessage(said, { ...at, isMention: said.type === "app_mention" }, self);
  return heard && withEdit(heard, said);
}

function readChange(changed: z.infer<typeof changedSchema>, self: Identity): SlackEvent | undefined {
  const { message, previous_message: before, channel } = changed;
  // What is left of a deleted message that has replies.
  if (message.subtype === "tombstone") return readDeletion({ ...message, channel, before }, self);
  // Slack shows a link's preview, or counts replies: nobody has changed a word.
  if ((message.edited ?? undefined) === undefined) return undefined;
  const heard = readMessage(message, { channel, isDirect: changed.channel_type === "im" }, self);
  return heard && withEdit(heard, message);
}

function withEdit(heard: Heard, { edited }: SlackMessage): SlackEvent {
  const editedTs = edited?.ts;
  return editedTs === undefined ? { type: "said", heard } : { type: "edited", heard, editedTs };
}

function readDeletion(
  deleted: { channel: string; ts: string; thread_ts?: string | undefined; before: SlackMessage | undefined },
  self: Identity,
): SlackEvent | undefined {
  const { channel, ts, before } = deleted;
  if (before !== undefined && !isSpokenByPerson(before, self)) return undefined;
  const threadTs = deleted.thread_ts ?? before?.thread_ts ?? ts;
  return {
    type: "deleted",
    messageId: messageIdOf(self.team, channel, ts),
    thread: threadOf({ team: self.team, channel, threadTs }),
  };
}

function isSpokenByPerson({ subtype, user, bot_id: bot }: SlackMessage, self: Identity): boolean {
  if (!SPOKEN_SUBTYPES.includes(subtype) || (bot ?? undefined) !== undefined) return false;
  return user !== undefined && user !== self.user && user !== "USLACKBOT";
}

/** A person, a group of people, or everyone here. */
function namesSomebody(mrkdwn: string): boolean {
  return /<(?:@|!subteam|!here|!channel|!everyone)/.test(mrkdwn);
}

function messageIdOf(team: string, channel: string, ts: string): string {
  return `${team}:${channel}:${ts}`;
}
