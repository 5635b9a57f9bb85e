import { MessageType, RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import type { Exchange, Store } from "../../core/exchange.ts";
import type { DiscordApi } from "./discord-api.ts";
import { DiscordRefusal } from "./discord-error.ts";
import { interactionMessageId } from "./reply-place.ts";

/** What tells of a message of Footnote's to what it is an answer. */
const answerSchema = z.object({
  id: z.string(),
  channel_id: z.string(),
  type: z.number(),
  message_reference: z.object({ message_id: z.string().optional() }).optional(),
  interaction_metadata: z.object({ id: z.string() }).optional(),
});
export type AnswerMessage = z.infer<typeof answerSchema>;

const REPLIES: readonly number[] = [MessageType.Reply];
/** Further messages looked at: a later part of an answer may reply to its first. */
const MAX_STEPS = 2;

/** The exchange whose answer this message is a part of, by the question it replies to or the command it responds to. */
export async function answeredExchange(
  message: AnswerMessage,
  parts: { readonly store: Pick<Store, "exchangeOf">; readonly api: DiscordApi },
  steps = MAX_STEPS,
): Promise<Exchange | undefined> {
  const { store, api } = parts;
  const command = message.interaction_metadata?.id;
  if (command !== undefined) return store.exchangeOf("discord", interactionMessageId(command));
  if (!REPLIES.includes(message.type)) return undefined;
  const question = message.message_reference?.message_id;
  const exchange = question === undefined ? undefined : await store.exchangeOf("discord", question);
  if (exchange !== undefined || steps === 0) return exchange;
  // A message that comes with a reply to it does not always say what it replies to itself.
  const next = await read(api, message.channel_id, question ?? message.id);
  return next && answeredExchange(next, parts, steps - 1);
}

async function read(api: DiscordApi, channel: string, id: string): Promise<AnswerMessage | undefined> {
  try {
    return answerSchema.parse(await api.again({ method: RequestMethod.Get, path: Routes.channelMessage(channel, id) }));
  } catch (error) {
    if (error instanceof DiscordRefusal) return undefined;
    throw error;
  }
}
