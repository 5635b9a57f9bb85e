import type { Fields } from "./entities.ts";
import type { VirtualClock } from "./virtual-clock.ts";

export type EnvelopeKind = "events_api" | "slash_commands" | "interactive";

export interface Retry {
  readonly num: number;
  readonly reason: string;
}

/** What became of handing something to the app once. */
export type Outcome =
  | { readonly isAcked: true; readonly body: unknown }
  | { readonly isAcked: false; readonly reason: string; readonly isFinal?: boolean };

/** A way to the app: Socket Mode or HTTP. */
export interface Transport {
  /** Settles once the app has acked, or `ackMs` virtual milliseconds have passed. */
  attempt(
    kind: EnvelopeKind,
    payload: Fields,
    options: { readonly retry?: Retry; readonly ackMs: number },
  ): Promise<Outcome>;
}

/** Something Slack tells the app, tried as often as Slack tries. */
export interface Delivery {
  readonly kind: EnvelopeKind;
  /** What the app gets as `body`. */
  readonly payload: Fields;
  /** Every attempt so far. */
  readonly outcomes: readonly Outcome[];
  /** Settles when Slack is done with it: the outcome that counts. */
  readonly done: Promise<Outcome>;
}

export interface Courier {
  /** Events are tried again at once, after a minute and after five; commands and clicks are not. */
  deliver(kind: EnvelopeKind, payload: Fields): Delivery;
  /** Hands it over once more, whatever became of it; with `retry` marked as a redelivery, without as if it were new. */
  redeliver(delivery: Pick<Delivery, "kind" | "payload">, retry?: Retry): Promise<Outcome>;
  /** Through which way from now on. */
  use(transport: Transport): void;
}

/** Pauses before the second, third and fourth attempt (docs, *Events API*, retries). */
const RETRY_PAUSES_MS = [0, 60_000, 300_000];

export function createCourier({
  transport: first,
  clock,
  ackMs,
}: {
  readonly transport: Transport;
  readonly clock: VirtualClock;
  readonly ackMs: number;
}): Courier {
  let transport = first;

  async function tryUntilAcked(kind: EnvelopeKind, payload: Fields, outcomes: Outcome[]): Promise<Outcome> {
    const pauses = kind === "events_api" ? RETRY_PAUSES_MS : [];
    let outcome = await transport.attempt(kind, payload, { ackMs });
    outcomes.push(outcome);
    for (const [index, pause] of pauses.entries()) {
      if (outcome.isAcked || outcome.isFinal === true) return outcome;
      if (pause > 0) await new Promise<void>((resolve) => void clock.after(pause, resolve));
      outcome = await transport.attempt(kind, payload, { ackMs, retry: { num: index + 1, reason: outcome.reason } });
      outcomes.push(outcome);
    }
    return outcome;
  }

  return {
    deliver(kind, payload) {
      const outcomes: Outcome[] = [];
      return { kind, payload, outcomes, done: tryUntilAcked(kind, payload, outcomes) };
    },
    redeliver: ({ kind, payload }, retry) =>
      transport.attempt(kind, payload, { ackMs, ...(retry === undefined ? {} : { retry }) }),
    use(other) {
      transport = other;
    },
  };
}
