import type { StoreStats, UsageFigures } from "../core/exchange.ts";
import type { CacheFigures, Stats, WikiFigures } from "../core/stats.ts";

/** Today and the six days before it. */
const DAYS = 7;
/** Milliseconds: longer than the parts' own limits, and short enough to be waited for. */
const LIMIT_MS = 2_000;
const TOP_ARTICLES = 3;

/** What `/wikistats` shows; a part is `undefined` when it could not be reached in time. */
export interface Figures {
  readonly cache: CacheFigures | undefined;
  readonly database: StoreStats | undefined;
  /** Of the last 7 UTC days, today last. */
  readonly usage: UsageFigures | undefined;
  readonly wiki: WikiFigures | undefined;
  /** The most cited of these days, at most 3, each linked as the platform does it. `[]` when there are none, or nobody knows. */
  readonly topArticles: UsageFigures["topArticles"];
}

export interface FigureRow {
  readonly name: string;
  /** Plain text in one or several lines. */
  readonly value: string;
}

/** Never throws, and takes 2 s at the most. */
export async function gatherFigures(stats: Stats): Promise<Figures> {
  const [cache, database, usage, wiki] = await Promise.all([
    reached(stats.cache()),
    reached(stats.database()),
    reached(stats.usage(DAYS)),
    reached(stats.wiki()),
  ]);
  return { cache, database, usage, wiki, topArticles: usage?.topArticles.slice(0, TOP_ARTICLES) ?? [] };
}

/** The figures in words, a row for each part of Footnote. */
export function figureRows({ cache, database, usage, wiki }: Figures): readonly FigureRow[] {
  return [
    { name: "Cache", lines: cache === undefined ? ["Cannot be reached just now."] : cacheLines(cache) },
    { name: "Database", lines: database === undefined ? ["Cannot be reached just now."] : databaseLines(database) },
    { name: "Answers", lines: usage === undefined ? ["Not known while the database is away."] : answerLines(usage) },
    { name: "Wiki", lines: wiki === undefined ? ["Nothing is known just now."] : wikiLines(wiki) },
  ].map(({ name, lines }) => ({ name, value: lines.join("\n") }));
}

const CACHE_STATUS: Record<CacheFigures["status"], string> = {
  connected: "Connected to Redis",
  disconnected: "Redis cannot be reached: memory serves alone.",
  error: "Redis answers with errors: memory serves alone.",
  memory: "In memory, without Redis",
};

function cacheLines({ status, items, memoryUsed, hitRate, ttlSeconds }: CacheFigures): string[] {
  const size = [
    ...(items === null ? [] : [counted(items, "item")]),
    ...(memoryUsed === null ? [] : [`${memoryUsed} of memory`]),
  ];
  return [
    CACHE_STATUS[status],
    ...(size.length === 0 ? [] : [size.join(", ")]),
    hitRate === null ? "Hit rate: nothing looked up yet" : `Hit rate: ${percents.format(hitRate)} since the start`,
    ttlSeconds === 0 ? "Nothing is kept" : `Kept for ${duration(ttlSeconds * 1_000)}`,
  ];
}

function databaseLines({ conversations, messages, exchanges }: StoreStats): string[] {
  const questions = Object.values(exchanges).reduce((sum, count) => sum + count, 0);
  return [
    counted(conversations, "conversation"),
    counted(messages.user + messages.assistant, "message"),
    `${counted(questions, "question")}, ${numbers.format(exchanges.failed)} failed`,
  ];
}

function answerLines({ perDay, latencyMs, tokens, verdicts }: UsageFigures): string[] {
  return [
    `Today (UTC): ${asked(perDay.slice(-1))}`,
    `In ${perDay.length} days: ${asked(perDay)}`,
    latencyMs === null
      ? "Time to an answer: nothing answered yet"
      : `Time to an answer: p50 ${duration(latencyMs.p50)}, p90 ${duration(latencyMs.p90)}, p99 ${duration(latencyMs.p99)}`,
    `Tokens: ${numbers.format(tokens.input)} in, ${numbers.format(tokens.output)} out`,
    `Verdicts: ${numbers.format(verdicts.good)} good, ${numbers.format(verdicts.bad)} bad`,
  ];
}

function asked(days: UsageFigures["perDay"]): string {
  const exchanges = days.reduce((sum, day) => sum + day.exchanges, 0);
  const failed = days.reduce((sum, day) => sum + day.failed, 0);
  return `${counted(exchanges, "question")}, ${numbers.format(failed)} failed`;
}

const WIKI_STATE: Record<WikiFigures["state"], string> = {
  untried: "has not been asked yet",
  ok: "answers",
  failing: "is failing",
};

function wikiLines({ name, state, reason, budget }: WikiFigures): string[] {
  const health = `${name} ${WIKI_STATE[state]}${reason === undefined ? "" : ` (${reason})`}`;
  if (budget === null) return [health];
  const pause = budget.pausedForMs === 0 ? [] : [`Asked for a pause: ${duration(budget.pausedForMs)} left`];
  const left = `${numbers.format(budget.left)} of ${counted(budget.perMinute, "request")} left this minute`;
  return [health, left, ...pause];
}

const numbers = new Intl.NumberFormat("en");
const tenths = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const percents = new Intl.NumberFormat("en", { style: "percent" });

function counted(count: number, noun: string): string {
  return `${numbers.format(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** In the largest unit of which there is at least one. */
function duration(ms: number): string {
  if (ms < 1_000) return `${numbers.format(Math.round(ms))} ms`;
  if (ms < 60_000) return `${tenths.format(ms / 1_000)} s`;
  return ms < 3_600_000 ? `${tenths.format(ms / 60_000)} min` : `${tenths.format(ms / 3_600_000)} h`;
}

/** What the promise gives; `undefined` when it fails or takes too long. */
async function reached<T>(promise: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), LIMIT_MS);
  try {
    return await Promise.race([promise, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
