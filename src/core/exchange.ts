import type { CacheOutcome } from "./cache.ts";
import type { Citation } from "./article.ts";
import type { FailureKind } from "./failure.ts";
import type { Author, InboundMessage, ReplyAddress, ThreadId } from "./message.ts";
import type { Answer, CitedSentence, ReplyProgress } from "./reply.ts";

/**
 * `received` → `running` → `answered` → `delivered`, or `failed` from any of the first three.
 * `answered` means that the answer is stored and not yet shown whole; a crash there leads to delivery, not to a new answer.
 */
export type ExchangeState = "received" | "running" | "answered" | "delivered" | "failed";

/** One question and what became of it. */
export interface Exchange {
  readonly id: string;
  readonly messageId: string;
  readonly thread: ThreadId;
  readonly author: Author;
  readonly question: string;
  readonly state: ExchangeState;
  /** How often it was begun: more than once after a crash. */
  readonly attempts: number;
  readonly replyTo: ReplyAddress;
  /** What the platform stored about the reply written so far; absent before the first piece. */
  readonly progress?: ReplyProgress;
  /** Present from `answered` on. */
  readonly answer?: Answer;
  /** Present when `failed`. */
  readonly failure?: FailureKind;
  readonly receivedAt: Date;
  /** Present from `answered` or `failed` on. */
  readonly finishedAt?: Date;
}

/** An earlier question of the thread with its answer, for the agent's history. */
export interface Turn {
  readonly question: string;
  /** The answer's text, footnote markers removed. */
  readonly answer: string;
  /** Titles of the cited articles, in order of first citation: what the thread is about. */
  readonly subjects: readonly string[];
}

/** What is told about an exchange while it runs, to whoever waits for it in whichever process. */
export type ExchangeEvent =
  | { readonly type: "status"; readonly text: string }
  /** `index` counts from 0 within the reply; a repeated one (a reply begun again after a crash) replaces the earlier. */
  | { readonly type: "sentence"; readonly index: number; readonly sentence: CitedSentence }
  | { readonly type: "source"; readonly citation: Citation }
  /** The exchange's row has changed (or may have, after a lost connection): read it. */
  | { readonly type: "changed" };

/** Events of exchanges across processes. Delivery is best effort; `changed` after every reconnection makes up for what was lost. */
export interface ExchangeFeed {
  publish(exchange: string, event: ExchangeEvent): Promise<void>;
  /** Calls `listener` for every event of that exchange from now on; returns the function that ends it. */
  subscribe(exchange: string, listener: (event: ExchangeEvent) => void): () => void;
}

export interface ConversationSummary {
  readonly thread: ThreadId;
  readonly title: string;
  readonly platform: string;
  readonly messages: number;
  readonly createdAt: Date;
  readonly lastActivityAt: Date;
}

export interface StoredMessage {
  readonly id: string;
  readonly exchangeId: string;
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly createdAt: Date;
  /** Of an assistant's message; else empty. */
  readonly citations: readonly Citation[];
  /** Present when the message is the apology for it. */
  readonly failure?: FailureKind;
}

/** One page, and the cursor of the next; `undefined` at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | undefined;
}

/** Exact unless a field says otherwise; kept by counters or read from the catalogue, never by scanning a table. */
export interface StoreStats {
  readonly engine: "embedded" | "server";
  readonly version: string;
  readonly conversations: number;
  readonly messages: { readonly user: number; readonly assistant: number };
  readonly exchanges: Record<ExchangeState, number>;
  readonly citations: number;
  readonly sizeBytes: number;
  readonly migrations: readonly string[];
}

/** Figures for people, over the last `days` days. */
export interface UsageFigures {
  /** UTC days, oldest first, days without an exchange included. */
  readonly perDay: readonly { readonly day: string; readonly exchanges: number; readonly failed: number }[];
  readonly cache: Record<CacheOutcome, number>;
  /** Milliseconds from question to stored answer, over the latest 1,000 answered exchanges; `null` without any. */
  readonly latencyMs: { readonly p50: number; readonly p90: number; readonly p99: number } | null;
  readonly topArticles: readonly { readonly title: string; readonly url: string; readonly citations: number }[];
  readonly tokens: { readonly input: number; readonly output: number };
}

/** What a stored exchange began with. */
export interface Received {
  readonly exchange: Exchange;
  /** False for a redelivery: the exchange is the earlier one. */
  readonly isNew: boolean;
}

/** Where platforms hand in what they hear. */
export interface Inbox {
  /**
   * Checks and stores the message, and wakes a worker; the platform may be acked once this has resolved.
   * @throws {Failure} `invalid-input` for an empty or over-long text, `store-unavailable`
   */
  accept(message: InboundMessage): Promise<Received>;
}

/**
 * Everything that is kept. Every method throws {Failure} `store-unavailable` when the database cannot be reached.
 * Methods that change an exchange can be repeated without harm.
 */
export interface Store {
  /**
   * Conversation, exchange, the asker's message and the job, in one transaction. The same message id gives the earlier exchange.
   * The job means "this thread has work": `graphile_worker.add_job('thread', {"thread": …})` without queue or key. Whoever runs it
   * takes the thread's lock and serves all its unfinished exchanges in order.
   */
  receive(message: InboundMessage): Promise<Received>;
  /** Whether there is a conversation of this thread; by key, so that it may be asked of every message somebody writes. */
  knows(thread: ThreadId): Promise<boolean>;
  /** Id of the thread's oldest exchange that is neither delivered nor failed; by index, whatever the thread's length. */
  nextUnfinished(thread: ThreadId): Promise<string | undefined>;
  exchange(id: string): Promise<Exchange | undefined>;
  /** Marks it `running` and counts the attempt. Returns it as it then is; one that is answered, delivered or failed stays so. `undefined` when it was erased. */
  begin(id: string): Promise<Exchange | undefined>;
  /** Stores the answer with its message and citations in one transaction and marks the exchange `answered`. The first answer stays. */
  answer(id: string, answer: Answer): Promise<void>;
  progress(id: string, progress: ReplyProgress): Promise<void>;
  delivered(id: string, progress: ReplyProgress): Promise<void>;
  /** Marks it `failed` and stores the apology as the assistant's message; one that is delivered or failed stays as it is. */
  fail(id: string, failure: FailureKind): Promise<void>;
  /** The latest answered exchanges of the thread before the given one, oldest first; costs the same in a long thread. */
  history(thread: ThreadId, before: string, limit: number): Promise<readonly Turn[]>;

  conversations(page: { readonly limit: number; readonly cursor?: string }): Promise<Page<ConversationSummary>>;
  /** `undefined` when there is no such conversation. */
  messages(
    thread: ThreadId,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<Page<StoredMessage> | undefined>;
  /** Erases the conversation with all that belongs to it. False when there was none. */
  erase(thread: ThreadId): Promise<boolean>;

  stats(): Promise<StoreStats>;
  usage(days: number): Promise<UsageFigures>;
  /** Resolves when the database answers; used by `/ready`. */
  ping(signal?: AbortSignal): Promise<void>;
  readonly feed: ExchangeFeed;
  close(): Promise<void>;
}
