import type { Inbox, Store } from "../../core/exchange.ts";
import { Failure } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import { MAX_QUESTION_LENGTH } from "../../core/message.ts";
import { isSmallTalk } from "../../core/small-talk.ts";
import { isTooLong, saysSomething } from "../question-text.ts";
import { type Texts, textsFor } from "../texts.ts";
import { threadWordIn } from "../thread-words.ts";
import { answeredExchange } from "./answered-exchange.ts";
import type { DiscordApi } from "./discord-api.ts";
import type { Heard } from "./inbound.ts";
import { type ObeyParts, obeyWord } from "./obey-word.ts";

export interface TakeMessageParts extends ObeyParts {
  readonly api: DiscordApi;
  readonly inbox: Inbox;
  readonly store: ObeyParts["store"] & Pick<Store, "exchangeOf">;
  readonly log: Log;
}

/** What becomes of a message: a question is stored, a word obeyed, and the rest left alone. @throws {Failure} `store-unavailable` */
export async function takeMessage(said: Heard, parts: TakeMessageParts): Promise<void> {
  const heard = await inConversation(said, parts);
  const { message, place, isAddressed } = heard;
  const word = threadWordIn(message.text);
  if (word !== undefined) return obeyWord(word, heard, parts);
  if (!isAddressed && !(await isFollowUp(heard, parts))) return;
  if (!saysSomething(message.text)) {
    if (isAddressed) parts.tell(place, textsFor(place.locale).hints.howToAsk);
    return;
  }
  await ask(heard, parts);
}

/** Whether something said without a mention continues a conversation with Footnote. */
async function isFollowUp({ message, needsMention }: Heard, { store }: TakeMessageParts): Promise<boolean> {
  return needsMention !== true && !isSmallTalk(message.text) && store.listens(message.thread);
}

/** A reply to an answer goes on with the answer's conversation, wherever that was begun. */
async function inConversation(heard: Heard, parts: TakeMessageParts): Promise<Heard> {
  const exchange = heard.answer === undefined ? undefined : await answeredExchange(heard.answer, parts);
  return exchange === undefined ? heard : { ...heard, message: { ...heard.message, thread: exchange.thread } };
}

async function ask({ message, place, perMinute }: Heard, { inbox, tell, log }: TakeMessageParts): Promise<void> {
  try {
    await inbox.accept(message, perMinute);
  } catch (error) {
    if (isOfDeleted(error)) return;
    if (!isRefused(error)) throw error;
    log.info({ thread: message.thread, reason: error.message }, "not taken");
    tell(place, whyNot(message.text, error, textsFor(place.locale)));
  }
}

/** Nobody asks it any more, and nobody is told. */
function isOfDeleted(error: unknown): boolean {
  return error instanceof Failure && error.kind === "cancelled";
}

/** It will be taken no more the next time. */
export function isRefused(error: unknown): error is Failure {
  return error instanceof Failure && error.kind !== "store-unavailable";
}

/** What its author is told of a text that was not taken. */
export function whyNot(text: string, { kind }: Failure, { hints, apology }: Texts): string {
  if (kind === "over-budget") return hints.tooMany;
  return kind === "invalid-input" && isTooLong(text) ? hints.tooLong(MAX_QUESTION_LENGTH) : apology(kind);
}
