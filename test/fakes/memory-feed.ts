import type { ExchangeEvent, ExchangeFeed } from "../../src/core/exchange.ts";
import { createListeners } from "../../src/store/listeners.ts";
import { storable } from "./storable.ts";

/** A database's notification holds no more either; a larger event only says that there is something to read. */
const MAX_EVENT_LENGTH = 7_900;

/** Events within this process, delivered in order and at once. */
export function createMemoryFeed(): ExchangeFeed & { readonly listeners: () => number } {
  const listeners = createListeners();
  return {
    async publish(exchange, event) {
      const told: ExchangeEvent =
        JSON.stringify(event).length > MAX_EVENT_LENGTH ? { type: "changed" } : storable(event);
      for (const listener of listeners.of(exchange)) listener(told);
    },
    subscribe: listeners.add,
    /** How many wait at the moment: 0 when nobody forgot to end a subscription. */
    listeners: () => [...listeners.exchanges()].flatMap((exchange) => [...listeners.of(exchange)]).length,
  };
}
