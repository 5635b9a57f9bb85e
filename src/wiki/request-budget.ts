import { Failure, toFailure } from "../core/failure.ts";
import type { RequestBudget, RequestBudgetFigures, RequestPermit } from "../core/wiki.ts";

export interface RequestBudgetOptions {
  /** Requests in any 60 seconds. */
  readonly perMinute: number;
  /** Requests under way at once. Default 3, which is what Wikimedia allows. */
  readonly concurrent?: number;
  /** Milliseconds anyone waits for a permit. Default 10,000. */
  readonly maxWaitMs?: number;
}

interface Waiting {
  readonly until: number;
  readonly grant: (permit: RequestPermit) => void;
  readonly refuse: (failure: Failure) => void;
}

const MINUTE_MS = 60_000;
/** What a request is told that waited in vain for others to be done. */
const COME_AGAIN_MS = 1_000;

/** A budget for one process. Whoever comes first goes first; who could not go in time is told so at once. */
export function createRequestBudget(options: RequestBudgetOptions): RequestBudget {
  const { perMinute, concurrent = 3, maxWaitMs = 10_000 } = options;
  const queue: Waiting[] = [];
  /** When the requests of the last minute were sent, oldest first; by a clock that nobody sets. */
  const sent: number[] = [];
  let inFlight = 0;
  let pausedUntil = 0;
  let timer: NodeJS.Timeout | undefined;

  async function acquire(signal?: AbortSignal): Promise<RequestPermit> {
    if (signal?.aborted) throw toFailure(signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers<RequestPermit>();
    const waiting: Waiting = { until: performance.now() + maxWaitMs, grant: resolve, refuse: reject };
    const stop = (): void => leave(waiting, toFailure(signal?.reason));
    const tooLate = setTimeout(() => leave(waiting, refusal(performance.now())), maxWaitMs);
    signal?.addEventListener("abort", stop, { once: true });
    queue.push(waiting);
    serve();
    try {
      return await promise;
    } finally {
      clearTimeout(tooLate);
      signal?.removeEventListener("abort", stop);
    }
  }

  function leave(waiting: Waiting, failure: Failure): void {
    const place = queue.indexOf(waiting);
    if (place === -1) return;
    queue.splice(place, 1);
    waiting.refuse(failure);
    serve();
  }

  /** Lets go whoever may go, sends away whoever cannot go in time, and wakes up again when the next may. */
  function serve(): void {
    const now = performance.now();
    forget(now);
    while (queue.length > 0 && inFlight < concurrent && mayGoAt(0, now) <= now) queue.shift()?.grant(permit(now));
    const hopeless = queue.filter(({ until }, place) => mayGoAt(place, now) > until);
    for (const waiting of hopeless) {
      queue.splice(queue.indexOf(waiting), 1);
      waiting.refuse(refusal(now));
    }
    clearTimeout(timer);
    if (queue.length > 0 && inFlight < concurrent) timer = setTimeout(serve, Math.ceil(mayGoAt(0, now) - now));
  }

  function permit(now: number): RequestPermit {
    let isHeld = true;
    inFlight += 1;
    sent.push(now);
    return {
      release() {
        if (!isHeld) return;
        isHeld = false;
        inFlight -= 1;
        serve();
      },
    };
  }

  /** The earliest time at which the pause and the minute let the request at that place of the queue go. */
  function mayGoAt(place: number, now: number): number {
    if (place >= perMinute) return mayGoAt(place - perMinute, now) + MINUTE_MS;
    const oldest = sent[sent.length + place - perMinute];
    return Math.max(now, pausedUntil, oldest === undefined ? 0 : oldest + MINUTE_MS);
  }

  function forget(now: number): void {
    const kept = sent.findIndex((at) => at > now - MINUTE_MS);
    sent.splice(0, kept === -1 ? sent.length : kept);
  }

  function refusal(now: number): Failure {
    const retryAfterMs = Math.max(Math.ceil(mayGoAt(queue.length, now) - now), COME_AGAIN_MS);
    return new Failure("over-budget", "no request may be sent to the wiki just now", { retryAfterMs });
  }

  async function pause(milliseconds: number): Promise<void> {
    pausedUntil = Math.max(pausedUntil, performance.now() + milliseconds);
    serve();
  }

  async function figures(): Promise<RequestBudgetFigures> {
    const now = performance.now();
    forget(now);
    return {
      perMinute,
      left: Math.max(0, perMinute - sent.length),
      inFlight,
      pausedForMs: Math.max(0, Math.ceil(pausedUntil - now)),
    };
  }

  return { acquire, pause, figures };
}
