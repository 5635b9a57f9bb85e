import type { Inbox, Store } from "../../core/exchange.ts";
import { Failure } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import { MAX_QUESTION_LENGTH } from "../../core/message.ts";
import { isSmallTalk } from "../../core/small-talk.ts";
import { isTooLong, saysSomething } from "../question-text.ts";
import { threadWordIn } from "../thread-words.ts";
import type { Heard } from "./inbound.ts";
import type { Note } from "./notes.ts";
import { type ObeyParts, obeyWord } from "./obey-word.ts";
import type { NameThread } from "./thread-title.ts";

export interface TakeMessageParts extends ObeyParts {
  readonly inbox: Inbox;
  readonly store: ObeyParts["store"] & Pick<Store, "exchangeOf" | "forgetMessage">;
  readonly nameThread: NameThread;
  readonly log: Log;
}

/** What becomes of a message: a question is stored, a word obeyed, and the rest left alone. @throws {Failure} `store-unavailable` */
export async function takeMessage(heard: Heard, parts: TakeMessageParts): Promise<void> {
  const { message, isAddressed } = heard;
  const word = threadWordIn(message.text);
  if (word !== undefined) return obeyWord(word, heard, parts);
  if (!isAddressed && !(await isFollowUp(heard, parts))) return;
  if (!saysSomething(message.text)) {
    if (isAddressed) parts.tell(heard, heard.isDirect ? HOW_TO_ASK_DIRECTLY : HOW_TO_ASK);
    return;
  }
  await ask(heard, parts);
}

/** Whether something said without a mention continues a conversation with Footnote. */
async function isFollowUp(
  { message, place }: Heard,
  { store, settingsOf }: Pick<TakeMessageParts, "store" | "settingsOf">,
): Promise<boolean> {
  if (isSmallTalk(message.text) || !(await store.listens(message.thread))) return false;
  return !(await settingsOf(place.team, place.channel)).mentionOnly;
}

async function ask(heard: Heard, { inbox, nameThread, tell, log }: TakeMessageParts): Promise<void> {
  const { message } = heard;
  try {
    const { isNew } = await inbox.accept(message);
    if (isNew) nameThread(heard);
  } catch (error) {
    if (isOfDeleted(error)) return;
    if (!isRefused(error)) throw error;
    log.info({ thread: message.thread, reason: error.message }, "not a question");
    tell(heard, whyNot(error, message.text));
  }
}

/** Nobody asks it any more, and nobody is told. */
function isOfDeleted(error: unknown): boolean {
  return error instanceof Failure && error.kind === "cancelled";
}

/** Whether a question is not taken, and would not be if it were delivered again. */
export function isRefused(error: unknown): error is Failure {
  return error instanceof Failure && (error.kind === "invalid-input" || error.kind === "over-budget");
}

/** What its author is told of a question that is not taken. */
export function whyNot({ kind }: Failure, text: string): Note {
  if (kind === "over-budget") return TOO_MANY;
  const why: Note["text"] = ({ hints, apology }) =>
    isTooLong(text) ? hints.tooLong(MAX_QUESTION_LENGTH) : apology(kind);
  return { reaction: "speech_balloon", text: why };
}

const TOO_MANY: Note = { reaction: "hourglass_flowing_sand", text: ({ hints }) => hints.tooMany };
const HOW_TO_ASK: Note = { reaction: "speech_balloon", text: ({ hints }) => hints.howToAsk };
const HOW_TO_ASK_DIRECTLY: Note = { reaction: "speech_balloon", text: ({ howToAskDirectly }) => howToAskDirectly };
