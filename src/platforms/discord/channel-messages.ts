import { RequestMethod, Routes } from "discord.js";
import type { DiscordRequest } from "./discord-api.ts";
import type { MessageBody } from "./message-body.ts";

interface MessageAt {
  readonly channel: string;
  readonly id: string;
}

/** A message of the bot's own in a channel, as a reply to another one of that channel where one is given. */
export function postIn(channel: string, body: MessageBody, nonce: string, repliedTo?: string): DiscordRequest {
  return {
    method: RequestMethod.Post,
    path: Routes.channelMessages(channel),
    body: {
      ...body,
      nonce,
      enforce_nonce: true,
      ...(repliedTo !== undefined && { message_reference: { message_id: repliedTo, fail_if_not_exists: false } }),
    },
  };
}

/** Discord: 100 messages at a time. */
const MAX_LISTED = 100;

/** The first messages after an id, latest first. */
export function listAfter(channel: string, id: string): DiscordRequest {
  const query = { after: id, limit: String(MAX_LISTED) };
  return { method: RequestMethod.Get, path: Routes.channelMessages(channel), query };
}

export function editIn({ channel, id }: MessageAt, body: MessageBody): DiscordRequest {
  return { method: RequestMethod.Patch, path: Routes.channelMessage(channel, id), body };
}

export function removeFrom({ channel, id }: MessageAt): DiscordRequest {
  return { method: RequestMethod.Delete, path: Routes.channelMessage(channel, id) };
}

export function typingIn(channel: string): DiscordRequest {
  return { method: RequestMethod.Post, path: Routes.channelTyping(channel) };
}
