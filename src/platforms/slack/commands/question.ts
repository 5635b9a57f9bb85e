import type { InboundMessage } from "../../../core/message.ts";
import { type ReplyPlace, threadOf } from "../reply-place.ts";

/** A question that was put by a command or a shortcut, and so is no message yet. */
export interface Question {
  /** The workspace where Footnote is installed. */
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  /** The asker's workspace: in a shared channel it may be another. */
  readonly userTeam: string;
  /** Plain. */
  readonly text: string;
  /** Slack's id of this use of the command or shortcut. */
  readonly trigger: string;
  /** A credential: whoever knows it can write in Footnote's name for 30 minutes. */
  readonly responseUrl: string;
}

/** Where the reply to a question goes that was put in that place. */
export function placeOf(
  { team, channel, user, userTeam }: Question,
  { threadTs, questionTs }: Pick<ReplyPlace, "threadTs" | "questionTs">,
): ReplyPlace {
  return { team, channel, threadTs, questionTs, user, userTeam, isAddressed: true };
}

export function toInboundMessage(
  { user, text }: Question,
  id: string,
  place: ReplyPlace & InboundMessage["replyTo"],
): InboundMessage {
  return {
    id,
    thread: threadOf(place),
    author: { id: `slack:${user}`, name: user },
    text,
    replyTo: place,
    receivedAt: new Date(),
  };
}
