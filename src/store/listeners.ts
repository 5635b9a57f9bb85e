import type { ExchangeEvent } from "../core/exchange.ts";

type Listener = (event: ExchangeEvent) => void;

/** Who in this process waits for which exchange. */
export function createListeners() {
  const byExchange = new Map<string, Set<Listener>>();
  return {
    /** As the feed's `subscribe`. */
    add: (exchange: string, listener: Listener): (() => void) => {
      const ofExchange = byExchange.get(exchange) ?? new Set();
      byExchange.set(exchange, ofExchange.add(listener));
      return () => {
        ofExchange.delete(listener);
        if (ofExchange.size === 0) byExchange.delete(exchange);
      };
    },
    of: (exchange: string): Iterable<Listener> => byExchange.get(exchange) ?? [],
    /** The exchanges that somebody waits for. */
    exchanges: (): Iterable<string> => byExchange.keys(),
  };
}
