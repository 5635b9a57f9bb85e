import type { Log } from "../../core/log.ts";
import type { Heard } from "./inbound.ts";
import type { TextsOf } from "./locale.ts";
import type { ReplyPlace } from "./reply-place.ts";
import { SlackRefusal } from "./slack-error.ts";
import type { SlackTexts } from "./texts/slack-texts.ts";
import type { Workspaces } from "./workspaces.ts";

/** What somebody is told about a message that is no question. */
export interface Note {
  /** Name of the emoji that is put on the message. The same for every note the message may get: the first one there speaks. */
  readonly reaction: string;
  /** mrkdwn, in the language of its author; without one the reaction says it all. */
  readonly text?: (texts: SlackTexts) => string;
  /** Whether the whole thread is to read it; default: its author alone. */
  readonly isForAll?: boolean;
}

/** Tells the notes in the background: nothing is lost with one, and an ack does not wait for it. */
export type TellNote = (heard: Pick<Heard, "place" | "isDirect">, note: Note) => void;

/** Messages remembered as told; whatever is forgotten, the reaction on the message tells. */
const REMEMBERED_NOTES = 1_000;

/** So that nobody takes it for a part of an answer. */
const METADATA = { event_type: "footnote_note", event_payload: {} };

export function createNotes({
  workspaces,
  textsOf,
  log,
}: {
  readonly workspaces: Pick<Workspaces, "api">;
  readonly textsOf: TextsOf;
  readonly log: Log;
}): TellNote {
  const told = new Set<string>();

  /** Whether this is the first note on the message here: a mention is heard twice, and often more. */
  function isFirst({ team, channel, questionTs }: ReplyPlace, { reaction }: Note): boolean {
    const key = `${team}:${channel}:${questionTs}:${reaction}`;
    if (told.has(key)) return false;
    if (told.size >= REMEMBERED_NOTES) told.clear();
    told.add(key);
    return true;
  }

  async function tell({ place, isDirect }: Pick<Heard, "place" | "isDirect">, note: Note): Promise<void> {
    const { team, channel, user, threadTs, questionTs } = place;
    const api = workspaces.api(team);
    try {
      await api.once("reactions.add", { channel, timestamp: questionTs, name: note.reaction });
    } catch (error) {
      // A redelivery, or another replica, was here before.
      if (error instanceof SlackRefusal && error.code === "already_reacted") return;
      log.debug({ err: error, channel }, "no reaction");
    }
    if (note.text === undefined) return;
    const text = note.text(await textsOf(place));
    if (isDirect || note.isForAll === true) {
      await api.once("chat.postMessage", { channel, thread_ts: threadTs, text, metadata: METADATA });
      return;
    }
    // In a thread that has no messages yet nobody would see it.
    const thread = threadTs === questionTs ? {} : { thread_ts: threadTs };
    await api.once("chat.postEphemeral", { channel, user, text, ...thread });
  }

  return (heard, note) => {
    if (!isFirst(heard.place, note)) return;
    tell(heard, note).catch((error: unknown) =>
      log.warn({ err: error, channel: heard.place.channel }, "note not delivered"),
    );
  };
}
