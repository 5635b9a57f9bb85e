import type { Exchange, Store } from "../../core/exchange.ts";
import type { ThreadWord } from "../thread-words.ts";
import type { Heard } from "./inbound.ts";
import type { IsManager } from "./managers.ts";
import type { TellNote } from "./notes.ts";
import { toReplyPlace } from "./reply-place.ts";

export interface ObeyParts {
  readonly store: Pick<Store, "listens" | "setListening" | "unfinished" | "stop">;
  readonly isManager: IsManager;
  readonly tell: TellNote;
}

/** Does what somebody says in a thread. Twice does no harm. @throws {Failure} `store-unavailable` when it was not done */
export async function obeyWord(word: ThreadWord, heard: Heard, parts: ObeyParts): Promise<void> {
  const { message, place, isAddressed } = heard;
  if (!isAddressed && !(await parts.store.listens(message.thread))) return;
  if (word === "stop") return stop(heard, parts);
  if (place.guild === null) return parts.tell(place, ALWAYS_LISTENING);
  const isListening = word === "start listening";
  const isKnown = await parts.store.setListening(message.thread, isListening);
  parts.tell(place, !isKnown ? NOT_FOLLOWING : isListening ? LISTENING : QUIET);
}

/** Only the asker and the server's managers stop a question. */
async function stop({ message, place, isAddressed }: Heard, { store, isManager, tell }: ObeyParts): Promise<void> {
  // A word that is told of again does not stop what was asked after it.
  const asked = (await store.unfinished(message.thread)).filter((exchange) => isBefore(exchange, place.question));
  const isOwn = ({ author }: Exchange): boolean => author.id === message.author.id;
  const mayStopAll = asked.every(isOwn) || (await isManager(place.guild, place.user));
  const stopped = await Promise.all(
    asked.filter((exchange) => mayStopAll || isOwn(exchange)).map(({ id }) => store.stop(id)),
  );
  // What is stopped says so itself.
  if (isAddressed && !stopped.includes(true)) tell(place, NOTHING_TO_STOP);
}

/** Discord's ids grow with time. */
function isBefore({ replyTo }: Exchange, message: string): boolean {
  const place = toReplyPlace(replyTo);
  return BigInt(place.kind === "message" ? place.question : place.interaction) < BigInt(message);
}

const NOTHING_TO_STOP = "There is nothing of yours to stop here.";
const QUIET = "OK, I'll stay quiet here until somebody mentions me.";
const LISTENING = "I'm listening again: questions in this thread need no mention.";
const ALWAYS_LISTENING = "Between the two of us I answer whatever you ask.";
const NOT_FOLLOWING = "I don't follow this thread: I only do so once I was asked something in it.";
