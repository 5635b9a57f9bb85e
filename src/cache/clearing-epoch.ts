import type { Redis } from "ioredis";

const KEY = "footnote:cache:epoch";

/**
 * When the cache was last cleared, by Redis' own clock and kept there, by which each replica learns that its memory is out of date. A
 * Redis that lost it, or knows only an earlier clearing of an older snapshot, was not cleared but restarted: what memory holds is as good as ever.
 */
export class ClearingEpoch {
  readonly #onCleared: () => void;
  /** Microseconds since 1970. */
  #known: number | undefined;

  /** @param onCleared called when another replica has cleared the cache */
  constructor(onCleared: () => void) {
    this.#onCleared = onCleared;
  }

  /** Reads by writing (plus 0): a Redis that is read-only or full does not pass for a healthy one. */
  async read(client: Redis): Promise<void> {
    const epoch = await client.incrby(KEY, 0);
    if (this.#known !== undefined && epoch > this.#known) this.#onCleared();
    this.#known = Math.max(epoch, this.#known ?? 0);
  }

  async advance(client: Redis): Promise<void> {
    const [seconds, microseconds] = await client.time();
    this.#known = Number(seconds) * 1_000_000 + Number(microseconds);
    await client.set(KEY, this.#known);
  }
}
