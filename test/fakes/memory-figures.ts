import type { CacheOutcome } from "../../src/core/cache.ts";
import type {
  Exchange,
  ExchangeState,
  StoredMessage,
  StoreStats,
  UsageFigures,
  Verdict,
} from "../../src/core/exchange.ts";
import type { Answer } from "../../src/core/reply.ts";

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

/** Something that happened to a question received on that UTC day. */
interface Happening {
  readonly day: string;
  /** Of exchanges, failures and verdicts: 1, or -1 when it was taken back. */
  readonly exchanges?: number;
  readonly failed?: number;
  readonly good?: number;
  readonly bad?: number;
  readonly answer?: Answer;
  /** Milliseconds from question to answer. */
  readonly ms?: number;
}

/** What happened, whether or not it is kept: revising and erasing change nothing of it. */
export function createMemoryUsage() {
  const happened: Happening[] = [];
  return {
    received: ({ receivedAt }: Exchange) => happened.push({ day: dayOf(receivedAt), exchanges: 1 }),
    failed: ({ receivedAt }: Exchange, by: 1 | -1) => happened.push({ day: dayOf(receivedAt), failed: by }),
    judged: ({ receivedAt }: Exchange, verdict: Verdict, by: 1 | -1) =>
      happened.push({ day: dayOf(receivedAt), [verdict]: by }),
    answered: (askedAt: Date, answer: Answer, ms: number) => happened.push({ day: dayOf(askedAt), answer, ms }),
    of: (days: number) => usageOf(happened, days),
  };
}

const DAY_MS = 86_400_000;

function usageOf(all: readonly Happening[], days: number): UsageFigures {
  const firstDay = Date.now() - (days - 1) * DAY_MS;
  const happened = all.filter(({ day }) => day >= dayOf(new Date(firstDay)));
  const answers = happened.flatMap(({ answer }) => answer ?? []);
  const withOutcome = (outcome: CacheOutcome) => answers.filter(({ cache }) => cache === outcome).length;
  return {
    perDay: Array.from({ length: days }, (_, index) => {
      const day = dayOf(new Date(firstDay + index * DAY_MS));
      const ofDay = happened.filter((happening) => happening.day === day);
      return { day, exchanges: sum(ofDay, "exchanges"), failed: sum(ofDay, "failed") };
    }),
    cache: { hit: withOutcome("hit"), miss: withOutcome("miss"), stale: withOutcome("stale") },
    latencyMs: latencyOf(all),
    topArticles: topArticlesOf(answers),
    tokens: {
      input: answers.reduce((total, { tokens }) => total + tokens.input, 0),
      output: answers.reduce((total, { tokens }) => total + tokens.output, 0),
    },
    verdicts: { good: sum(happened, "good"), bad: sum(happened, "bad") },
  };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function sum(happened: readonly Happening[], what: "exchanges" | "failed" | "good" | "bad"): number {
  return happened.reduce((total, happening) => total + (happening[what] ?? 0), 0);
}

function latencyOf(happened: readonly Happening[]): UsageFigures["latencyMs"] {
  const latencies = happened.flatMap(({ ms }) => ms ?? []).toSorted((a, b) => a - b);
  const percentile = (share: number) => latencies[Math.ceil(share * latencies.length) - 1] ?? 0;
  return latencies.length === 0 ? null : { p50: percentile(0.5), p90: percentile(0.9), p99: percentile(0.99) };
}

function topArticlesOf(answers: readonly Answer[]): UsageFigures["topArticles"] {
  const citations = answers.flatMap((answer) => answer.citations);
  return [...Map.groupBy(citations, (citation) => citation.source.title)]
    .map(([title, of]) => ({ title, url: of[0]?.source.url.replace(/#.*/, "") ?? "", citations: of.length }))
    .toSorted((a, b) => b.citations - a.citations)
    .slice(0, 10);
}
