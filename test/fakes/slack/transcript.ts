import type { World, Frame } from "./world.ts";

export interface Seen {
  /** Whose eyes: shows what only this user can see as well. Default: everybody's. */
  readonly as?: string;
  /** At which moment, in virtual milliseconds since the epoch. Default: now. */
  readonly at?: number;
}

/** A thread, or a channel's top level, as people see it. */
export interface Transcript {
  /**
   * One entry per message, `name: what is seen`, oldest first, over as many lines as it has; ` (edited)` where Slack
   * shows it; `name (only for alice): …` for what only `as` sees; at the end `name … status`, while there is one.
   */
  text(seen?: Seen): string;
  /** The same, as one string per message. */
  entries(seen?: Seen): string[];
  /** Every version of every message and status, in the order they came to be seen. */
  history(): readonly Frame[];
}

/** The messages of one thread. */
export function threadTranscript(world: World, channel: string, thread: string): Transcript {
  return transcriptOf(world, (frame) => frame.channel === channel && frame.thread === thread);
}

/** What stands in the channel itself, without what was said in threads. */
export function channelTranscript(world: World, channel: string): Transcript {
  return transcriptOf(world, (frame) => frame.channel === channel && frame.ts === frame.thread);
}

function transcriptOf(world: World, belongs: (frame: Frame) => boolean): Transcript {
  const history = (): Frame[] => world.frames.filter(belongs);

  function entries({ as, at = Number.POSITIVE_INFINITY }: Seen = {}): string[] {
    const isVisible = (frame: Frame): boolean =>
      frame.at <= at && (frame.onlyFor === undefined || frame.onlyFor === as);
    const frames = history().filter(isVisible);
    const latest = new Map(frames.filter(({ change }) => change !== "status").map((frame) => [frame.ts, frame]));
    const shown = [...latest.values()]
      .filter(({ change }) => change !== "deleted")
      .toSorted((a, b) => (a.ts < b.ts ? -1 : 1));
    return [...shown.map(lineOf), ...statusLine(frames)];
  }

  function lineOf({ author, text, isEdited, onlyFor }: Frame): string {
    const limits = onlyFor === undefined ? "" : ` (only for ${world.nameOf(onlyFor)})`;
    return `${world.nameOf(author)}${limits}: ${text}${isEdited ? " (edited)" : ""}`;
  }

  /** A status ends when its author says something in the thread. */
  function statusLine(frames: readonly Frame[]): string[] {
    const status = frames.findLast(({ change }) => change === "status");
    if (status === undefined || status.text === "") return [];
    const since = frames.slice(frames.indexOf(status));
    if (since.some(({ change, author }) => change === "posted" && author === status.author)) return [];
    return [`${world.nameOf(status.author)} … ${status.text}`];
  }

  return { history, entries, text: (seen) => entries(seen).join("\n") };
}
