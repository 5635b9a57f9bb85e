import { randomUUID } from "node:crypto";
import type { Exchange, ExchangeState, Page, Store, StoredMessage } from "../../src/core/exchange.ts";
import { apology, Failure } from "../../src/core/failure.ts";
import { platformOf, type ThreadId } from "../../src/core/message.ts";
import { renderAnswer } from "../../src/core/reply.ts";
import { createMemoryFeed } from "./memory-feed.ts";
import { storable } from "./storable.ts";
import { statsOf, usageOf } from "./memory-figures.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Conversation {
  readonly thread: ThreadId;
  readonly createdAt: Date;
  lastActivityAt: Date;
  readonly title: string;
  readonly messages: StoredMessage[];
}

const FINISHED: readonly ExchangeState[] = ["answered", "delivered", "failed"];

/** A `Store` that forgets everything with the process. Without a queue: whoever needs a worker runs one on what `receive` returns. */
export function createMemoryStore(): Store & { readonly feed: ReturnType<typeof createMemoryFeed> } {
  const conversations = new Map<ThreadId, Conversation>();
  const exchanges = new Map<string, Mutable<Exchange>>();
  const feed = createMemoryFeed();

  const changed = (id: string) => feed.publish(id, { type: "changed" });
  const ofThread = (thread: ThreadId) => [...exchanges.values()].filter((exchange) => exchange.thread === thread);

  function addMessage(exchange: Exchange, message: Omit<StoredMessage, "id" | "exchangeId">): void {
    const conversation = conversations.get(exchange.thread);
    if (conversation === undefined) return;
    conversation.lastActivityAt = message.createdAt;
    conversation.messages.push({ id: randomUUID(), exchangeId: exchange.id, ...message });
  }

  return {
    feed,

    async receive(message) {
      const platform = platformOf(message.thread);
      const known = [...exchanges.values()].find(
        (exchange) => exchange.messageId === message.id && platformOf(exchange.thread) === platform,
      );
      if (known !== undefined) return { exchange: { ...known }, isNew: false };
      if (!conversations.has(message.thread)) {
        conversations.set(message.thread, {
          thread: message.thread,
          createdAt: message.receivedAt,
          lastActivityAt: message.receivedAt,
          title: storable(message.text).trim().replace(/\s+/g, " ").slice(0, 100),
          messages: [],
        });
      }
      const exchange: Exchange = {
        id: randomUUID(),
        messageId: message.id,
        thread: message.thread,
        author: storable(message.author),
        question: storable(message.text),
        state: "received",
        attempts: 0,
        replyTo: message.replyTo,
        receivedAt: message.receivedAt,
      };
      exchanges.set(exchange.id, { ...exchange });
      addMessage(exchange, { role: "user", text: exchange.question, createdAt: exchange.receivedAt, citations: [] });
      return { exchange, isNew: true };
    },

    async exchange(id) {
      const exchange = exchanges.get(id);
      return exchange && { ...exchange };
    },

    async nextUnfinished(thread) {
      return ofThread(thread).find(({ state }) => state !== "delivered" && state !== "failed")?.id;
    },

    async begin(id) {
      const exchange = exchanges.get(id);
      if (exchange === undefined) return undefined;
      if (!FINISHED.includes(exchange.state)) {
        exchange.state = "running";
        exchange.attempts += 1;
      }
      return { ...exchange };
    },

    async answer(id, answer) {
      const exchange = exchanges.get(id);
      if (exchange === undefined || FINISHED.includes(exchange.state)) return;
      const createdAt = new Date();
      Object.assign(exchange, { state: "answered", answer: storable(answer), finishedAt: createdAt });
      addMessage(exchange, { role: "assistant", text: renderAnswer(answer), createdAt, citations: answer.citations });
      await changed(id);
    },

    async progress(id, progress) {
      const exchange = exchanges.get(id);
      if (exchange !== undefined) exchange.progress = progress;
    },

    async delivered(id, progress) {
      const exchange = exchanges.get(id);
      if (exchange?.state !== "answered" && exchange?.state !== "delivered") return;
      Object.assign(exchange, { state: "delivered", progress });
      await changed(id);
    },

    async fail(id, failure) {
      const exchange = exchanges.get(id);
      if (exchange === undefined || exchange.state === "delivered" || exchange.state === "failed") return;
      const createdAt = new Date();
      Object.assign(exchange, { state: "failed", failure, finishedAt: createdAt });
      if (exchange.answer === undefined) {
        addMessage(exchange, { role: "assistant", text: apology(failure), createdAt, citations: [], failure });
      }
      await changed(id);
    },

    async history(thread, before, limit) {
      const inOrder = ofThread(thread);
      const until = inOrder.findIndex((exchange) => exchange.id === before);
      return (until === -1 ? inOrder : inOrder.slice(0, until))
        .flatMap(({ question, answer }) => (answer === undefined ? [] : [{ question, answer }]))
        .slice(-limit)
        .map(({ question, answer }) => ({
          question,
          answer: answer.sentences
            .map((sentence) => sentence.before + sentence.text)
            .join("")
            .trim(),
          subjects: [...new Set(answer.citations.map((citation) => citation.source.title))],
        }));
    },

    knows: async (thread) => conversations.has(thread),

    async conversations({ limit, cursor }) {
      const newestFirst = [...conversations.values()]
        .toReversed()
        .toSorted((a, b) => b.lastActivityAt.getTime() - a.lastActivityAt.getTime())
        .map((conversation) => ({
          thread: conversation.thread,
          title: conversation.title,
          platform: platformOf(conversation.thread),
          messages: conversation.messages.length,
          createdAt: conversation.createdAt,
          lastActivityAt: conversation.lastActivityAt,
        }));
      return pageOf(newestFirst, limit, cursor);
    },

    async messages(thread, { limit, cursor }) {
      const conversation = conversations.get(thread);
      return conversation && pageOf(conversation.messages, limit, cursor);
    },

    async erase(thread) {
      for (const exchange of ofThread(thread)) {
        exchanges.delete(exchange.id);
        if (!FINISHED.includes(exchange.state)) await changed(exchange.id);
      }
      return conversations.delete(thread);
    },

    stats: async () => statsOf([...conversations.values()], [...exchanges.values()]),
    usage: async (days) => usageOf([...exchanges.values()], days),
    async ping() {},
    async close() {},
  };
}

function pageOf<T>(items: readonly T[], limit: number, cursor = "0"): Page<T> {
  if (!/^\d+$/.test(cursor)) throw new Failure("invalid-input", "the cursor is none of ours");
  const start = Number(cursor);
  const end = start + limit;
  return { items: items.slice(start, end), nextCursor: end < items.length ? String(end) : undefined };
}
