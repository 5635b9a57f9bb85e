import type { Failure } from "../core/failure.ts";

/** Within so long of a load that failed nobody who can be served stale waits for another. */
const OUTAGE_MS = 10_000;
/** What takes so long to fail hangs: it answers nobody, and whoever asks waits in vain. */
const HANG_MS = 2_000;
/** What goes on hanging is tried again after twice as long each time, up to this. */
const LONGEST_OUTAGE_MS = 30_000;

/**
 * - `well`: as far as anybody knows.
 * - `failing`: soon told, so it may be tried by who has nothing else.
 * - `hanging`: not to be tried.
 * - `due`: hangs, and is to be tried once more by the one caller who is told so.
 */
export type OriginState = "well" | "failing" | "hanging" | "due";

interface Outage {
  readonly failure: Failure;
  readonly hangs: boolean;
  readonly lastsMs: number;
  readonly until: number;
}

/** What cannot be loaded just now, by where it is loaded from: whom one load finds away is away for the others too. */
export class Outages {
  readonly #outages = new Map<string, Outage>();
  /** When each origin last gave something. */
  readonly #gaveAt = new Map<string, number>();

  /**
   * Takes note of a failure that says more than that one thing could not be had.
   * @param begun when the load began, milliseconds since 1970
   */
  note(origin: string, failure: Failure, begun: number): void {
    if (failure.kind !== "wiki-unavailable" && failure.kind !== "deadline") return;
    const now = Date.now();
    // Something else could be had meanwhile: this thing is slow or broken, not where it comes from.
    if ((this.#gaveAt.get(origin) ?? 0) > begun) return;
    const hangs = now - begun >= HANG_MS;
    const before = this.#outages.get(origin);
    const lastsMs = hangs && before?.hangs ? Math.min(2 * before.lastsMs, LONGEST_OUTAGE_MS) : OUTAGE_MS;
    this.#outages.set(origin, { failure, hangs, lastsMs, until: now + lastsMs });
  }

  end(origin: string): void {
    this.#gaveAt.set(origin, Date.now());
    this.#outages.delete(origin);
  }

  stateOf(origin: string): OriginState {
    const outage = this.#outages.get(origin);
    if (outage === undefined) return "well";
    const now = Date.now();
    if (now < outage.until) return outage.hangs ? "hanging" : "failing";
    if (!outage.hangs) return "well";
    this.#outages.set(origin, { ...outage, until: now + outage.lastsMs });
    return "due";
  }

  /** Why nothing can be loaded; `undefined` when nothing is known against it. */
  failureOf(origin: string): Failure | undefined {
    return this.#outages.get(origin)?.failure;
  }
}
