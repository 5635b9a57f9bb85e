import { EventEmitter, on } from "node:events";
import type { Exchange, ExchangeEvent, Store } from "../../core/exchange.ts";
import { Failure } from "../../core/failure.ts";
import type { Answer } from "../../core/reply.ts";
import { Problem } from "./problem.ts";

/** How an exchange ended, as far as whoever asked is concerned: `answered` is enough, for showing the answer is our own part. */
export type Settled =
  | { readonly type: "answered"; readonly exchange: Exchange; readonly answer: Answer }
  | { readonly type: "failed"; readonly exchange: Exchange; readonly failure: Failure };

/** Events that say nothing but that there is something to read. */
interface ReadAgain {
  readonly type: "changed" | "advanced";
}

/**
 * What happens in an exchange until it is settled; the last event says how. Nothing polls: the row is read at the start, whenever the
 * feed says that it changed, and once more when the time is up.
 * @throws {Problem} 404 when it is erased meanwhile
 * @throws the signal's reason, or {Failure} `store-unavailable`
 */
export async function* follow(
  store: Pick<Store, "exchange" | "feed">,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Exclude<ExchangeEvent, ReadAgain> | Settled> {
  signal.throwIfAborted();
  const emitter = new EventEmitter<{ event: [ExchangeEvent] }>();
  const events: AsyncIterable<readonly ExchangeEvent[]> = on(emitter, "event", { signal });
  const unsubscribe = store.feed.subscribe(id, (event) => emitter.emit("event", event));
  // Only after subscribing, or an answer stored in between would never be heard of.
  emitter.emit("event", { type: "changed" });
  try {
    for await (const [event] of events) {
      if (event === undefined) continue;
      if (event.type !== "changed" && event.type !== "advanced") {
        yield event;
        continue;
      }
      const settled = settledState(await store.exchange(id));
      if (settled === undefined) continue;
      yield settled;
      return;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    // A feed that has gone deaf costs a wait, never the answer.
    const settled = isTimeLimit(signal.reason) ? settledState(await store.exchange(id)) : undefined;
    if (settled === undefined) throw signal.reason;
    yield settled;
  } finally {
    unsubscribe();
  }
}

/** What `AbortSignal.timeout` aborts with. */
function isTimeLimit(reason: unknown): boolean {
  return reason instanceof Error && reason.name === "TimeoutError";
}

function settledState(exchange: Exchange | undefined): Settled | undefined {
  if (exchange === undefined) throw new Problem(404, "not-found", "The conversation was erased.");
  if (exchange.answer !== undefined) return { type: "answered", exchange, answer: exchange.answer };
  if (exchange.state !== "failed") return undefined;
  const failure = new Failure(exchange.failure ?? "bug", "the exchange failed");
  return { type: "failed", exchange, failure };
}
