import { SnowflakeUtil } from "discord.js";
import type { Exchange, Store } from "../../core/exchange.ts";
import { textsFor } from "../texts.ts";
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
  const { hints } = textsFor(place.locale);
  if (word === "stop") return stop(heard, parts);
  if (place.guild === null) return parts.tell(place, hints.alwaysListening);
  const isListening = word === "start listening";
  const saidAt = new Date(SnowflakeUtil.timestampFrom(place.question));
  const isKnown = await parts.store.setListening(message.thread, isListening, saidAt);
  parts.tell(place, !isKnown ? hints.notFollowing : isListening ? hints.listening : hints.quiet);
}

/** Only the asker and the server's managers stop a question. */
async function stop({ message, place, isAddressed }: Heard, { store, isManager, tell }: ObeyParts): Promise<void> {
  // A word that is told of again does not stop what was asked after it.
  const asked = (await store.unfinished(message.thread)).filter((exchange) => isBefore(exchange, place.question));
  const isOwn = ({ author }: Exchange): boolean => author.id === message.author.id;
  const mayStopAll = asked.every(isOwn) || (await isManager(place.guild, place.user));
  const mayStop = asked.filter((exchange) => mayStopAll || isOwn(exchange));
  await Promise.all(mayStop.map(({ id }) => store.stop(id)));
  // What is stopped says so itself; where there is nothing to stop, another replica may just have stopped it.
  if (isAddressed && asked.length > mayStop.length) tell(place, textsFor(place.locale).hints.nothingToStop);
}

/** Discord's ids grow with time. */
function isBefore({ replyTo }: Exchange, message: string): boolean {
  const place = toReplyPlace(replyTo);
  return BigInt(place.kind === "message" ? place.question : place.interaction) < BigInt(message);
}
