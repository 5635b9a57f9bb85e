import { z } from "zod";
import type { InboundMessage } from "../../core/message.ts";
import { toPlainText } from "./plain-text.ts";
import { type ReplyPlace, threadOf } from "./reply-place.ts";

/** Who Footnote is in the workspace where it is installed. */
export interface Identity {
  readonly team: string;
  readonly user: string;
  readonly bot: string;
}

/** A question, or what may be one. */
export interface Heard {
  readonly message: InboundMessage;
  /** False for what was said in a thread without naming Footnote: a question only if Footnote takes part in the thread. */
  readonly isAddressed: boolean;
}

const eventSchema = z.object({
  type: z.enum(["app_mention", "message"]),
  subtype: z.string().optional(),
  channel: z.string(),
  channel_type: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  /** The author's own workspace; in a shared channel it may be another than ours. */
  user_team: z.string().optional(),
  team: z.string().optional(),
  text: z.string().nullish(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  edited: z.unknown().optional(),
});

/** Something a person says with a file, or to the channel as well, is said like anything else. Other subtypes tell of events. */
const SPOKEN_SUBTYPES: readonly (string | undefined)[] = [undefined, "file_share", "thread_broadcast"];

/**
 * What an `app_mention` or `message` event asks of Footnote; `undefined` when it is nothing for Footnote. The two events of one
 * mention, and every redelivery, give a message of the same id.
 */
export function readEvent(event: unknown, self: Identity): Heard | undefined {
  const { data } = eventSchema.safeParse(event);
  if (data === undefined || !isSpokenByPerson(data, self)) return undefined;

  const raw = data.text ?? "";
  const mention = new RegExp(`<@${self.user}(?:\\|[^>]*)?>`, "g");
  const isAddressed = data.channel_type === "im" || data.type === "app_mention" || mention.test(raw);
  if (!isAddressed && (data.thread_ts === undefined || namesSomebody(raw))) return undefined;

  const text = toPlainText(raw.replaceAll(mention, " "))
    .replace(/^[\s,:;]+/, "")
    .trim();
  if (text === "") return undefined;
  const place: ReplyPlace = {
    team: self.team,
    channel: data.channel,
    threadTs: data.thread_ts ?? data.ts,
    questionTs: data.ts,
    user: data.user ?? "",
    userTeam: data.user_team ?? data.team ?? self.team,
  };
  return {
    isAddressed,
    message: {
      id: `${self.team}:${data.channel}:${data.ts}`,
      thread: threadOf(place),
      author: { id: `slack:${data.user}`, name: data.user ?? "" },
      text,
      replyTo: { ...place },
      receivedAt: new Date(),
    },
  };
}

function isSpokenByPerson(event: z.infer<typeof eventSchema>, self: Identity): boolean {
  const { subtype, user, bot_id: bot, edited } = event;
  if (!SPOKEN_SUBTYPES.includes(subtype) || (edited ?? undefined) !== undefined) return false;
  return (bot ?? undefined) === undefined && user !== undefined && user !== self.user && user !== "USLACKBOT";
}

/** A person, a group of people, or everyone here. */
function namesSomebody(mrkdwn: string): boolean {
  return /<(?:@|!subteam|!here|!channel|!everyone)/.test(mrkdwn);
}
