import type { Citation } from "../../core/article.ts";
import type { ExchangeFeed } from "../../core/exchange.ts";
import type { ReplySink } from "../../core/reply.ts";

/** A reply told to whoever waits for the exchange, in whichever process; perhaps nobody. The stored answer is what counts. */
export function createFeedSink(feed: ExchangeFeed, exchange: string): ReplySink {
  let sentences = 0;
  return {
    status: (text) => feed.publish(exchange, { type: "status", text }),
    source: (citation) => feed.publish(exchange, { type: "source", citation: withoutContext(citation) }),
    append: (sentence) => feed.publish(exchange, { type: "sentence", index: sentences++, sentence }),
    // The store tells those who wait that the row has changed: nothing is left to do here.
    finish: async () => ({}),
    fail: async () => ({}),
    retract: async () => {},
  };
}

/** Cut to the quote, which is all that is shown: a feed may carry only short events (PostgreSQL's NOTIFY: 8,000 bytes). */
function withoutContext(citation: Citation): Citation {
  return { ...citation, source: { ...citation.source, text: citation.quote } };
}
