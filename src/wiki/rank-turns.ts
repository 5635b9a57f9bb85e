import { setImmediate } from "node:timers/promises";
import { toFailure } from "../core/failure.ts";

/** Long work in short turns, between which everybody else has theirs. */
export interface Turns {
  /** Whether it is time to let others go on. */
  isOver(): boolean;
  /** @throws {Failure} what the signal says */
  next(): Promise<void>;
}

/** A twentieth of what people notice, and enough that changing turns costs nothing beside the work. */
const TURN_MS = 6;

export function takeTurns(signal?: AbortSignal): Turns {
  let begun = performance.now();

  return {
    isOver: () => performance.now() - begun >= TURN_MS,
    async next() {
      await setImmediate();
      if (signal?.aborted) throw toFailure(signal.reason);
      begun = performance.now();
    },
  };
}
