import { z } from "zod";
import { bodiesOf, firstAccepted, metadataOf, NO_TAIL, type Tails } from "./message-body.ts";
import { ReplyMessage, type ReplyMessageParts } from "./reply-message.ts";

/** Begins a stream; `undefined` when a limit of calls stands against it. @throws {SlackRefusal} @throws {SlackSilence} */
export async function streamMessage(
  parts: ReplyMessageParts,
  part: number,
  text: string,
): Promise<ReplyMessage | undefined> {
  const { channel, threadTs: thread_ts, user, userTeam } = parts.place;
  const recipient = { recipient_user_id: user, recipient_team_id: userTeam };
  const args = { channel, thread_ts, ...recipient, markdown_text: text };
  const started = await parts.api.ifFree("chat.startStream", args, parts.signal);
  if (started === undefined) return undefined;
  const state = { ts: tsOf(started), shown: text.length, isStreaming: true };
  return new ReplyMessage(parts, part, state, { text, tails: NO_TAIL });
}

/** @throws {SlackRefusal} @throws {SlackSilence} */
export async function postMessage(
  parts: ReplyMessageParts,
  part: number,
  text: string,
  tails: Tails,
): Promise<ReplyMessage> {
  const { api, exchange, signal } = parts;
  const { channel, threadTs: thread_ts } = parts.place;
  const where = { channel, thread_ts, metadata: metadataOf(exchange.id, part) };
  const posted = await firstAccepted(bodiesOf(text, tails), (body) =>
    api.once("chat.postMessage", { ...where, ...body, unfurl_links: false, unfurl_media: false }, signal),
  );
  const state = { ts: tsOf(posted), shown: text.length, isStreaming: false };
  return new ReplyMessage(parts, part, state, { text, tails });
}

function tsOf(result: Readonly<Record<string, unknown>>): string {
  return z.object({ ts: z.string() }).parse(result).ts;
}
