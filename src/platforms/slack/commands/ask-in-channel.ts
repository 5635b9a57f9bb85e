import { z } from "zod";
import { SlackRefusal, SlackSilence } from "../slack-error.ts";
import type { SlackParts } from "../slack-parts.ts";
import { acceptInTime } from "./accept-in-time.ts";
import { placeOf, type Question, toInboundMessage } from "./question.ts";

export interface AnnouncedQuestion {
  readonly question: Question;
  /** What everybody reads, as mrkdwn: who asks what. */
  readonly announcement: string;
  /** The thread it is announced in; `undefined` begins one. */
  readonly threadTs: string | undefined;
  /** The question's id as a message, which an earlier delivery has, too. @param ts of the announcement */
  readonly idOf: (ts: string) => string;
}

type AskParts = Pick<SlackParts, "inbox" | "store" | "workspaces" | "log">;

/**
 * Announces a question in a message, and stores it to be answered below. When that fails, nothing stays: no message and no question.
 * @param late everything is taken back that was done by then
 * @returns false where Footnote may not write: nothing has happened
 * @throws {Failure} `invalid-input`, `over-budget`, `store-unavailable` @throws {SlackSilence}
 */
export async function askInChannel(asked: AnnouncedQuestion, parts: AskParts, late: AbortSignal): Promise<boolean> {
  const { question, threadTs, idOf } = asked;
  const ts = await announce(asked, parts);
  if (ts === undefined) return false;
  const place = placeOf(question, { threadTs: threadTs ?? ts, questionTs: ts });
  const message = toInboundMessage(question, idOf(ts), { ...place });
  try {
    const { isNew } = await acceptInTime(message, parts, late);
    if (!isNew) remove(question, ts, parts);
    return true;
  } catch (error) {
    remove(question, ts, parts);
    throw error;
  }
}

/** The message's `ts`; `undefined` where Footnote may not write. */
async function announce(asked: AnnouncedQuestion, parts: AskParts): Promise<string | undefined> {
  const { question, announcement, threadTs } = asked;
  const args = {
    channel: question.channel,
    ...(threadTs !== undefined && { thread_ts: threadTs }),
    text: announcement,
    metadata: { event_type: ANNOUNCEMENT, event_payload: { trigger: question.trigger } },
    unfurl_links: false,
    unfurl_media: false,
  };
  let posted;
  try {
    posted = await parts.workspaces.api(question.team).ifFree("chat.postMessage", args);
  } catch (error) {
    if (error instanceof SlackRefusal) return undefined;
    if (error instanceof SlackSilence) removeLost(asked, parts);
    throw error;
  }
  if (posted === undefined) throw new SlackSilence("Slack takes no more messages there for now");
  return z.object({ ts: z.string() }).parse(posted).ts;
}

/** So that nobody takes it for a part of an answer, and it is found when Slack has not told its `ts`. */
const ANNOUNCEMENT = "footnote_question";

/** In the background, as all that takes something back: nobody waits for it. */
function remove({ team, channel }: Question, ts: string, { workspaces, log }: AskParts): void {
  workspaces
    .api(team)
    .again("chat.delete", { channel, ts })
    .catch((error: unknown) => log.warn({ err: error, channel }, "announcement not taken back"));
}

const messagesSchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z.object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
    }),
  ),
});

/** Seconds: a lost message is among the latest, however much our clock and Slack's differ. */
const LOOKED_BACK = 300;

/** Takes a message back that may have been posted. */
function removeLost({ question, threadTs }: AnnouncedQuestion, parts: AskParts): void {
  const { team, channel, trigger } = question;
  const api = parts.workspaces.api(team);
  const oldest = String(Math.floor(Date.now() / 1_000) - LOOKED_BACK);

  async function find(): Promise<void> {
    const where = { channel, oldest, include_all_metadata: true };
    const listed =
      threadTs === undefined
        ? await api.again("conversations.history", where)
        : await api.again("conversations.replies", { ...where, ts: threadTs });
    const lost = messagesSchema
      .parse(listed)
      .messages.find(
        ({ metadata }) => metadata?.event_type === ANNOUNCEMENT && metadata.event_payload["trigger"] === trigger,
      );
    if (lost !== undefined) remove(question, lost.ts, parts);
  }
  find().catch((error: unknown) => parts.log.warn({ err: error, channel }, "lost announcement not found"));
}
