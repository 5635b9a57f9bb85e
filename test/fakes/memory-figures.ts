import type { CacheOutcome } from "../../src/core/cache.ts";
import type { Exchange, ExchangeState, StoredMessage, StoreStats, UsageFigures } from "../../src/core/exchange.ts";

export function statsOf(
  conversations: readonly { readonly messages: readonly StoredMessage[] }[],
  exchanges: readonly Exchange[],
): StoreStats {
  const messages = conversations.flatMap((conversation) => conversation.messages);
  const withRole = (role: StoredMessage["role"]) => messages.filter((message) => message.role === role).length;
  const inState = (state: ExchangeState) => exchanges.filter((exchange) => exchange.state === state).length;
  return {
    engine: "embedded",
    version: "memory",
    conversations: conversations.length,
    messages: { user: withRole("user"), assistant: withRole("assistant") },
    exchanges: {
      received: inState("received"),
      running: inState("running"),
      answered: inState("answered"),
      delivered: inState("delivered"),
      failed: inState("failed"),
    },
    citations: messages.flatMap((message) => message.citations).length,
    sizeBytes: 0,
    migrations: ["memory"],
  };
}

const DAY_MS = 86_400_000;

export function usageOf(all: readonly Exchange[], days: number): UsageFigures {
  const firstDay = Date.now() - (days - 1) * DAY_MS;
  const exchanges = all.filter((exchange) => dayOf(exchange.receivedAt) >= dayOf(new Date(firstDay)));
  const answers = exchanges.flatMap((exchange) => exchange.answer ?? []);
  const withOutcome = (outcome: CacheOutcome) => answers.filter((answer) => answer.cache === outcome).length;
  return {
    perDay: Array.from({ length: days }, (_, index) => {
      const day = dayOf(new Date(firstDay + index * DAY_MS));
      const ofDay = exchanges.filter((exchange) => dayOf(exchange.receivedAt) === day);
      return { day, exchanges: ofDay.length, failed: ofDay.filter((exchange) => exchange.state === "failed").length };
    }),
    cache: { hit: withOutcome("hit"), miss: withOutcome("miss"), stale: withOutcome("stale") },
    latencyMs: latencyOf(exchanges),
    topArticles: topArticlesOf(exchanges),
    tokens: {
      input: answers.reduce((sum, answer) => sum + answer.tokens.input, 0),
      output: answers.reduce((sum, answer) => sum + answer.tokens.output, 0),
    },
  };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function latencyOf(exchanges: readonly Exchange[]): UsageFigures["latencyMs"] {
  const latencies = exchanges
    .flatMap((e) => (e.answer && e.finishedAt ? e.finishedAt.getTime() - e.receivedAt.getTime() : []))
    .toSorted((a, b) => a - b);
  const percentile = (share: number) => latencies[Math.ceil(share * latencies.length) - 1] ?? 0;
  return latencies.length === 0 ? null : { p50: percentile(0.5), p90: percentile(0.9), p99: percentile(0.99) };
}

function topArticlesOf(exchanges: readonly Exchange[]): UsageFigures["topArticles"] {
  const citations = exchanges.flatMap((exchange) => exchange.answer?.citations ?? []);
  return [...Map.groupBy(citations, (citation) => citation.source.title)]
    .map(([title, of]) => ({ title, url: of[0]?.source.url.replace(/#.*/, "") ?? "", citations: of.length }))
    .toSorted((a, b) => b.citations - a.citations)
    .slice(0, 10);
}
