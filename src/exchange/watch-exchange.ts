import type { Store } from "../core/exchange.ts";
import { Failure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";

export interface ExchangeWatch {
  /** Aborts when the exchange is of another revision by now, or gone. */
  readonly superseded: AbortSignal;
  /** Aborts, with a Failure `cancelled`, when somebody has stopped it. */
  readonly stopped: AbortSignal;
  /** Tells which revision runs here. What happened before that is made up for. */
  expect(revision: number): void;
  end(): void;
}

/** What others do with an exchange while it runs here; they may be in other processes. */
export function watchExchange(id: string, store: Pick<Store, "exchange" | "feed">, log: Log): ExchangeWatch {
  const superseded = new AbortController();
  const stopped = new AbortController();
  let expected: number | undefined;
  let hasChanged = false;

  async function look(revision: number): Promise<void> {
    const now = await store.exchange(id);
    if (now === undefined || now.revision !== revision) {
      superseded.abort(new Failure("cancelled", "the question has changed"));
    } else if (now.failure === "cancelled") {
      stopped.abort(new Failure("cancelled", "somebody stopped it"));
    }
  }

  function lookOrLog(): void {
    hasChanged = true;
    if (expected === undefined) return;
    look(expected).catch((error: unknown) => log.debug({ err: error, exchange: id }, "not known what has changed"));
  }

  const end = store.feed.subscribe(id, ({ type }) => {
    if (type === "changed") lookOrLog();
  });
  return {
    superseded: superseded.signal,
    stopped: stopped.signal,
    expect(revision) {
      expected = revision;
      if (hasChanged) lookOrLog();
    },
    end,
  };
}
