import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Exchange } from "../../core/exchange.ts";
import { saysSomething } from "../question-text.ts";
import { threadWordIn } from "../thread-words.ts";
import { type Heard, type Identity, messageSchema, readMessage } from "./inbound.ts";
import { obeyWord } from "./obey-word.ts";
import { toReplyPlace } from "./reply-place.ts";
import { SlackRefusal } from "./slack-error.ts";
import { isRefused, takeMessage, type TakeMessageParts, whyNot } from "./take-message.ts";

/** An answer is not changed any more when its question is edited later than that. */
const EDITABLE_SECONDS = 15 * 60;
/** Slack may take so long to tell what a message says now. */
const LOOK_LIMIT_MS = 1_000;

const repliesSchema = z.object({ messages: z.array(messageSchema) });

/**
 * An edited question is answered anew; one that can be none any more keeps its answer, and so does one that names Footnote no longer.
 * @throws {Failure} `store-unavailable`
 */
export async function takeEdit(
  edited: { readonly heard: Heard; readonly editedTs: string },
  self: Identity,
  parts: TakeMessageParts,
): Promise<void> {
  const { place, message, isAddressed } = edited.heard;
  if (Number(edited.editedTs) - Number(place.questionTs) > EDITABLE_SECONDS) return;
  const exchange = await parts.store.exchangeOf("slack", message.id);
  if (exchange === undefined ? !isAddressed : exchange.isWithdrawn || asks(edited.heard, exchange)) return;
  // Edits may arrive late, twice and in any order: only Slack knows which is the last.
  const latest = await latestOf(edited.heard, self, parts);
  if (latest === undefined) return;
  if (exchange !== undefined) return change(exchange, latest, parts);
  if (latest.isAddressed) await takeMessage(latest, parts);
}

function asks({ message }: Heard, { question }: Exchange): boolean {
  return message.text.toWellFormed().trim() === question;
}

function hasLostItsMention({ isAddressed }: Heard, { replyTo }: Exchange): boolean {
  return !isAddressed && toReplyPlace(replyTo).isAddressed === true;
}

async function change(exchange: Exchange, heard: Heard, parts: TakeMessageParts): Promise<void> {
  if (asks(heard, exchange) || hasLostItsMention(heard, exchange)) return;
  const { text } = heard.message;
  const word = threadWordIn(text);
  if (word !== undefined) return obeyWord(word, heard, parts);
  if (!saysSomething(text)) return;
  try {
    await parts.inbox.revise(exchange.id, { question: text, ifRevision: exchange.revision });
    parts.nameThread(heard);
  } catch (error) {
    if (!isRefused(error)) throw error;
    parts.tell(heard, whyNot(error, text));
  }
}

/** What the message says now; `undefined` when that is nothing for Footnote. As it was told when Slack does not say. */
async function latestOf(
  told: Heard,
  self: Identity,
  { workspaces, log }: Pick<TakeMessageParts, "workspaces" | "log">,
): Promise<Heard | undefined> {
  const { team, channel, threadTs, questionTs } = told.place;
  const args = { channel, ts: threadTs, oldest: questionTs, latest: questionTs, inclusive: true, limit: 2 };
  const late = new AbortController();
  try {
    const result = await Promise.race([
      workspaces.api(team).ifFree("conversations.replies", args),
      sleep(LOOK_LIMIT_MS, undefined, { signal: late.signal }),
    ]);
    const message = repliesSchema.parse(result).messages.find(({ ts }) => ts === questionTs);
    return message && readMessage(message, { channel, isDirect: told.isDirect }, self);
  } catch (error) {
    if (error instanceof SlackRefusal && error.code === "thread_not_found") return undefined;
    log.debug({ err: error, channel }, "not known how the message reads now");
    return told;
  } finally {
    late.abort();
  }
}
