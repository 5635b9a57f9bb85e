import { z } from "zod";
import { Failure } from "../../core/failure.ts";
import type { ReplyAddress } from "../../core/message.ts";

const messagePlace = z.object({
  kind: z.literal("message"),
  /** The server; `null` in direct messages. */
  guild: z.string().nullable(),
  channel: z.string(),
  /** The asker's message. */
  question: z.string(),
  /** The message that the question replies to. */
  repliedTo: z.string().nullable(),
  /** `thread`: in a thread made from the question. `reply`: in the channel, as a reply to it. `here`: where it was asked. */
  mode: z.enum(["thread", "reply", "here"]),
  /** Of the thread that is made from the question. */
  threadName: z.string(),
  user: z.string(),
  /** BCP 47, of the fixed texts around the answer. Absent: nobody knows. */
  locale: z.string().optional(),
  /** Whether Footnote was named: what was only said in a thread it takes part in may be meant for others. */
  isAddressed: z.boolean(),
  /** Not addressed, and no question by its words: where nothing is found, nothing is said. */
  isRemark: z.boolean(),
});

const interactionPlace = z.object({
  kind: z.literal("interaction"),
  guild: z.string().nullable(),
  channel: z.string(),
  application: z.string(),
  interaction: z.string(),
  /** Lets whoever has it write the response, for a quarter of an hour. */
  token: z.string(),
  /** Until when the token is used, in milliseconds since the epoch. */
  tokenUntil: z.number(),
  /** The question in short: Discord does not show what a command was given. */
  title: z.string(),
  /** Shown to the asker only. */
  isPrivate: z.boolean(),
  /** Whether the bot may write in the channel by itself; not where it is only installed for its user. */
  canPost: z.boolean(),
  user: z.string(),
  /** As above. */
  locale: z.string().optional(),
});

/** What stands for a message's id where the question came by a command. */
export function interactionMessageId(interaction: string): string {
  return `interaction:${interaction}`;
}

export type MessagePlace = Readonly<z.infer<typeof messagePlace>>;
export type InteractionPlace = Readonly<z.infer<typeof interactionPlace>>;
/** Where a reply goes, as it is stored with the exchange. */
export type ReplyPlace = MessagePlace | InteractionPlace;

const replyPlace = z.discriminatedUnion("kind", [messagePlace, interactionPlace]);

/** @throws {Failure} `bug` when the address is none of Discord's */
export function toReplyPlace(address: ReplyAddress): ReplyPlace {
  const { data, error } = replyPlace.safeParse(address);
  if (data === undefined) throw new Failure("bug", "the reply address is none of Discord's", { cause: error });
  return data;
}
