import type { Agent, AgentEvent } from "../core/agent.ts";
import type { Exchange, PendingExchange, Said, Store } from "../core/exchange.ts";
import { Failure, toFailure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import type { Platform } from "../core/platform.ts";
import type { Answer, ReplySink } from "../core/reply.ts";
import { whenStoreAnswers } from "./patience.ts";
import { watchExchange } from "./watch-exchange.ts";

/** An exchange that was begun this often and never finished is answered with an apology: it may be what took the process down. */
const MAX_ATTEMPTS = 3;

export interface ExchangeParts {
  readonly store: Store;
  readonly agent: Agent;
  /** Of the exchange's thread. @throws {Failure} `delivery-failed` when it is not on */
  readonly platformOf: (exchange: Exchange) => Pick<Platform, "openReply" | "readContext">;
  readonly log: Log;
}

/**
 * The life of one exchange, from wherever an earlier attempt left it to delivered, failed or taken back. Every step can be repeated.
 * When the question changes meanwhile this run ends, and the exchange is the thread's next once more.
 * @throws only the signal's reason: the exchange then stays as it is, for the next process.
 */
export async function runExchange(pending: PendingExchange, parts: ExchangeParts, signal: AbortSignal): Promise<void> {
  const { store } = parts;
  const log = parts.log.child({ thread: pending.thread, exchange: pending.id });
  const watch = watchExchange(pending, store, log);
  const running = AbortSignal.any([signal, watch.superseded]);
  try {
    const begun = await whenStoreAnswers(() => store.begin(pending), signal);
    if (begun === undefined) return;
    const exchange = { ...pending, ...begun };
    if (exchange.isWithdrawn) await withdraw(exchange, parts, running);
    else await serve(exchange, { ...parts, log }, { running, stopped: watch.stopped });
  } catch (error) {
    signal.throwIfAborted();
    if (!watch.superseded.aborted) throw error;
    log.info({}, "the question has changed");
  } finally {
    watch.end();
  }
}

interface Signals {
  /** Ends everything: somebody else goes on. */
  readonly running: AbortSignal;
  /** Ends the search for an answer: the reply says so. */
  readonly stopped: AbortSignal;
}

/** @throws only the reason of `signals.running` */
async function serve(exchange: PendingExchange, parts: ExchangeParts, { running, stopped }: Signals): Promise<void> {
  const { store, log } = parts;
  let reply: ReplySink | undefined;
  try {
    reply = parts.platformOf(exchange).openReply(exchange, running);
    const answer = exchange.answer ?? (await findAnswer(exchange, reply, parts, AbortSignal.any([running, stopped])));
    const progress = await reply.finish(answer);
    await whenStoreAnswers(() => store.delivered(exchange, progress), running);
    const askedAt = exchange.revisedAt ?? exchange.receivedAt;
    log.info({ ms: Date.now() - askedAt.getTime(), outcome: answer.outcome, cache: answer.cache }, "delivered");
  } catch (error) {
    running.throwIfAborted();
    await apologize(exchange, reply, stopped.aborted ? toFailure(stopped.reason) : toFailure(error), parts, running);
  }
}

async function findAnswer(
  exchange: PendingExchange,
  reply: ReplySink,
  parts: ExchangeParts,
  signal: AbortSignal,
): Promise<Answer> {
  const { store, agent, log } = parts;
  if (exchange.failure !== undefined) throw new Failure(exchange.failure, "stopped before it was begun here");
  if (exchange.attempts > MAX_ATTEMPTS) throw new Failure("bug", "begun too often");
  const context = await contextOf(exchange, parts, signal);
  const { question, subject, language, history } = exchange;
  for await (const event of agent.answer({ question, subject, language, history, context, signal })) {
    if (event.type === "answer") return keepAnswer(exchange, event.answer, store, signal);
    await tell(reply, event).catch((error: unknown) => {
      // What a sink cannot show now it shows at the end, in finish().
      log.warn({ err: error, event: event.type }, "reply piece not shown");
    });
  }
  throw new Failure("bug", "the agent ended without an answer");
}

/** The answer as it is stored. @throws {Failure} `cancelled` when the exchange was stopped or revised before */
async function keepAnswer(exchange: Exchange, answer: Answer, store: Store, signal: AbortSignal): Promise<Answer> {
  if (await whenStoreAnswers(() => store.answer(exchange, answer), signal)) return answer;
  const now = await whenStoreAnswers(() => store.exchange(exchange.id), signal);
  // The answer may have been stored without our hearing of it.
  if (now?.answer !== undefined && now.revision === exchange.revision) return now.answer;
  throw new Failure("cancelled", "stopped or revised before the answer was stored");
}

/** What was said before the thread's first question: read once, and kept with the conversation. */
async function contextOf(
  exchange: PendingExchange,
  { store, platformOf, log }: ExchangeParts,
  signal: AbortSignal,
): Promise<readonly Said[] | undefined> {
  const platform = platformOf(exchange);
  if (platform.readContext === undefined) return undefined;
  if (exchange.context !== undefined) return exchange.context;
  try {
    const said = (await platform.readContext(exchange, signal)) ?? [];
    await whenStoreAnswers(() => store.keepContext(exchange.thread, said), signal);
    return said;
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ err: error }, "earlier messages not read");
    return undefined;
  }
}

async function tell(reply: ReplySink, event: Exclude<AgentEvent, { type: "answer" }>): Promise<void> {
  switch (event.type) {
    case "status":
      return reply.status(event.text);
    case "source":
      return reply.source(event.citation);
    case "sentence":
      return reply.append(event.sentence);
  }
}

async function apologize(
  exchange: Exchange,
  reply: ReplySink | undefined,
  failure: Failure,
  { store, log }: Pick<ExchangeParts, "store" | "log">,
  signal: AbortSignal,
): Promise<void> {
  const level = failure.kind === "bug" ? "error" : failure.kind === "cancelled" ? "info" : "warn";
  log[level]({ err: failure, kind: failure.kind }, "failed");
  if (failure.kind !== "delivery-failed") {
    await reply?.fail(failure.kind).catch((error: unknown) => log.warn({ err: error }, "apology not delivered"));
  }
  await whenStoreAnswers(() => store.fail(exchange, failure.kind), signal);
}

/** The answer disappears, then the exchange: after a crash between the two there is nothing left to take away. */
async function withdraw(exchange: Exchange, parts: ExchangeParts, signal: AbortSignal): Promise<void> {
  try {
    await parts.platformOf(exchange).openReply(exchange, signal).retract();
  } catch (error) {
    signal.throwIfAborted();
    parts.log.warn({ err: error, exchange: exchange.id }, "reply not taken away");
  }
  await whenStoreAnswers(() => parts.store.forget(exchange.id), signal);
}
