/** What can go wrong with a request that is nobody's fault. `after` means that Slack has done it and the reply is lost. */
export type Trouble =
  | { readonly error: string }
  | { readonly status: number }
  /** Seconds. */
  | { readonly retryAfter: number }
  | { readonly close: "before" | "after" }
  /** No reply ever comes. */
  | { readonly hang: "before" | "after" }
  /** Real milliseconds until the method is carried out. */
  | { readonly delayMs: number };

export interface FrequentTrouble {
  /** Of all requests, 0 to 1. */
  readonly share: number;
  /** Each is as likely as the others. */
  readonly troubles: readonly Trouble[];
  /** Default: all. */
  readonly methods?: readonly string[];
  /** The same seed gives the same sequence. Default 1. */
  readonly seed?: number;
}

export interface Troubles {
  /** The next `times` calls of the method (`*`: of any) meet this trouble. */
  plan(method: string, trouble: Trouble, times?: number): void;
  /** From now on; replaces what was said before. `undefined` ends it. */
  sometimes(frequent: FrequentTrouble | undefined): void;
  meet(method: string): Trouble | undefined;
}

export function createTroubles(): Troubles {
  const planned: { method: string; trouble: Trouble; left: number }[] = [];
  let frequent: FrequentTrouble | undefined;
  let random = createRandom(1);

  return {
    plan(method, trouble, times = 1) {
      planned.push({ method, trouble, left: times });
    },
    sometimes(settings) {
      frequent = settings;
      random = createRandom(settings?.seed ?? 1);
    },
    meet(method) {
      const plan = planned.find(({ method: name, left }) => left > 0 && (name === method || name === "*"));
      if (plan !== undefined) {
        plan.left -= 1;
        return plan.trouble;
      }
      if (frequent === undefined || frequent.methods?.includes(method) === false) return undefined;
      if (random() >= frequent.share) return undefined;
      return frequent.troubles[Math.floor(random() * frequent.troubles.length)];
    },
  };
}

/** Numbers from 0 up to 1 that look random and are the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
