import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../core/log.ts";

/** When a reply's text is shown. */
export interface Pace {
  /** Milliseconds from the first word of it to the first message: an answer that is whole by then is posted in one piece. */
  readonly firstTextMs: number;
  /** Milliseconds between two pieces of text. */
  readonly nextTextMs: number;
}

export interface ShowingParts {
  readonly pace: Pace;
  /** What must be done before the first text, beside the wait for it. */
  readonly prepare: () => Promise<unknown>;
  /** The text as it should be shown now. */
  readonly wanted: () => string;
  /** False when it is not shown for now. */
  readonly show: (text: string) => Promise<boolean>;
  readonly signal: AbortSignal | undefined;
  readonly log: Log;
}

/** Shows a text as it grows. */
export interface Showing {
  /** Shows the latest until there is nothing new. Can be repeated. */
  begin(): void;
  /** Shows nothing more. */
  stop(): void;
  /** Resolves when nothing is being shown. */
  atRest(): Promise<void>;
}

/** What is not shown now is shown with the next piece, or by whoever ends the reply. */
export function createShowing({ pace, prepare, wanted, show, signal, log }: ShowingParts): Showing {
  const stopped = new AbortController();
  const ending = AbortSignal.any([stopped.signal, ...(signal === undefined ? [] : [signal])]);
  let shown = "";
  let running: Promise<void> | undefined;

  async function keepShowing(): Promise<void> {
    await Promise.all([attempt(prepare), pause(pace.firstTextMs)]);
    while (!ending.aborted && shown !== wanted()) {
      const text = wanted();
      await attempt(async () => {
        if (await show(text)) shown = text;
      });
      await pause(pace.nextTextMs);
    }
    running = undefined;
  }

  async function attempt(step: () => Promise<unknown>): Promise<void> {
    try {
      await step();
    } catch (error) {
      log.debug({ err: error }, "reply piece not shown");
    }
  }

  async function pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: ending }).catch(() => undefined);
  }

  return {
    begin() {
      if (!ending.aborted) running ??= keepShowing();
    },
    stop: () => stopped.abort(),
    async atRest() {
      await running;
    },
  };
}
