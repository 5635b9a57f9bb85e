import { MessageType, RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import type { Said } from "../../core/exchange.ts";
import { Failure } from "../../core/failure.ts";
import type { DiscordApi, DiscordRequest } from "./discord-api.ts";
import { DiscordRefusal } from "./discord-error.ts";
import type { Identity } from "./discord-parts.ts";
import { toPlainText } from "./plain-text.ts";
import type { MessagePlace } from "./reply-place.ts";

/** The latest messages of a thread that are read. */
const READ_MESSAGES = 50;
/** Messages of a chain of replies, each of which is read by itself. */
const READ_REPLIES = 5;

const REPLIES: readonly number[] = [MessageType.Reply];
/** Joins, pins and names of threads say nothing. */
const WRITTEN: readonly number[] = [MessageType.Default, MessageType.Reply];

const userSchema = z.object({ id: z.string(), username: z.string(), global_name: z.string().nullish() });
const messageSchema = z.object({
  type: z.number(),
  author: userSchema,
  content: z.string(),
  mentions: z.array(userSchema),
  message_reference: z.object({ channel_id: z.string(), message_id: z.string().optional() }).optional(),
});
type Message = z.infer<typeof messageSchema>;

/**
 * What was said before the question: in the thread it was asked in, else in the messages it replies to. `undefined` when there is
 * nothing of the kind, or Footnote may not read it. @throws {Failure} `delivery-failed` when Discord does not tell now
 */
export async function readContext(
  place: MessagePlace,
  parts: { readonly api: DiscordApi; readonly identity: Promise<Identity> },
  signal: AbortSignal,
): Promise<readonly Said[] | undefined> {
  const { channel, question, repliedTo, mode, guild } = place;
  if (guild === null) return undefined;
  try {
    const { user: self } = await parts.identity;
    const messages =
      mode === "here"
        ? await readThread(channel, question, parts.api, signal)
        : await readReplies(channel, repliedTo, parts.api, signal);
    const said = messages.filter((message) => message.author.id !== self && isSpoken(message)).map(toSaid);
    return said.length === 0 ? undefined : said;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DiscordRefusal) return undefined;
    throw new Failure("delivery-failed", "Discord did not tell what was said before", { cause: error });
  }
}

async function readThread(channel: string, before: string, api: DiscordApi, signal: AbortSignal): Promise<Message[]> {
  const query = { before, limit: String(READ_MESSAGES) };
  const latestFirst = await api.once(get(Routes.channelMessages(channel), query), signal);
  return z.array(messageSchema).parse(latestFirst).toReversed();
}

/** Oldest first. */
async function readReplies(
  channel: string,
  from: string | null,
  api: DiscordApi,
  signal: AbortSignal,
): Promise<Message[]> {
  const messages: Message[] = [];
  let next = from ?? undefined;
  while (next !== undefined && messages.length < READ_REPLIES) {
    const message = messageSchema.parse(await api.once(get(Routes.channelMessage(channel, next)), signal));
    messages.unshift(message);
    next = REPLIES.includes(message.type) ? message.message_reference?.message_id : undefined;
  }
  return messages;
}

function get(path: `/${string}`, query?: Readonly<Record<string, string>>): DiscordRequest {
  return { method: RequestMethod.Get, path, ...(query !== undefined && { query }) };
}

/** Without the Message Content intent nobody says anything. */
function isSpoken({ type, content }: Message): boolean {
  return WRITTEN.includes(type) && content.trim() !== "";
}

function toSaid(message: Message): Said {
  return { author: message.author.global_name ?? message.author.username, text: toPlainText(message) };
}
