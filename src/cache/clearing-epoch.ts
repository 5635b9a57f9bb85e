import type { Redis } from "ioredis";

const KEY = "footnote:cache:epoch";

/** A number in Redis that grows with every clearing of the cache, by which each replica learns that its memory is out of date. */
export class ClearingEpoch {
  readonly #onCleared: () => void;
  #known: number | undefined;

  /** @param onCleared called when another replica has cleared the cache */
  constructor(onCleared: () => void) {
    this.#onCleared = onCleared;
  }

  /** Reads by writing (plus 0): a Redis that is read-only or full does not pass for a healthy one. */
  async read(client: Redis): Promise<void> {
    const epoch = await client.incrby(KEY, 0);
    if (this.#known !== undefined && epoch !== this.#known) this.#onCleared();
    this.#known = epoch;
  }

  async advance(client: Redis): Promise<void> {
    this.#known = await client.incr(KEY);
  }
}
