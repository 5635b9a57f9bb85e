import { setTimeout as sleep } from "node:timers/promises";

/** What an attempt returns when it must be made again later. */
export interface Limited {
  readonly retryAfterMs: number;
}

interface Line {
  opensAt: number;
  waiting: number;
  /** Settles when everybody in line has had their turn. */
  last: Promise<void>;
}

/** Limits of calls, by a key. Once one is reached, attempts go one by one, in the order they came: all at once would meet it again. */
export class RateGate {
  readonly #lines = new Map<string, Line>();

  isClosed(key: string): boolean {
    const line = this.#lines.get(key);
    if (line === undefined) return false;
    if (line.waiting > 0 || line.opensAt > Date.now()) return true;
    this.#lines.delete(key);
    return false;
  }

  close(key: string, milliseconds: number): void {
    const line = this.#lines.get(key) ?? { opensAt: 0, waiting: 0, last: Promise.resolve() };
    line.opensAt = Math.max(line.opensAt, Date.now() + milliseconds);
    this.#lines.set(key, line);
  }

  /** Makes attempts until one is not limited. @throws what `attempt` throws, or the signal's reason */
  async pass<T extends object>(key: string, attempt: () => Promise<T | Limited>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (!this.isClosed(key)) {
      const result = await attempt();
      if (!isLimited(result)) return result;
      this.close(key, result.retryAfterMs);
    }
    return this.#inLine(key, attempt, signal);
  }

  async #inLine<T extends object>(key: string, attempt: () => Promise<T | Limited>, signal?: AbortSignal): Promise<T> {
    const line = this.#lines.get(key) ?? { opensAt: 0, waiting: 0, last: Promise.resolve() };
    this.#lines.set(key, line);
    const before = line.last;
    const turn = Promise.withResolvers<void>();
    line.last = before.then(() => turn.promise);
    line.waiting += 1;
    try {
      // Whoever is before us leaves the line at the latest when its own signal says so.
      await before;
      for (;;) {
        await sleep(Math.max(0, line.opensAt - Date.now()), undefined, { signal });
        const result = await attempt();
        if (!isLimited(result)) return result;
        this.close(key, result.retryAfterMs);
      }
    } finally {
      line.waiting -= 1;
      turn.resolve();
    }
  }
}

export function isLimited(result: object): result is Limited {
  return "retryAfterMs" in result;
}
