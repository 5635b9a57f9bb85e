import type { Citation } from "../../core/article.ts";
import { recordOf } from "../../core/conversation.ts";
import type { AnswerRecord, Exchange } from "../../core/exchange.ts";
import { type Answer, renderAnswer } from "../../core/reply.ts";
import type { AnswerRecordJson, ChatReply, SourceJson } from "./schemas.ts";
import type { ThreadIds } from "./thread-id.ts";

export function sourceJson({ n, quote, source }: Citation): SourceJson {
  return {
    n,
    title: source.title,
    section: source.section,
    revision: source.revision,
    url: source.url,
    quote,
    license: source.license ?? null,
    revised_at: source.revisedAt ?? null,
    ...(source.staleSince === undefined ? {} : { stale_since: source.staleSince }),
  };
}

export function replyJson(exchange: Exchange, answer: Answer, threads: ThreadIds): ChatReply {
  const { revisedAt, receivedAt, finishedAt = receivedAt } = exchange;
  return {
    response: renderAnswer(answer),
    ...exchangeJson(exchange, threads),
    sources: answer.citations.map(sourceJson),
    ...recordJson(recordOf(answer, revisedAt ?? receivedAt, finishedAt)),
  };
}

export function recordJson({ elapsedMs, suggestions, ...record }: AnswerRecord): AnswerRecordJson {
  return { ...record, suggestions: [...suggestions], elapsed_ms: elapsedMs };
}

export function exchangeJson(exchange: Pick<Exchange, "id" | "thread">, threads: ThreadIds) {
  return { thread_id: threads.shown(exchange.thread), exchange_id: exchange.id };
}
