import { randomUUID } from "node:crypto";
import { conversationTitle } from "../../src/core/conversation.ts";
import type { Exchange, Page, Said, Store, StoredMessage } from "../../src/core/exchange.ts";
import { Failure } from "../../src/core/failure.ts";
import { platformOf, type ThreadId } from "../../src/core/message.ts";
import { storable } from "./storable.ts";

interface Conversation {
  readonly thread: ThreadId;
  readonly createdAt: Date;
  lastActivityAt: Date;
  title: string;
  messages: StoredMessage[];
  isListening: boolean;
  listeningAt: Date;
  context?: readonly Said[];
}

/** The methods of a store in memory that are about conversations, and what its other methods do to them. */
export function createMemoryConversations() {
  const byThread = new Map<ThreadId, Conversation>();

  function say({ id, thread }: Exchange, message: Omit<StoredMessage, "id" | "exchangeId">): void {
    const { text, createdAt } = message;
    const conversation = byThread.get(thread) ?? {
      thread,
      createdAt,
      lastActivityAt: createdAt,
      title: conversationTitle(text),
      messages: [],
      isListening: true,
      listeningAt: new Date(0),
    };
    byThread.set(thread, conversation);
    conversation.lastActivityAt = createdAt;
    conversation.messages.push({ id: randomUUID(), exchangeId: id, ...message });
  }

  /** Replaces each message by what `change` makes of it; without any left the conversation goes. */
  function changeMessages(thread: ThreadId, change: (message: StoredMessage) => StoredMessage | undefined): void {
    const conversation = byThread.get(thread);
    if (conversation === undefined) return;
    conversation.messages = conversation.messages.flatMap((message) => change(message) ?? []);
    const [first] = conversation.messages;
    if (first === undefined) byThread.delete(thread);
    else conversation.title = conversationTitle(first.text);
  }

  return {
    say,
    changeMessages,
    drop: (thread: ThreadId) => byThread.delete(thread),
    all: () => [...byThread.values()],
    quietSince: (since: Date) =>
      [...byThread.values()]
        .filter(({ lastActivityAt }) => lastActivityAt < since)
        .toSorted((a, b) => a.lastActivityAt.getTime() - b.lastActivityAt.getTime())
        .map(({ thread }) => thread),
    contextOf: (thread: ThreadId) => byThread.get(thread)?.context,
    store: {
      listens: async (thread) => byThread.get(thread)?.isListening ?? false,

      async setListening(thread, isListening, at) {
        const conversation = byThread.get(thread);
        if (conversation === undefined) return false;
        if (at >= conversation.listeningAt) Object.assign(conversation, { isListening, listeningAt: at });
        return true;
      },

      async keepContext(thread, said) {
        const conversation = byThread.get(thread);
        if (conversation !== undefined) conversation.context = storable(said);
      },

      async conversations({ limit, cursor }) {
        const newestFirst = [...byThread.values()]
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
        const conversation = byThread.get(thread);
        return conversation && pageOf(conversation.messages, limit, cursor);
      },
    } satisfies Partial<Store>,
  };
}

function pageOf<T>(items: readonly T[], limit: number, cursor = "0"): Page<T> {
  if (!/^\d+$/.test(cursor)) throw new Failure("invalid-input", "the cursor is none of ours");
  const start = Number(cursor);
  const end = start + limit;
  return { items: items.slice(start, end), nextCursor: end < items.length ? String(end) : undefined };
}
