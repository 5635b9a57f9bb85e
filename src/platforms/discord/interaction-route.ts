import { MessageFlags, RequestMethod, RESTJSONErrorCodes, Routes } from "discord.js";
import { editIn, listAfter, postIn, removeFrom } from "./channel-messages.ts";
import type { DiscordRequest } from "./discord-api.ts";
import { DiscordRefusal, isRefusal } from "./discord-error.ts";
import type { MessageBody } from "./message-body.ts";
import type { InteractionPlace } from "./reply-place.ts";
import type { ReplyRoute } from "./reply-route.ts";

/** Discord: where the app is installed by its user alone. */
const MAX_FOLLOW_UPS = 5;

/**
 * The response to a command: the deferred response is edited, and what does not fit follows. Once the token has ended, the reply
 * goes on in the channel, where the bot may write there.
 */
export function createInteractionRoute(place: InteractionPlace): ReplyRoute {
  const { application, token, channel, isPrivate, canPost } = place;
  let hasEnded = false;
  let canReply = true;
  const isOpen = (): boolean => !hasEnded && Date.now() < place.tokenUntil;

  return {
    maxMessages: canPost ? Infinity : 1 + MAX_FOLLOW_UPS,
    typing: async () => undefined,
    async post(body, nonce, [first]) {
      if (first === undefined && isOpen())
        return byToken(RequestMethod.Patch, Routes.webhookMessage(application, token), body);
      if (isOpen() && (isPrivate || !canPost)) {
        const flags = body.flags | (isPrivate ? MessageFlags.Ephemeral : 0);
        return byToken(RequestMethod.Post, Routes.webhook(application, token), { ...body, flags });
      }
      if (isPrivate || !canPost) throw new DiscordRefusal(RESTJSONErrorCodes.InvalidWebhookToken, 401);
      // By the bot itself and not by the token: only so can the message have a nonce.
      return postIn(first?.channel ?? channel, body, nonce, canReply ? first?.id : undefined);
    },
    list: async (after) => (isPrivate || !canPost ? undefined : listAfter(channel, after)),
    reroute(refusal) {
      if (canReply && isRefusal(refusal, [RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory])) {
        canReply = false;
        return true;
      }
      if (!isOpen() || !isRefusal(refusal, TOKEN_ENDED)) return false;
      hasEnded = true;
      return true;
    },
    edit: (message, body) =>
      isOpen()
        ? byToken(RequestMethod.Patch, Routes.webhookMessage(application, token, message.id), body)
        : editIn(message, body),
    remove: (message) =>
      isOpen()
        ? byToken(RequestMethod.Delete, Routes.webhookMessage(application, token, message.id))
        : removeFrom(message),
  };
}

const TOKEN_ENDED: readonly number[] = [RESTJSONErrorCodes.InvalidWebhookToken, RESTJSONErrorCodes.UnknownWebhook];

function byToken(method: RequestMethod, path: `/${string}`, body?: MessageBody): DiscordRequest {
  return { method, path, isKeyless: true, ...(body !== undefined && { body }) };
}
