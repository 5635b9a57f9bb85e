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
  function* news(key: string, event: ReplyEvent): Generator<ReplyEvent> {
    const text = JSON.stringify(event.data);
    if (told.get(key) === text) return;
    told.set(key, text);
    yield event;
  }
  const source = (citation: Parameters<typeof sourceJson>[0]) =>
    news(`source ${citation.n}`, { event: "source", data: sourceJson(citation) });
  const sentence = (index: number, cited: CitedSentence) =>
    news(`sentence ${index}`, { event: "sentence", data: sentenceJson(index, cited) });

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
        // One that does not follow on what was told waits for the stored answer: sentences never arrive out of order.
        if (event.index === 0 || told.has(`sentence ${event.index - 1}`)) yield* sentence(event.index, event.sentence);
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

function sentenceJson(index: number, sentence: CitedSentence) {
  return { index, text: renderSentence(sentence), footnotes: sentence.footnotes, verdict: sentence.verdict };
}
