import { z } from "zod";
import type { Exchange, Store } from "../../core/exchange.ts";
import { Failure } from "../../core/failure.ts";
import type { ThreadId } from "../../core/message.ts";
import type { ChannelSettings } from "./channel-settings.ts";
import { isAdmin } from "./is-admin.ts";
import type { Heard } from "./inbound.ts";
import type { Note, TellNote } from "./notes.ts";
import { threadOf, toReplyPlace } from "./reply-place.ts";
import { SlackRefusal } from "./slack-error.ts";
import type { SlackParts } from "./slack-parts.ts";
import type { ThreadWord } from "../thread-words.ts";

export interface ObeyParts extends Pick<SlackParts, "admins" | "workspaces" | "log"> {
  readonly store: Pick<Store, "listens" | "setListening" | "unfinished" | "stop">;
  readonly settingsOf: (team: string, channel: string) => Promise<ChannelSettings>;
  readonly tell: TellNote;
}

/** Direct messages looked through for questions to stop; Slack gives some apps no more at once. */
const LATEST_MESSAGES = 15;

const historySchema = z.object({ messages: z.array(z.object({ ts: z.string(), user: z.string().optional() })) });

/** Does what somebody says in a thread. Twice does no harm. @throws {Failure} `store-unavailable` when it was not done */
export async function obeyWord(word: ThreadWord, heard: Heard, parts: ObeyParts): Promise<void> {
  if (word === "stop") return stop(heard, parts);
  if (word === "stop listening") return stopListening(heard, parts);
  return startListening(heard, parts);
}

/** Only the asker and admins stop a question. */
async function stop(heard: Heard, parts: ObeyParts): Promise<void> {
  const { store, tell } = parts;
  const { message, place, isAddressed } = heard;
  const threads = await threadsMeant(heard, parts);
  const unfinished = (await Promise.all(threads.map((thread) => store.unfinished(thread)))).flat();
  // A word that is delivered again does not stop what was asked after it.
  const meant = unfinished.filter((exchange) => !isAskedAfter(exchange, heard));
  const own = meant.filter(({ author }) => author.id === message.author.id);
  const allowed = own.length === meant.length || (await isAdmin(place, parts)) ? meant : own;
  const stopped = await Promise.all(allowed.map(({ id }) => store.stop(id)));
  if (stopped.includes(true)) tell(heard, STOPPED);
  else if (isAddressed) tell(heard, allowed.length < meant.length ? NOT_YOURS : STOPPED);
}

/** In direct messages every question begins a thread of its own, and so does the word. */
async function threadsMeant({ message, place, isDirect }: Heard, parts: ObeyParts): Promise<ThreadId[]> {
  const { team, channel, user, threadTs, questionTs } = place;
  if (!isDirect || threadTs !== questionTs) return [message.thread];
  try {
    const args = { channel, latest: questionTs, inclusive: true, limit: LATEST_MESSAGES };
    const history = await parts.workspaces.api(team).ifFree("conversations.history", args);
    const { messages } = historySchema.parse(history);
    return messages.filter((said) => said.user === user).map(({ ts }) => threadOf({ team, channel, threadTs: ts }));
  } catch (error) {
    if (error instanceof SlackRefusal) return [message.thread];
    throw new Failure("store-unavailable", "not known which questions to stop", { cause: error });
  }
}

function isAskedAfter({ replyTo }: Exchange, { place }: Heard): boolean {
  return Number(toReplyPlace(replyTo).questionTs) > Number(place.questionTs);
}

async function stopListening(heard: Heard, { store, tell }: ObeyParts): Promise<void> {
  const { message, isAddressed, isDirect } = heard;
  if (isDirect) return tell(heard, ALWAYS_LISTENING);
  if (!isAddressed && !(await store.listens(message.thread))) return;
  tell(heard, (await store.setListening(message.thread, false, saidAt(heard))) ? QUIET : NOT_FOLLOWING);
}

async function startListening(heard: Heard, { store, settingsOf, tell }: ObeyParts): Promise<void> {
  const { message, place, isAddressed, isDirect } = heard;
  if (isDirect) return tell(heard, ALWAYS_LISTENING);
  if (!isAddressed) return;
  const isKnown = await store.setListening(message.thread, true, saidAt(heard));
  const { mentionOnly } = await settingsOf(place.team, place.channel);
  tell(heard, mentionOnly ? MENTION_ONLY : isKnown ? LISTENING : NOT_FOLLOWING);
}

/** A word that is delivered again does not undo a later one. */
function saidAt({ place }: Heard): Date {
  return new Date(Number(place.questionTs) * 1_000);
}

const STOPPED: Note = { reaction: "octagonal_sign" };
const NOT_YOURS: Note = { reaction: "speech_balloon", text: ({ clicks }) => clicks.onlyAskerStops };
const QUIET: Note = { reaction: "zipper_mouth_face", text: ({ hints }) => hints.quiet, isForAll: true };
const LISTENING: Note = { reaction: "ear", text: ({ hints }) => hints.listening, isForAll: true };
const ALWAYS_LISTENING: Note = { reaction: "ear", text: ({ hints }) => hints.alwaysListening };
const MENTION_ONLY: Note = { reaction: "ear", text: ({ mentionOnly }) => mentionOnly };
const NOT_FOLLOWING: Note = { reaction: "ear", text: ({ hints }) => hints.notFollowing };
