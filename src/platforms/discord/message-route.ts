import { RequestMethod, RESTJSONErrorCodes, Routes, ThreadAutoArchiveDuration } from "discord.js";
import type { Log } from "../../core/log.ts";
import { editIn, listAfter, postIn, removeFrom, typingIn } from "./channel-messages.ts";
import type { DiscordApi } from "./discord-api.ts";
import { DiscordRefusal, isRefusal } from "./discord-error.ts";
import type { MessagePlace } from "./reply-place.ts";
import type { ReplyRoute } from "./reply-route.ts";

/** The reply to a message: where it was asked, in a thread made from it, or as replies to it where no thread can be made. */
export function createMessageRoute(parts: {
  readonly api: DiscordApi;
  readonly place: MessagePlace;
  /** Where earlier messages of the reply are. */
  readonly begunIn: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly log: Log;
}): ReplyRoute {
  const { api, place, begunIn, signal, log } = parts;
  let home: Promise<string> | undefined;
  let isInChannel = false;
  let canReply = true;

  /** The channel the reply is written in. */
  function channel(): Promise<string> {
    if (begunIn !== undefined) return Promise.resolve(begunIn);
    if (place.mode !== "thread" || isInChannel) return Promise.resolve(place.channel);
    home ??= openThread().catch((error: unknown) => {
      home = undefined;
      throw error;
    });
    return home;
  }

  async function openThread(): Promise<string> {
    const name = place.threadName;
    const body = { name, auto_archive_duration: ThreadAutoArchiveDuration.OneDay };
    const path = Routes.threads(place.channel, place.question);
    try {
      await api.again({ method: RequestMethod.Post, path, body }, signal);
    } catch (error) {
      if (isRefusal(error, [RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage])) return place.question;
      if (!(error instanceof DiscordRefusal) || NO_PLACE.includes(error.code)) throw error;
      log.info({ code: error.code, channel: place.channel }, "no thread can be made here: answering in the channel");
      return place.channel;
    }
    return place.question;
  }

  return {
    maxMessages: Infinity,
    typing: async () => typingIn(await channel()),
    async post(body, nonce) {
      const target = await channel();
      const isAmongOthers = place.mode !== "here" && target === place.channel;
      return postIn(target, body, nonce, isAmongOthers && canReply ? place.question : undefined);
    },
    list: async (after) => listAfter(await channel(), after),
    reroute(refusal, before) {
      if (canReply && isRefusal(refusal, [RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory])) {
        canReply = false;
        return true;
      }
      // The thread was made, and may not be written in.
      if (place.mode !== "thread" || before.length > 0 || !isRefusal(refusal, CLOSED) || isInChannel) return false;
      isInChannel = true;
      return true;
    },
    edit: editIn,
    remove: removeFrom,
  };
}

/** The thread is locked or gone, or takes no messages of ours. */
const CLOSED: readonly number[] = [
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  RESTJSONErrorCodes.ThreadLocked,
];

/** The channel or the question is gone, or nothing there can be seen: a reply has no place either. */
const NO_PLACE: readonly number[] = [
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.MissingAccess,
];
