import type { ExchangeRevision, Store } from "../core/exchange.ts";
import { Failure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";

export interface ExchangeWatch {
  /** Aborts when the exchange is of another revision by now, or gone. */
  readonly superseded: AbortSignal;
  /** Aborts, with a Failure `cancelled`, when somebody has stopped it. */
  readonly stopped: AbortSignal;
  end(): void;
}

/** What others do with an exchange while it runs here, from now on; they may be in other processes. */
export function watchExchange(
  { id, revision }: ExchangeRevision,
  store: Pick<Store, "exchange" | "feed">,
  log: Log,
): ExchangeWatch {
  const superseded = new AbortController();
  const stopped = new AbortController();

  async function look(): Promise<void> {
    const now = await store.exchange(id);
    if (now === undefined || now.revision !== revision) {
      superseded.abort(new Failure("cancelled", "the question has changed"));
    } else if (now.failure === "cancelled") {
      stopped.abort(new Failure("cancelled", "somebody stopped it"));
    }
  }

  const end = store.feed.subscribe(id, ({ type }) => {
    if (type !== "changed") return;
    look().catch((error: unknown) => log.debug({ err: error }, "not known what has changed"));
  });
  return { superseded: superseded.signal, stopped: stopped.signal, end };
}
