import type { Citation } from "../../core/article.ts";
import type { ExchangeEvent, ExchangeFeed } from "../../core/exchange.ts";
import type { ReplySink } from "../../core/reply.ts";

/**
 * A reply told to whoever waits for the exchange, in whichever process; perhaps nobody. Who joins late is told again. The stored answer
 * is what counts.
 * @param signal ends the reply, as its last call does
 */
export function createFeedSink(feed: ExchangeFeed, exchange: string, signal?: AbortSignal): ReplySink {
  let status: ExchangeEvent | undefined;
  /** Sources and sentences, in order. */
  const told: ExchangeEvent[] = [];
  let sentences = 0;

  const end = feed.subscribe(exchange, ({ type }) => {
    // What cannot be published now comes with the stored answer.
    if (type === "joined") void tellAgain().catch(() => undefined);
  });
  if (signal?.aborted === true) end();
  signal?.addEventListener("abort", end, { once: true });

  /** One by one, or they might arrive in another order; what is said meanwhile comes at the end of it. */
  async function tellAgain(): Promise<void> {
    if (status !== undefined) await feed.publish(exchange, status);
    for (const event of told) await feed.publish(exchange, event);
  }

  function tell(event: ExchangeEvent): Promise<void> {
    if (event.type === "status") status = event;
    else told.push(event);
    return feed.publish(exchange, event);
  }

  /** The store tells those who wait that the exchange has advanced: nothing is left to do here. */
  async function finish() {
    end();
    return {};
  }

  return {
    status: (text) => tell({ type: "status", text }),
    source: (citation) => tell({ type: "source", citation: withoutContext(citation) }),
    append: (sentence) => tell({ type: "sentence", index: sentences++, sentence }),
    finish,
    fail: finish,
    retract: async () => end(),
  };
}

/** Cut to the quote, which is all that is shown: a feed may carry only short events (PostgreSQL's NOTIFY: 8,000 bytes). */
function withoutContext(citation: Citation): Citation {
  return { ...citation, source: { ...citation.source, text: citation.quote } };
}
