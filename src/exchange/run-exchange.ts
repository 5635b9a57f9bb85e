import type { Agent, AgentEvent } from "../core/agent.ts";
import type { Exchange, Store } from "../core/exchange.ts";
import { Failure, toFailure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import type { Answer, ReplySink } from "../core/reply.ts";
import { whenStoreAnswers } from "./patience.ts";

/** An exchange that was begun this often and never finished is answered with an apology: it may be what took the process down. */
const MAX_ATTEMPTS = 3;

/** Turns looked up for the agent, which takes as many of the latest as its own limit of tokens lets it. */
const HISTORY_TURNS = 20;

export interface ExchangeParts {
  readonly store: Store;
  readonly agent: Agent;
  readonly openReply: (exchange: Exchange) => ReplySink;
  readonly log: Log;
}

/**
 * The life of one exchange, from wherever an earlier attempt left it to delivered or failed. Every step can be repeated.
 * @throws only the signal's reason: the exchange then stays as it is, for the next process.
 */
export async function runExchange(id: string, parts: ExchangeParts, signal: AbortSignal): Promise<void> {
  const { store } = parts;
  const exchange = await whenStoreAnswers(() => store.begin(id), signal);
  if (exchange === undefined || exchange.state === "delivered" || exchange.state === "failed") return;
  const log = parts.log.child({ thread: exchange.thread, exchange: id });
  let reply: ReplySink | undefined;
  try {
    reply = parts.openReply(exchange);
    const answer = exchange.answer ?? (await findAnswer(exchange, reply, { ...parts, log }, signal));
    const progress = await reply.finish(answer);
    await whenStoreAnswers(() => store.delivered(id, progress), signal);
    log.info(
      { ms: Date.now() - exchange.receivedAt.getTime(), outcome: answer.outcome, cache: answer.cache },
      "delivered",
    );
  } catch (error) {
    signal.throwIfAborted();
    await apologize(id, reply, toFailure(error), { store, log }, signal);
  }
}

async function findAnswer(
  exchange: Exchange,
  reply: ReplySink,
  { store, agent, log }: ExchangeParts,
  signal: AbortSignal,
): Promise<Answer> {
  if (exchange.attempts > MAX_ATTEMPTS) throw new Failure("bug", "begun too often");
  const history = await whenStoreAnswers(() => store.history(exchange.thread, exchange.id, HISTORY_TURNS), signal);
  for await (const event of agent.answer({ question: exchange.question, history, signal })) {
    if (event.type === "answer") {
      await whenStoreAnswers(() => store.answer(exchange.id, event.answer), signal);
      return event.answer;
    }
    await tell(reply, event).catch((error: unknown) => {
      // What a sink cannot show now it shows at the end, in finish().
      log.warn({ err: error, event: event.type }, "reply piece not shown");
    });
  }
  throw new Failure("bug", "the agent ended without an answer");
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
  id: string,
  reply: ReplySink | undefined,
  failure: Failure,
  { store, log }: Pick<ExchangeParts, "store" | "log">,
  signal: AbortSignal,
): Promise<void> {
  log[failure.kind === "bug" ? "error" : "warn"]({ err: failure, kind: failure.kind }, "failed");
  if (failure.kind !== "delivery-failed") {
    await reply?.fail(failure.kind).catch((error: unknown) => log.warn({ err: error }, "apology not delivered"));
  }
  await whenStoreAnswers(() => store.fail(id, failure.kind), signal);
}
