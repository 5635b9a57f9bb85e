import { MESSAGE_TYPE } from "./entities.ts";
import type { Frame, World } from "./world.ts";

export interface Seen {
  /** Whose eyes, by user id: shows what only this user can see as well. Default: everybody's. */
  readonly as?: string;
  /** At which moment, in virtual milliseconds since the epoch. Default: now. */
  readonly at?: number;
}

/** A channel, a thread or direct messages as people see it. */
export interface Transcript {
  /**
   * One entry per message, `name: what is seen`, oldest first, over as many lines as it has; ` (edited)` where Discord
   * shows it; `name (only for alice): …` for what only `as` sees; at the end `name is typing`, while it does.
   */
  text(seen?: Seen): string;
  /** The same, as one string per message. */
  entries(seen?: Seen): string[];
  /** Every version of every message and each typing, in the order they came to be seen. */
  history(): readonly Frame[];
}

/** How long people see somebody typing (docs, *Trigger Typing Indicator*). */
const TYPING_MS = 10_000;

export function transcriptOf(world: World, channel: string): Transcript {
  const history = (): Frame[] => world.frames.filter((frame) => frame.channel === channel);

  function entries({ as, at = world.now() }: Seen = {}): string[] {
    const isVisible = (frame: Frame): boolean =>
      frame.at <= at && (frame.onlyFor === undefined || frame.onlyFor === as);
    const frames = history().filter(isVisible);
    const latest = new Map(frames.filter(({ change }) => change !== "typing").map((frame) => [frame.message, frame]));
    const shown = [...latest.values()]
      .filter(({ change, type }) => change !== "deleted" && type !== MESSAGE_TYPE.threadStarter)
      .toSorted((a, b) => (BigInt(a.message) < BigInt(b.message) ? -1 : 1));
    return [...shown.map(lineOf), ...typingLines(frames, at)];
  }

  function lineOf({ name, text, isEdited, onlyFor }: Frame): string {
    const limits = onlyFor === undefined ? "" : ` (only for ${world.nameOf(onlyFor)})`;
    return `${name}${limits}: ${text}${isEdited ? " (edited)" : ""}`;
  }

  return { history, entries, text: (seen) => entries(seen).join("\n") };
}

/** Typing ends when its author has sent something. */
function typingLines(frames: readonly Frame[], at: number): string[] {
  const typing = frames.filter(
    (frame, index) =>
      frame.change === "typing" &&
      frame.at > at - TYPING_MS &&
      !frames.slice(index).some(({ change, author }) => change === "posted" && author === frame.author),
  );
  return [...new Set(typing.map(({ name }) => `${name} is typing`))];
}
