import { randomUUID } from "node:crypto";
import { recordOf, toTurn } from "../../src/core/conversation.ts";
import {
  type Change,
  type Exchange,
  type ExchangeRevision,
  type ExchangeState,
  HISTORY_TURNS,
  type Store,
  type Turn,
  type Verdict,
} from "../../src/core/exchange.ts";
import { apology, Failure, type FailureKind } from "../../src/core/failure.ts";
import { type InboundMessage, platformOf, type ThreadId } from "../../src/core/message.ts";
import { renderAnswer } from "../../src/core/reply.ts";
import { createMemoryConversations } from "./memory-conversations.ts";
import { createMemoryFeed } from "./memory-feed.ts";
import { createMemoryUsage, statsOf } from "./memory-figures.ts";
import { createMemoryPlaces } from "./memory-places.ts";
import { storable } from "./storable.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An exchange with what only the store knows of it. */
interface Kept {
  readonly exchange: Mutable<Exchange>;
  readonly verdicts: Map<string, Verdict>;
  /** When its present revision was asked. */
  readonly askedAt: Date;
}

const FINISHED: readonly ExchangeState[] = ["answered", "delivered", "failed"];

const canBeStopped = ({ state, failure, isWithdrawn }: Exchange): boolean =>
  !FINISHED.includes(state) && failure === undefined && !isWithdrawn;

/** A `Store` that forgets everything with the process. Without a queue: whoever needs a worker runs one on what `receive` returns. */
export function createMemoryStore(): Store & { readonly feed: ReturnType<typeof createMemoryFeed> } {
  const kept = new Map<string, Kept>();
  const forgotten = new Set<string>();
  const conversations = createMemoryConversations();
  const feed = createMemoryFeed();
  const usage = createMemoryUsage();

  const changed = (id: string) => feed.publish(id, { type: "changed" });
  const advanced = (id: string) => feed.publish(id, { type: "advanced" });
  const all = () => [...kept.values()].map(({ exchange }) => exchange);
  const ofThread = (thread: ThreadId) => all().filter((exchange) => exchange.thread === thread);
  const find = (platform: string, messageId: string) =>
    all().find((exchange) => exchange.messageId === messageId && platformOf(exchange.thread) === platform);

  function current({ id, revision }: ExchangeRevision, states: readonly ExchangeState[]): Kept | undefined {
    const found = kept.get(id);
    return found?.exchange.revision === revision && states.includes(found.exchange.state) ? found : undefined;
  }

  function failed(exchange: Mutable<Exchange>, failure: FailureKind): void {
    const createdAt = new Date();
    Object.assign(exchange, { state: "failed", failure, finishedAt: createdAt });
    usage.failed(exchange, 1);
    if (exchange.answer === undefined) {
      conversations.say(exchange, { role: "assistant", text: apology(failure), createdAt, citations: [], failure });
    }
  }

  return {
    feed,
    ...conversations.store,
    ...createMemoryPlaces(),

    async receive(message) {
      const known = find(platformOf(message.thread), message.id);
      if (known !== undefined) return { exchange: { ...known }, isNew: false };
      if (forgotten.has(keyOf(platformOf(message.thread), message.id))) {
        throw new Failure("cancelled", "its message was deleted");
      }
      const exchange = newExchange(message);
      const { question: text, receivedAt: createdAt } = exchange;
      kept.set(exchange.id, { exchange: { ...exchange }, verdicts: new Map(), askedAt: createdAt });
      conversations.say(exchange, { role: "user", text, createdAt, citations: [] });
      usage.received(exchange);
      return { exchange, isNew: true };
    },

    async revise(id, change) {
      const found = kept.get(id);
      if (found === undefined || found.exchange.isWithdrawn) return undefined;
      if (change.ifRevision !== undefined && change.ifRevision !== found.exchange.revision) return undefined;
      if (found.exchange.state === "failed") usage.failed(found.exchange, -1);
      const askedAt = new Date();
      const exchange = { ...revised(found.exchange, change), revisedAt: askedAt };
      kept.set(id, { exchange, verdicts: new Map(), askedAt });
      conversations.changeMessages(exchange.thread, (message) => {
        if (message.exchangeId !== id) return message;
        return message.role === "user" ? { ...message, text: exchange.question } : undefined;
      });
      await changed(id);
      return { ...exchange };
    },

    async askedSince(author, since) {
      return [...kept.values()].filter(({ exchange }) => exchange.author.id === author && exchange.receivedAt > since)
        .length;
    },

    async nextUnfinished(thread) {
      const inOrder = ofThread(thread);
      const index = inOrder.findIndex(({ state }) => state !== "delivered" && state !== "failed");
      const next = inOrder[index];
      if (next === undefined) return undefined;
      const context = conversations.contextOf(thread);
      const earlier = next.answer === undefined ? inOrder.slice(0, index) : [];
      return { ...next, history: turnsOf(earlier), ...(context === undefined ? {} : { context }) };
    },

    async unfinished(thread) {
      return ofThread(thread).flatMap((exchange) => (canBeStopped(exchange) ? { ...exchange } : []));
    },

    async exchange(id) {
      const found = kept.get(id);
      return found && { ...found.exchange };
    },

    async exchangeOf(platform, messageId) {
      const found = find(platform, messageId);
      return found && { ...found };
    },

    async begin(of) {
      const exchange = current(of, ["received", "running", "answered"])?.exchange;
      if (exchange === undefined) return undefined;
      if (exchange.state !== "answered") {
        exchange.state = "running";
        exchange.attempts += 1;
        exchange.isWithdrawn ||= forgotten.has(keyOf(platformOf(exchange.thread), exchange.messageId));
      }
      const { state, attempts, isWithdrawn, failure } = exchange;
      return { state, attempts, isWithdrawn, ...(failure === undefined ? {} : { failure }) };
    },

    async answer(of, answer) {
      const found = current(of, ["received", "running"]);
      if (found === undefined || found.exchange.failure !== undefined) return false;
      const { exchange, askedAt } = found;
      const createdAt = new Date();
      Object.assign(exchange, { state: "answered", answer: storable(answer), finishedAt: createdAt });
      usage.answered(askedAt, answer, createdAt.getTime() - askedAt.getTime());
      const { citations } = answer;
      const record = recordOf(answer, askedAt, createdAt);
      conversations.say(exchange, { role: "assistant", text: renderAnswer(answer), createdAt, citations, record });
      await advanced(exchange.id);
      return true;
    },

    async progress(id, progress) {
      const exchange = kept.get(id)?.exchange;
      if (exchange !== undefined && exchange.state !== "delivered") exchange.progress = progress;
    },

    async delivered(of, progress) {
      const exchange = current(of, ["answered"])?.exchange;
      if (exchange === undefined) return;
      Object.assign(exchange, { state: "delivered", progress });
    },

    async fail(of, failure) {
      const exchange = current(of, ["received", "running", "answered"])?.exchange;
      if (exchange === undefined) return;
      failed(exchange, failure);
      await advanced(exchange.id);
    },

    async stop(id) {
      const exchange = kept.get(id)?.exchange;
      if (exchange === undefined || !canBeStopped(exchange)) return false;
      if (exchange.attempts === 0 && exchange.progress === undefined) failed(exchange, "cancelled");
      exchange.failure = "cancelled";
      await changed(id);
      return true;
    },

    async forget(id) {
      const found = kept.get(id);
      if (found === undefined) return;
      const { thread, messageId } = found.exchange;
      kept.delete(id);
      forgotten.add(keyOf(platformOf(thread), messageId));
      conversations.changeMessages(thread, (message) => (message.exchangeId === id ? undefined : message));
      await changed(id);
    },

    async forgetMessage(platform, messageId) {
      forgotten.add(keyOf(platform, messageId));
    },

    async judge(id, author, verdict) {
      const found = kept.get(id);
      if (found === undefined) return false;
      const earlier = found.verdicts.get(author);
      if (earlier !== undefined) usage.judged(found.exchange, earlier, -1);
      found.verdicts.delete(author);
      if (verdict === undefined) return true;
      found.verdicts.set(author, verdict);
      usage.judged(found.exchange, verdict, 1);
      return true;
    },

    async erase(thread) {
      for (const exchange of ofThread(thread)) {
        kept.delete(exchange.id);
        if (!FINISHED.includes(exchange.state)) await changed(exchange.id);
      }
      return conversations.drop(thread);
    },

    async eraseQuiet(since, limit) {
      const quiet = conversations.quietSince(since).slice(0, limit);
      for (const thread of quiet) await this.erase(thread);
      return quiet.length;
    },

    stats: async () => statsOf(conversations.all(), all()),
    usage: async (days) => usage.of(days),
    async tokensToday() {
      const { input, output } = usage.of(1).tokens;
      return input + output;
    },
    async ping() {},
    async close() {},
  };
}

function turnsOf(earlier: readonly Exchange[]): Turn[] {
  const answered = earlier.filter(({ state }) => state === "answered" || state === "delivered");
  return answered
    .slice(-HISTORY_TURNS)
    .flatMap(({ question, answer }) => (answer === undefined ? [] : toTurn(question, answer)));
}

const keyOf = (platform: string, messageId: string): string => `${platform}:${messageId}`;

function newExchange({ id, thread, author, text, language, subject, replyTo, receivedAt }: InboundMessage): Exchange {
  return {
    id: randomUUID(),
    messageId: id,
    thread,
    author: storable(author),
    question: storable(text),
    ...(language === undefined ? {} : { language }),
    ...(subject === undefined ? {} : { subject: storable(subject) }),
    state: "received",
    revision: 0,
    attempts: 0,
    isWithdrawn: false,
    replyTo,
    receivedAt,
  };
}

function revised(exchange: Exchange, change: Change): Exchange {
  const { answer: _answer, failure: _failure, finishedAt: _finishedAt, subject: earlier, ...rest } = exchange;
  const question = change.question === undefined ? exchange.question : storable(change.question);
  const subject = change.subject ?? (question === exchange.question ? earlier : undefined);
  return {
    ...rest,
    question,
    state: "received",
    revision: exchange.revision + 1,
    attempts: 0,
    isWithdrawn: change.isWithdrawn === true,
    ...(subject === undefined ? {} : { subject: storable(subject) }),
  };
}
