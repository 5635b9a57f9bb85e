import { z } from "zod";
import type { Exchange } from "../../../core/exchange.ts";
import { threadOf, toReplyPlace } from "../reply-place.ts";
import type { SlackParts } from "../slack-parts.ts";
import type { SlackTexts } from "../texts/slack-texts.ts";
import type { Reaction } from "./click.ts";
import { mayChange, type MayChangeParts } from "./may-change.ts";
import { tellOnly } from "./tell-only.ts";

const NOT_YOURS = ({ clicks }: SlackTexts): string => clicks.onlyAskerStops;

/** The button below what is being written. The reply itself says that it was stopped. */
export function stopAnswer(parts: Pick<SlackParts, "store"> & MayChangeParts): Reaction {
  return async (click, exchange) => {
    const { value, tell } = click;
    if (!(await mayChange(exchange, click, parts))) return tell(NOT_YOURS);
    const isStopped = value.revision === exchange.revision && (await parts.store.stop(exchange.id));
    if (!isStopped && exchange.failure !== "cancelled") tell(({ clicks }) => clicks.nothingToStop);
  };
}

const stoppedSchema = z.object({
  user: z.string(),
  channel: z.string(),
  thread_ts: z.string(),
  event_ts: z.string(),
});

/**
 * The button that Slack itself shows while an agent works, and while it streams (docs, *agent_session_stopped*). Slack has ended
 * the streams by then, whoever pressed it; where it was not for them to stop, the reply goes on by edits.
 * @throws {Failure} `store-unavailable`: the event must not be acked
 */
export async function stopSession(event: unknown, team: string, parts: SlackParts): Promise<void> {
  const { data } = stoppedSchema.safeParse(event);
  if (data === undefined) return;
  const { user, channel, thread_ts: threadTs, event_ts: pressedTs } = data;
  const { store, workspaces, log } = parts;
  const unfinished = await store.unfinished(threadOf({ team, channel, threadTs }));
  // One that is delivered again does not stop what was asked after it.
  const meant = unfinished.filter((exchange) => questionTime(exchange) <= Number(pressedTs));
  const allowed = await Promise.all(meant.map((exchange) => mayChange(exchange, { team, user }, parts)));
  await Promise.all(meant.filter((_, index) => allowed[index]).map(({ id }) => store.stop(id)));
  if (allowed.includes(false))
    tellOnly({ team, channel, user, threadTs }, (texts) => ({ text: NOT_YOURS(texts) }), parts);
  // Slack leaves it to the app to say that the work has ended.
  workspaces
    .api(team)
    .ifFree("agents.sessions.setStatus", { channel_id: channel, thread_ts: threadTs, status: "active" })
    .catch((error: unknown) => log.debug({ err: error, channel }, "session not ended"));
}

function questionTime({ replyTo }: Exchange): number {
  return Number(toReplyPlace(replyTo).questionTs);
}
