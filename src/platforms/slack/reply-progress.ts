import { z } from "zod";
import { Failure } from "../../core/failure.ts";
import type { ReplyProgress } from "../../core/reply.ts";

const replyState = z.object({
  /** Of the exchange, whose answer the messages show or are to show. */
  revision: z.number().int().default(0),
  /** The reply's messages, in order. */
  messages: z.array(
    z.object({
      ts: z.string(),
      /** Characters of the part's Markdown that it shows, at the least. */
      shown: z.number().int(),
      /** Whether Slack still waits for more of it. */
      isStreaming: z.boolean(),
    }),
  ),
  /** A message was about to be posted: it may be there without being in the list. */
  isPosting: z.boolean(),
});

/** What must be known to go on with a reply in another process. */
export type ReplyState = Readonly<z.infer<typeof replyState>>;
export type MessageState = ReplyState["messages"][number];

const NOTHING_POSTED: ReplyState = { revision: 0, messages: [], isPosting: false };

/** @throws {Failure} `bug` when it is none of Slack's */
export function toReplyState(progress: ReplyProgress | undefined): ReplyState {
  if (progress === undefined) return NOTHING_POSTED;
  const { data, error } = replyState.safeParse(progress);
  if (data === undefined) throw new Failure("bug", "the reply's progress is none of Slack's", { cause: error });
  return data;
}
