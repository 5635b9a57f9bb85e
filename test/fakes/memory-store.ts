import { randomUUID } from "node:crypto";
import type {
  Change,
  Exchange,
  ExchangeRevision,
  ExchangeState,
  Page,
  Said,
  Store,
  StoredMessage,
  Verdict,
} from "../../src/core/exchange.ts";
import { apology, Failure, type FailureKind } from "../../src/core/failure.ts";
import { type InboundMessage, platformOf, type ThreadId } from "../../src/core/message.ts";
import { conversationTitle, toTurn } from "../../src/core/conversation.ts";
import { renderAnswer } from "../../src/core/reply.ts";
import { createMemoryFeed } from "./memory-feed.ts";
import { storable } from "./storable.ts";
import { createMemoryUsage, statsOf } from "./memory-figures.ts";
import { createMemoryPlaces } from "./memory-places.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** An exchange with what only the store knows of it. */
interface Kept {
  readonly exchange: Mutable<Exchange>;
  readonly verdicts: Map<string, Verdict>;
  /** When its present revision was asked. */
  askedAt: Date;
}

interface Conversation {
  readonly thread: ThreadId;
  readonly createdAt: Date;
  lastActivityAt: Date;
  title: string;
  messages: StoredMessage[];
  isListening: boolean;
  context?: readonly Said[];
}

const FINISHED: readonly ExchangeState[] = ["answered", "delivered", "failed"];

/** A `Store` that forgets everything with the process. Without a queue: whoever needs a worker runs one on what `receive` returns. */
export function createMemoryStore(): Store & { readonly feed: ReturnType<typeof createMemoryFeed> } {
  const conversations = new Map<ThreadId, Conversation>();
  const kept = new Map<string, Kept>();
  const feed = createMemoryFeed();
  const usage = createMemoryUsage();

  const changed = (id: string) => feed.publish(id, { type: "changed" });
  const all = () => [...kept.values()].map(({ exchange }) => exchange);
  const ofThread = (thread: ThreadId) => all().filter((exchange) => exchange.thread === thread);
  const find = (platform: string, messageId: string) =>
    all().find((exchange) => exchange.messageId === messageId && platformOf(exchange.thread) === platform);

  function current({ id, revision }: ExchangeRevision, states: readonly ExchangeState[]): Kept | undefined {
    const found = kept.get(id);
    return found?.exchange.revision === revision && states.includes(found.exchange.state) ? found : undefined;
  }

  function addMessage(exchange: Exchange, message: Omit<StoredMessage, "id" | "exchangeId">): void {
    const conversation = conversations.get(exchange.thread);
    if (conversation === undefined) return;
    conversation.lastActivityAt = message.createdAt;
    conversation.messages.push({ id: randomUUID(), exchangeId: exchange.id, ...message });
  }

  function begun(exchange: Exchange): void {
    const { thread, question, receivedAt: createdAt } = exchange;
    if (!conversations.has(thread)) {
      const title = conversationTitle(question);
      conversations.set(thread, {
        thread,
        createdAt,
        lastActivityAt: createdAt,
        title,
        messages: [],
        isListening: true,
      });
    }
    kept.set(exchange.id, { exchange: { ...exchange }, verdicts: new Map(), askedAt: createdAt });
    addMessage(exchange, { role: "user", text: question, createdAt, citations: [] });
    usage.received(exchange);
  }

  async function failed(exchange: Mutable<Exchange>, failure: FailureKind): Promise<void> {
    const createdAt = new Date();
    Object.assign(exchange, { state: "failed", failure, finishedAt: createdAt });
    usage.failed(exchange, 1);
    if (exchange.answer === undefined) {
      addMessage(exchange, { role: "assistant", text: apology(failure), createdAt, citations: [], failure });
    }
    await changed(exchange.id);
  }

  /** The messages of the conversation without those that `isGone`; its title is that of the first question left. */
  function dropMessages(conversation: Conversation, isGone: (message: StoredMessage) => boolean): void {
    conversation.messages = conversation.messages.filter((message) => !isGone(message));
    const [first] = conversation.messages;
    if (first === undefined) conversations.delete(conversation.thread);
    else conversation.title = conversationTitle(first.text);
  }

  return {
    feed,
    ...createMemoryPlaces(),

    async receive(message) {
      const known = find(platformOf(message.thread), message.id);
      if (known !== undefined) return { exchange: { ...known }, isNew: false };
      const exchange = newExchange(message);
      begun(exchange);
      return { exchange, isNew: true };
    },

    async revise(id, change) {
      const found = kept.get(id);
      if (found === undefined || found.exchange.isWithdrawn) return undefined;
      if (found.exchange.state === "failed") usage.failed(found.exchange, -1);
      const exchange = revised(found.exchange, change);
      kept.set(id, { exchange, verdicts: new Map(), askedAt: new Date() });
      const conversation = conversations.get(exchange.thread);
      if (conversation !== undefined) {
        conversation.messages = conversation.messages.map((message) =>
          message.exchangeId === id && message.role === "user" ? { ...message, text: exchange.question } : message,
        );
        dropMessages(conversation, ({ exchangeId, role }) => exchangeId === id && role === "assistant");
      }
      await changed(id);
      return { ...exchange };
    },

    listens: async (thread) => conversations.get(thread)?.isListening ?? false,

    async setListening(thread, isListening) {
      const conversation = conversations.get(thread);
      if (conversation !== undefined) conversation.isListening = isListening;
      return conversation !== undefined;
    },

    async nextUnfinished(thread) {
      return ofThread(thread).find(({ state }) => state !== "delivered" && state !== "failed")?.id;
    },

    async unfinished(thread) {
      return ofThread(thread)
        .filter(({ state, isWithdrawn }) => !FINISHED.includes(state) && !isWithdrawn)
        .map((exchange) => ({ ...exchange }));
    },

    async exchange(id) {
      const found = kept.get(id);
      return found && { ...found.exchange };
    },

    async exchangeOf(platform, messageId) {
      const found = find(platform, messageId);
      return found && { ...found };
    },

    async begin(id) {
      const exchange = kept.get(id)?.exchange;
      if (exchange === undefined) return undefined;
      if (!FINISHED.includes(exchange.state)) {
        exchange.state = "running";
        exchange.attempts += 1;
      }
      return { ...exchange };
    },

    async answer(of, answer) {
      const found = current(of, ["received", "running"]);
      if (found === undefined) return;
      const { exchange, askedAt } = found;
      const createdAt = new Date();
      Object.assign(exchange, { state: "answered", answer: storable(answer), finishedAt: createdAt });
      usage.answered(exchange, answer, createdAt.getTime() - askedAt.getTime());
      addMessage(exchange, { role: "assistant", text: renderAnswer(answer), createdAt, citations: answer.citations });
      await changed(exchange.id);
    },

    async progress(id, progress) {
      const exchange = kept.get(id)?.exchange;
      if (exchange !== undefined && exchange.state !== "delivered") exchange.progress = progress;
    },

    async delivered(of, progress) {
      const exchange = current(of, ["answered"])?.exchange;
      if (exchange === undefined) return;
      Object.assign(exchange, { state: "delivered", progress });
      await changed(exchange.id);
    },

    async fail(of, failure) {
      const exchange = current(of, ["received", "running", "answered"])?.exchange;
      if (exchange !== undefined) await failed(exchange, failure);
    },

    async stop(id) {
      const exchange = kept.get(id)?.exchange;
      if (exchange === undefined || FINISHED.includes(exchange.state) || exchange.isWithdrawn) return false;
      await failed(exchange, "cancelled");
      return true;
    },

    async forget(id) {
      const found = kept.get(id);
      if (found === undefined) return;
      kept.delete(id);
      const conversation = conversations.get(found.exchange.thread);
      if (conversation !== undefined) dropMessages(conversation, ({ exchangeId }) => exchangeId === id);
      await changed(id);
    },

    async history(thread, before, limit) {
      const inOrder = ofThread(thread);
      const until = inOrder.findIndex((exchange) => exchange.id === before);
      return inOrder
        .slice(0, Math.max(until, 0))
        .flatMap(({ question, answer, state }) =>
          answer === undefined || state === "failed" ? [] : [toTurn(question, answer)],
        )
        .slice(-limit);
    },

    context: async (thread) => conversations.get(thread)?.context,

    async keepContext(thread, said) {
      const conversation = conversations.get(thread);
      if (conversation !== undefined) conversation.context = storable(said);
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

    async conversations({ limit, cursor }) {
      const newestFirst = [...conversations.values()]
        .toReversed()
        .toSorted((a, b) => b.lastActivityAt.getTime() - a.lastActivityAt.getTime())
        .map(({ thread, title, messages, createdAt, lastActivityAt }) => ({
          thread,
          title,
          platform: platformOf(thread),
          messages: messages.length,
          createdAt,
          lastActivityAt,
        }));
      return pageOf(newestFirst, limit, cursor);
    },

    async messages(thread, { limit, cursor }) {
      const conversation = conversations.get(thread);
      return conversation && pageOf(conversation.messages, limit, cursor);
    },

    async erase(thread) {
      for (const exchange of ofThread(thread)) {
        kept.delete(exchange.id);
        if (!FINISHED.includes(exchange.state)) await changed(exchange.id);
      }
      return conversations.delete(thread);
    },

    stats: async () => statsOf([...conversations.values()], all()),
    usage: async (days) => usage.of(days),
    async ping() {},
    async close() {},
  };
}

function newExchange({ id, thread, author, text, replyTo, receivedAt }: InboundMessage): Exchange {
  return {
    id: randomUUID(),
    messageId: id,
    thread,
    author: storable(author),
    question: storable(text),
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

function pageOf<T>(items: readonly T[], limit: number, cursor = "0"): Page<T> {
  if (!/^\d+$/.test(cursor)) throw new Failure("invalid-input", "the cursor is none of ours");
  const start = Number(cursor);
  const end = start + limit;
  return { items: items.slice(start, end), nextCursor: end < items.length ? String(end) : undefined };
}
