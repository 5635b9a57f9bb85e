import { z } from "zod";
import type { Identity } from "./inbound.ts";
import { isPartOf } from "./message-body.ts";
import type { ReplyPlace } from "./reply-place.ts";
import type { SlackApi } from "./slack-api.ts";

const repliesSchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      user: z.string().optional(),
      bot_id: z.string().optional(),
      metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
    }),
  ),
});

/** Messages after the question that are looked at: an answer in doubt is among the first. */
const LOOKED_AT = 200;

export interface WantedReply {
  readonly place: ReplyPlace;
  readonly exchange: string;
  readonly part: number;
  readonly self: Promise<Identity>;
  /** `ts` of messages it cannot be. */
  readonly known: ReadonlySet<string>;
}

/** The message of a reply's part, if it was posted without our knowing. */
export async function findReply(
  api: SlackApi,
  { place, exchange, part, self, known }: WantedReply,
  signal?: AbortSignal,
): Promise<{ readonly ts: string; readonly isStreaming: boolean } | undefined> {
  const { channel, threadTs, questionTs } = place;
  const args = { channel, ts: threadTs, oldest: questionTs, include_all_metadata: true, limit: LOOKED_AT };
  const { messages } = repliesSchema.parse(await api.again("conversations.replies", args, signal));
  const me = await self;
  const own = messages.filter(
    ({ ts, user, bot_id: bot }) => ts > questionTs && !known.has(ts) && (user === me.user || bot === me.bot),
  );
  const posted = own.find(({ metadata }) => isPartOf(exchange, part, metadata));
  if (posted !== undefined) return { ts: posted.ts, isStreaming: false };
  // A stream carries no metadata before its end. A thread is answered by one exchange at a time, so an open one is this one's.
  const stream = own.findLast(({ metadata }) => metadata === undefined);
  return stream && { ts: stream.ts, isStreaming: true };
}
