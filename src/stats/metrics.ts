import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Metrics, Stats } from "../core/stats.ts";

type Figures = Pick<Stats, "cache" | "database" | "usage" | "wiki">;

/** One series, or one for each value of its label. */
type Values = Readonly<Record<string, number | null | undefined>>;

/**
 * The figures in Prometheus' text format, with those of the process. What the database and a shared Redis count is the same in every
 * replica: scrape one, or take the maximum. A part that is away leaves its series out.
 */
export function createMetrics(figures: Figures): () => Promise<Metrics> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  function gauge(name: string, help: string, label?: string): (values: Values) => void {
    const series = new Gauge({
      name,
      help,
      registers: [registry],
      ...(label === undefined ? {} : { labelNames: [label] }),
    });
    return (values) => {
      series.reset();
      // Without a label a gauge that was reset is 0, which nobody has counted.
      if (label === undefined) series.remove();
      for (const [key, value] of Object.entries(values)) {
        if (typeof value === "number") series.set(label === undefined ? {} : { [label]: key }, value);
      }
    };
  }

  const up = gauge("footnote_up", "Whether a part answers", "part");
  const exchanges = gauge("footnote_exchanges", "Exchanges kept, by state", "state");
  const messages = gauge("footnote_messages", "Messages kept, by role", "role");
  const conversations = gauge("footnote_conversations", "Conversations kept");
  const databaseBytes = gauge("footnote_database_bytes", "Size of the database");
  const lookups = gauge(
    "footnote_cache_lookups",
    "Lookups in the cache since it began to count, by outcome",
    "outcome",
  );
  const items = gauge("footnote_cache_items", "Results in the cache");
  const latency = gauge("footnote_answer_seconds", "Question to stored answer, of the latest 1,000", "quantile");
  const tokens = gauge(
    "footnote_tokens_today",
    "Tokens of the language model for questions of this UTC day",
    "direction",
  );
  const verdicts = gauge("footnote_verdicts_today", "Verdicts on answers to questions of this UTC day", "verdict");
  const requestsLeft = gauge("footnote_wiki_requests_left", "Requests the wiki may still be asked in this minute");

  async function gather(): Promise<void> {
    const [database, usage, cache, wiki] = await Promise.all([
      figures.database().catch(() => undefined),
      figures.usage(1).catch(() => undefined),
      figures.cache(),
      figures.wiki(),
    ]);
    up({
      database: Number(database !== undefined),
      cache: Number(cache.status === "connected" || cache.status === "memory"),
      wiki: wiki.state === "untried" ? undefined : Number(wiki.state === "ok"),
    });
    exchanges({ ...database?.exchanges });
    messages({ ...database?.messages });
    conversations({ all: database?.conversations });
    databaseBytes({ all: database?.sizeBytes });
    lookups({ hit: cache.hits, miss: cache.misses, stale: cache.stale });
    items({ all: cache.items });
    const { p50, p90, p99 } = usage?.latencyMs ?? {};
    latency({ 0.5: inSeconds(p50), 0.9: inSeconds(p90), 0.99: inSeconds(p99) });
    tokens({ ...usage?.tokens });
    verdicts({ ...usage?.verdicts });
    requestsLeft({ all: wiki.budget?.left });
  }

  return async () => {
    await gather();
    return { contentType: registry.contentType, text: await registry.metrics() };
  };
}

function inSeconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1_000;
}
