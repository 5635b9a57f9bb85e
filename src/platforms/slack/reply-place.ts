import { z } from "zod";
import { Failure } from "../../core/failure.ts";
import type { ReplyAddress, ThreadId } from "../../core/message.ts";

const replyPlace = z.object({
  /** The workspace where Footnote is installed. */
  team: z.string(),
  channel: z.string(),
  threadTs: z.string(),
  questionTs: z.string(),
  user: z.string(),
  /** The asker's workspace: in a shared channel it may be another. */
  userTeam: z.string(),
  /** Whether the question named Footnote, or was put to it directly; unknown of what is no message. */
  isAddressed: z.boolean().optional(),
});

/** Where a reply goes, as it is stored with the exchange. */
export type ReplyPlace = Readonly<z.infer<typeof replyPlace>>;

/** @throws {Failure} `bug` when the address is none of Slack's */
export function toReplyPlace(address: ReplyAddress): ReplyPlace {
  const { data, error } = replyPlace.safeParse(address);
  if (data === undefined) throw new Failure("bug", "the reply address is none of Slack's", { cause: error });
  return data;
}

export function threadOf({ team, channel, threadTs }: Pick<ReplyPlace, "team" | "channel" | "threadTs">): ThreadId {
  return `slack:${team}:${channel}:${threadTs}`;
}
