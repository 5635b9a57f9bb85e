import { EventEmitter, on } from "node:events";
import type { Exchange, ExchangeEvent, Store } from "../../core/exchange.ts";
import { Failure } from "../../core/failure.ts";
import type { Answer } from "../../core/reply.ts";
import { Problem } from "./problem.ts";

/** How an exchange ended, as far as whoever asked is concerned: `answered` is enough, for showing the answer is our own part. */
export type Settled =
  | { readonly type: "answered"; readonly exchange: Exchange; readonly answer: Answer }
  | { readonly type: "failed"; readonly exchange: Exchange; readonly failure: Failure };

/** Events that are not for whoever asked: there is something to read, or somebody else has come. */
interface Unshown {
  readonly type: "changed" | "advanced" | "joined";
}

/**
 * What happens in an exchange until it is settled; the last event says how. Nothing polls: the row is read at the start, whenever the
 * feed says that it changed, and once more when the time is up.
 * @param options.isLate whether something may have been told before: it is asked for once more
 * @throws {Problem} 404 when it is erased meanwhile
 * @throws the signal's reason, or {Failure} `store-unavailable`
 */
export async function* follow(
  store: Pick<Store, "exchange" | "feed">,
  id: string,
  signal: AbortSignal,
  { isLate = false }: { readonly isLate?: boolean } = {},
): AsyncGenerator<Exclude<ExchangeEvent, Unshown> | Settled> {
  signal.throwIfAborted();
  const emitter = new EventEmitter<{ event: [ExchangeEvent] }>();
  const events: AsyncIterable<readonly ExchangeEvent[]> = on(emitter, "event", { signal });
  const unsubscribe = store.feed.subscribe(id, (event) => emitter.emit("event", event));
  // Only after subscribing, or an answer stored in between would never be heard of.
  emitter.emit("event", { type: "changed" });
  let isMissing = isLate;
  try {
    for await (const [event] of events) {
      if (event === undefined || event.type === "joined") continue;
      if (event.type !== "changed" && event.type !== "advanced") {
        yield event;
        continue;
      }
      const settled = settledState(await store.exchange(id));
      if (settled !== undefined) {
        yield settled;
        return;
      }
      if (isMissing) await store.feed.publish(id, { type: "joined" });
      isMissing = false;
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
