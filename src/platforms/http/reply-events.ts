import type { Exchange, Store } from "../../core/exchange.ts";
import { type CitedSentence, renderSentence } from "../../core/reply.ts";
import { follow, type Settled } from "./follow.ts";
import { toProblem } from "./problem.ts";
import { exchangeJson, replyJson, sourceJson } from "./reply-json.ts";
import type { ThreadIds } from "./thread-id.ts";

/** One server-sent event. */
export interface ReplyEvent {
  readonly event: "status" | "sentence" | "source" | "done" | "error";
  readonly data: object;
}

/**
 * An exchange as server-sent events. Whoever joins late is told again what was said; whoever misses events gets what is missing from the
 * stored answer before `done`, so the sentences put together by their index are always the whole answer.
 */
export async function* replyEvents(
  store: Pick<Store, "exchange" | "feed">,
  exchange: Exchange,
  threads: ThreadIds,
  signal: AbortSignal,
  options: { readonly isLate?: boolean } = {},
): AsyncGenerator<ReplyEvent> {
  const told = new Map<string, string>();
  /** How many sentences were told before the answer was stored: the index of the next. */
  let sentences = 0;
  /** Whether somebody else began to tell the reply anew, in other words. */
  let isRetold = false;

  function isTold(key: string, { data }: ReplyEvent): boolean {
    return told.get(key) === JSON.stringify(data);
  }
  function* news(key: string, event: ReplyEvent): Generator<ReplyEvent> {
    if (isTold(key, event)) return;
    told.set(key, JSON.stringify(event.data));
    yield event;
  }
  const source = (citation: Parameters<typeof sourceJson>[0]) =>
    news(`source ${citation.n}`, { event: "source", data: sourceJson(citation) });
  const sentence = (index: number, cited: CitedSentence) => news(`sentence ${index}`, sentenceEvent(index, cited));

  yield { event: "status", data: { text: "Question received", ...exchangeJson(exchange, threads) } };
  for await (const event of follow(store, exchange.id, signal, options)) {
    switch (event.type) {
      case "status":
        yield* news("status", { event: "status", data: { text: event.text } });
        break;
      case "source":
        yield* source(event.citation);
        break;
      case "sentence":
        // What does not follow on what was told waits for the stored answer: no index arrives twice before it, nor out of order.
        isRetold ||=
          event.index < sentences && !isTold(`sentence ${event.index}`, sentenceEvent(event.index, event.sentence));
        if (event.index !== sentences || isRetold) break;
        sentences += 1;
        yield* sentence(event.index, event.sentence);
        break;
      case "answered":
        for (const citation of event.answer.citations) yield* source(citation);
        for (const [index, cited] of event.answer.sentences.entries()) yield* sentence(index, cited);
        yield lastEvent(event, threads);
        break;
      case "failed":
        yield lastEvent(event, threads);
        break;
    }
  }
}

function lastEvent(settled: Settled, threads: ThreadIds): ReplyEvent {
  const { exchange } = settled;
  return settled.type === "answered"
    ? { event: "done", data: replyJson(exchange, settled.answer, threads) }
    : { event: "error", data: toProblem(settled.failure).body(exchangeJson(exchange, threads)) };
}

function sentenceEvent(index: number, sentence: CitedSentence): ReplyEvent {
  const { footnotes, verdict } = sentence;
  return { event: "sentence", data: { index, text: renderSentence(sentence), footnotes, verdict } };
}
