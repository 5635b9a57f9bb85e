import { setTimeout as delay } from "node:timers/promises";

/** Looks again and again until what it sees is as wanted, and returns it. A test that waits in vain is ended by its runner's limit. */
export async function until<T>(look: () => Promise<T>, isWanted: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (isWanted(seen)) return seen;
    await delay(20);
  }
}
