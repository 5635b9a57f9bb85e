import { SnowflakeUtil } from "discord.js";
import { saysSomething } from "../question-text.ts";
import { textsFor } from "../texts.ts";
import { threadWordIn } from "../thread-words.ts";
import type { Heard } from "./inbound.ts";
import { obeyWord } from "./obey-word.ts";
import { toReplyPlace } from "./reply-place.ts";
import { isRefused, takeMessage, type TakeMessageParts, whyNot } from "./take-message.ts";

/** An answer is not changed any more when its question is edited later than that. */
const EDITABLE_MS = 15 * 60_000;

/**
 * An edited question is answered anew; one that can be none any more keeps its answer, and so does one that names Footnote no longer.
 * @param editedAt in milliseconds since the epoch @throws {Failure} `store-unavailable`
 */
export async function takeEdit(heard: Heard, editedAt: number, parts: TakeMessageParts): Promise<void> {
  const { message, place, isAddressed } = heard;
  if (editedAt - SnowflakeUtil.timestampFrom(message.id) > EDITABLE_MS) return;
  const exchange = await parts.store.exchangeOf("discord", message.id);
  if (exchange === undefined) return isAddressed ? takeMessage(heard, parts) : undefined;
  if (exchange.isWithdrawn || message.text.toWellFormed().trim() === exchange.question) return;
  const before = toReplyPlace(exchange.replyTo);
  if (!isAddressed && before.kind === "message" && before.isAddressed) return;

  const word = threadWordIn(message.text);
  if (word !== undefined) return obeyWord(word, { ...heard, message: { ...message, thread: exchange.thread } }, parts);
  if (!saysSomething(message.text)) return;
  try {
    await parts.inbox.revise(exchange.id, { question: message.text, ifRevision: exchange.revision });
  } catch (error) {
    if (!isRefused(error)) throw error;
    parts.tell(place, whyNot(message.text, error, textsFor(place.locale)));
  }
}
