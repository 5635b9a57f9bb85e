import type { Log } from "../../core/log.ts";
import type { Store } from "../../core/exchange.ts";
import type { ReplyTarget } from "../../core/platform.ts";
import type { ReplySink } from "../../core/reply.ts";
import type { Pace } from "../showing.ts";
import { respond } from "./commands/response-url.ts";
import { toUnthreadedPlace, type UnthreadedPlace } from "./commands/unthreaded-place.ts";
import { createUnthreadedReply } from "./commands/unthreaded-reply.ts";
import type { TextsOf } from "./locale.ts";
import type { MessageBody } from "./message-body.ts";
import { toReplyPlace } from "./reply-place.ts";
import { toReplyState } from "./reply-progress.ts";
import { createReplySink } from "./reply-sink.ts";
import type { ReplyTurns } from "./reply-turns.ts";
import type { SlackApi } from "./slack-api.ts";
import type { Workspaces } from "./workspaces.ts";

export interface OpenReplyParts {
  readonly workspaces: Workspaces;
  readonly textsOf: TextsOf;
  readonly store: Pick<Store, "exchange" | "progress">;
  readonly pace: Pace;
  readonly firstSignMs: number;
  readonly turns: ReplyTurns;
  readonly log: Log;
}

/** The reply to a question, in its thread; or to a command that was not to begin one, or could not. */
export function openSlackReply(
  { workspaces, textsOf, store, pace, firstSignMs, turns, log }: OpenReplyParts,
  { id, revision, replyTo, progress }: ReplyTarget,
  signal?: AbortSignal,
): ReplySink {
  const place = toReplyPlace(replyTo);
  const unthreaded = toUnthreadedPlace(replyTo);
  const api = workspaces.api(place.team);
  const exchange = { id, revision };
  const texts = textsOf(place);
  if (unthreaded !== undefined) {
    return createUnthreadedReply({
      say: (body) => sayUnthreaded(api, unthreaded, body, signal),
      exchange,
      texts,
      progress,
      save: (state) => store.progress(id, state),
      signal,
    });
  }
  return createReplySink({
    api,
    place,
    pace,
    firstSignMs,
    turns,
    exchange,
    texts,
    question: async () => (await store.exchange(id))?.question,
    self: workspaces.identity(place.team),
    resume: toReplyState(progress),
    save: (state) => store.progress(id, { ...state }),
    signal,
    log: log.child({ exchange: id }),
  });
}

async function sayUnthreaded(
  api: SlackApi,
  { channel, user, isPrivate, responseUrl }: UnthreadedPlace,
  body: MessageBody,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (responseUrl === undefined) {
    await api.once("chat.postEphemeral", { channel, user, ...body }, signal);
  } else {
    const isFor = { response_type: isPrivate ? "ephemeral" : "in_channel", replace_original: false };
    await respond(responseUrl, { ...isFor, ...body, unfurl_links: false, unfurl_media: false }, signal);
  }
}
