import { z } from "zod";
import { Failure } from "../../core/failure.ts";
import type { ReplyProgress } from "../../core/reply.ts";

const replyState = z.object({
  /** Of the exchange, when this was stored: the messages may show an answer to an earlier question. */
  revision: z.number().int(),
  /** The reply's messages, in order. */
  messages: z.array(
    z.object({
      channel: z.string(),
      id: z.string(),
      /** Characters of the part's Markdown that it shows, at the least. */
      shown: z.number().int(),
    }),
  ),
  /** Messages ever posted for the reply. The next one's nonce is made of it, so that none is posted twice. */
  posted: z.number().int(),
  /** Since when the next message is being posted, in milliseconds since the epoch: it may be there already. */
  postingSince: z.number().optional(),
});

/** What must be known to go on with a reply in another process. */
export type ReplyState = Readonly<z.infer<typeof replyState>>;
export type ReplyMessage = Readonly<ReplyState["messages"][number]>;

/** @throws {Failure} `bug` when it is none of Discord's */
export function toReplyState(progress: ReplyProgress | undefined, revision: number): ReplyState {
  if (progress === undefined) return { revision, messages: [], posted: 0 };
  const { data, error } = replyState.safeParse(progress);
  if (data === undefined) throw new Failure("bug", "the reply's progress is none of Discord's", { cause: error });
  if (data.revision === revision) return data;
  // Nothing of the new answer is shown yet.
  return { ...data, revision, messages: data.messages.map((message) => ({ ...message, shown: 0 })) };
}
