import type { Failure } from "../core/failure.ts";

/** Within so long of a load that failed nobody who can be served stale waits for another: a wiki that hangs takes 10 s to fail. */
const OUTAGE_MS = 10_000;

/** What cannot be loaded just now, by the entries' prefix: whom one load finds away is away for the others too. */
export class Outages {
  readonly #until = new Map<string, number>();

  /** Takes note of a failure that says more than that one thing could not be had. */
  note(prefix: string, { kind }: Failure): void {
    if (kind === "wiki-unavailable" || kind === "deadline") this.#until.set(prefix, Date.now() + OUTAGE_MS);
  }

  end(prefix: string): void {
    this.#until.delete(prefix);
  }

  lasts(prefix: string): boolean {
    return (this.#until.get(prefix) ?? 0) > Date.now();
  }
}
