import type { Log } from "../../core/log.ts";
import { neutralise } from "./neutralise.ts";
import type { ReplyPlace } from "./reply-place.ts";
import type { SlackApi } from "./slack-api.ts";

export interface StatusLine {
  /** Shows the note as soon as the one before it is shown; only the latest counts. */
  show(note: string): void;
  /** Resolves once no note can appear any more: one that came after the reply would stay below it. */
  end(): Promise<void>;
  /** Takes the note away where no reply will: only a new message does that by itself. */
  clear(): Promise<void>;
}

/** What Footnote is doing, under the thread, until the reply's first message takes its place. A courtesy: no trouble with it matters. */
export function createStatusLine(parts: {
  readonly api: SlackApi;
  readonly place: ReplyPlace;
  readonly signal: AbortSignal | undefined;
  readonly log: Log;
}): StatusLine {
  const { api, place, signal, log } = parts;
  let next: string | undefined;
  let isOver = false;
  let isShown = false;
  let telling: Promise<void> | undefined;

  async function tell(): Promise<void> {
    while (next !== undefined && !isOver) {
      const note = next;
      next = undefined;
      await set(neutralise(note));
    }
    telling = undefined;
  }

  async function set(status: string): Promise<void> {
    try {
      const args = { channel_id: place.channel, thread_ts: place.threadTs, status };
      await api.ifFree("assistant.threads.setStatus", args, signal);
      isShown = status !== "";
    } catch (error) {
      isOver = true;
      log.debug({ err: error }, "status not shown");
    }
  }

  async function end(): Promise<void> {
    isOver = true;
    await telling;
  }

  return {
    show(note) {
      next = note;
      if (!isOver) telling ??= tell();
    },
    end,
    async clear() {
      await end();
      if (isShown) await set("");
    },
  };
}
