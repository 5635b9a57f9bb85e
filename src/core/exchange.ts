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
  /** BCP 47, of the wiki to ask; default: the one Footnote is set to. */
  readonly language?: string;
  readonly state: ExchangeState;
  /** How often its question was changed or put again: 0 at first. What belongs to an earlier revision counts no more. */
  readonly revision: number;
  /** How often this revision was begun: more than once after a crash. */
  readonly attempts: number;
  /** Title of the article it is about: named by its author, or chosen among several meanings. */
  readonly subject?: string;
  /** The question was taken back: its answer is to disappear, and then the exchange. */
  readonly isWithdrawn: boolean;
  readonly replyTo: ReplyAddress;
  /** What the platform stored about the reply written so far; absent before the first piece. */
  readonly progress?: ReplyProgress;
  /** Present from `answered` on. */
  readonly answer?: Answer;
  /** Present when `failed`, and when `cancelled` but not yet told. */
  readonly failure?: FailureKind;
  readonly receivedAt: Date;
  /** When its present revision was asked; absent for the first. */
  readonly revisedAt?: Date;
  /** Present from `answered` or `failed` on. */
  readonly finishedAt?: Date;
}

/** An exchange as a certain revision of its question made it. */
export type ExchangeRevision = Pick<Exchange, "id" | "revision">;

/** Turns that a pending exchange comes with at the most; the agent takes as many of the latest as its own limit of tokens lets it. */
export const HISTORY_TURNS = 20;

/** An exchange that waits to be run, with what the agent should know of its thread. */
export interface PendingExchange extends Exchange {
  /** The latest answered exchanges of the thread before it, oldest first; none when it has its answer. */
  readonly history: readonly Turn[];
  /** What was said in the thread before Footnote was asked; absent when nobody has looked yet. */
  readonly context?: readonly Said[];
}

/** What others may have changed of a pending exchange in the moment before it was begun. */
export type Begun = Pick<Exchange, "state" | "attempts" | "isWithdrawn" | "failure">;

/** What makes of an exchange a new one in the same place. Nothing: the same question once more. */
export interface Change {
  readonly question?: string;
  readonly subject?: string;
  readonly isWithdrawn?: true;
  /** What it was chosen for: nothing changes when the exchange is of another revision by now, for somebody was faster. */
  readonly ifRevision?: number;
}

/** What somebody said in a thread before Footnote was asked. */
export interface Said {
  /** As shown to people. */
  readonly author: string;
  /** Markdown. */
  readonly text: string;
}

export type Verdict = "good" | "bad";

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
  /** Somebody listens who came late: whoever writes the reply tells again what was told of it. */
  | { readonly type: "joined" }
  /** Its run has stored the answer, or an apology: read it. */
  | { readonly type: "advanced" }
  /** Somebody has revised, stopped or erased it; or an event of whatever kind was lost: read it. */
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

/** What is shown beside an answer: how it was had, and what to ask instead. */
export interface AnswerRecord extends Pick<Answer, "outcome" | "suggestions" | "limit" | "model" | "cache"> {
  /** Milliseconds from the question's arrival, or from when it was put last, to the stored answer. */
  readonly elapsedMs: number;
}

export interface StoredMessage {
  readonly id: string;
  readonly exchangeId: string;
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly createdAt: Date;
  /** Of an assistant's message; else empty. */
  readonly citations: readonly Citation[];
  /** Present when the message is an answer. */
  readonly record?: AnswerRecord;
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
  /** Verdicts of people on answers to questions of these days. */
  readonly verdicts: Record<Verdict, number>;
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
   * @param perMinute questions its author may ask within a minute; default: as many as Footnote is set to
   * @throws {Failure} `invalid-input` for an empty or over-long text, `over-budget` when its author has asked too much, `cancelled`
   * when the message was deleted, `store-unavailable`
   */
  accept(message: InboundMessage, perMinute?: number): Promise<Received>;
  /**
   * Begins the exchange anew: what was found is forgotten, and the reply's messages take the new answer. Wakes a worker; a run
   * under way ends. `undefined` when there is no such exchange (any more), or it is of another revision.
   * @throws {Failure} `invalid-input` for an empty or over-long question, `store-unavailable`
   */
  revise(id: string, change: Change): Promise<Exchange | undefined>;
}

/** Keys of workspaces that have installed Footnote, sealed by their platform. */
export interface Installations {
  get(platform: string, tenant: string): Promise<string | undefined>;
  put(platform: string, tenant: string, sealed: string): Promise<void>;
  /** Replaces it by what `change` makes of it, while no other replica does; `undefined` when there is none. @throws what `change` throws */
  update(platform: string, tenant: string, change: (sealed: string) => Promise<string>): Promise<string | undefined>;
  /** @param onlyWhile leaves what has taken this one's place; default: removes whatever is there */
  remove(platform: string, tenant: string, onlyWhile?: string): Promise<void>;
}

/**
 * Everything that is kept. Every method throws {Failure} `store-unavailable` when the database cannot be reached.
 * Methods that change an exchange can be repeated without harm.
 */
export interface Store {
  /**
   * Conversation, exchange, the asker's message and the job, in one transaction. The same message id gives the earlier exchange.
   * The job means "this thread has work": `graphile_worker.add_job('thread:<platform>', {"thread": …})`, without a queue. Whoever runs
   * it takes the thread's lock and serves all its unfinished exchanges in order.
   * @throws {Failure} `cancelled` when the message was deleted: nothing is stored
   */
  receive(message: InboundMessage): Promise<Received>;
  /** Questions of this author that were received after that moment; by index. */
  askedSince(author: string, since: Date): Promise<number>;
  /** See {@link Inbox.revise}: the exchange is `received` again, its answer, citations and failure gone, its progress kept, and a job added. */
  revise(id: string, change: Change): Promise<Exchange | undefined>;
  /** Whether there is a conversation of this thread that was not told to be quiet; by key, so that it may be asked of every message somebody writes. */
  listens(thread: ThreadId): Promise<boolean>;
  /** What somebody said at that moment; a later word stays. False when there is no such conversation. */
  setListening(thread: ThreadId, isListening: boolean, at: Date): Promise<boolean>;
  /** The thread's oldest exchange that is neither delivered nor failed; by index, whatever the thread's length. */
  nextUnfinished(thread: ThreadId): Promise<PendingExchange | undefined>;
  /** The thread's exchanges that are received or running, and neither taken back nor stopped, oldest first: what `stop` can stop. */
  unfinished(thread: ThreadId): Promise<readonly Exchange[]>;
  exchange(id: string): Promise<Exchange | undefined>;
  /** The exchange that this message of the platform began. */
  exchangeOf(platform: string, messageId: string): Promise<Exchange | undefined>;
  /**
   * Marks it `running` and counts the attempt, unless it is `answered`; it is taken back if its message was deleted. `undefined` when
   * it is delivered, failed, of another revision by now, or gone.
   */
  begin(exchange: ExchangeRevision): Promise<Begun | undefined>;
  /** Stores the answer with its message and citations in one transaction and marks the exchange `answered`. The first answer to a revision stays: then, and when it was stopped or revised, false. */
  answer(exchange: ExchangeRevision, answer: Answer): Promise<boolean>;
  /** Of whatever revision: what was posted is there. */
  progress(id: string, progress: ReplyProgress): Promise<void>;
  delivered(exchange: ExchangeRevision, progress: ReplyProgress): Promise<void>;
  /** Marks it `failed` and stores the apology as the assistant's message; one that is delivered or failed stays as it is. */
  fail(exchange: ExchangeRevision, failure: FailureKind): Promise<void>;
  /**
   * Fails it as `cancelled` if it is received or running and not taken back; false when it is too late. Where something of it may have
   * been shown it only gets this `failure`, and a job: whoever runs it is told by the feed, has to say so, and fails it.
   */
  stop(id: string): Promise<boolean>;
  /** Erases one exchange with all that belongs to it, and its conversation when it was the only one. Its message is not received again. */
  forget(id: string): Promise<void>;
  /** A message was deleted, which may come only now: it is not received in the next two days. An exchange of it stays as it is. */
  forgetMessage(platform: string, messageId: string): Promise<void>;
  /** Keeps what was said in the thread before Footnote was asked. */
  keepContext(thread: ThreadId, said: readonly Said[]): Promise<void>;
  /** Somebody's verdict on the answer, in place of an earlier one; `undefined` takes it back. False when there is no such exchange. */
  judge(id: string, author: string, verdict: Verdict | undefined): Promise<boolean>;

  /** JSON that only its platform reads: what was set for a place such as `slack:TEAM:CHANNEL` or `discord:GUILD`. */
  settings(place: string): Promise<unknown>;
  saveSettings(place: string, settings: unknown, author: string): Promise<void>;
  readonly installations: Installations;

  conversations(page: { readonly limit: number; readonly cursor?: string }): Promise<Page<ConversationSummary>>;
  /** `undefined` when there is no such conversation. */
  messages(
    thread: ThreadId,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<Page<StoredMessage> | undefined>;
  /** Erases the conversation with all that belongs to it. False when there was none. */
  erase(thread: ThreadId): Promise<boolean>;
  /** Erases conversations in which nothing was said since that moment, the oldest first, at most so many at once. Tells how many it found. */
  eraseQuiet(since: Date, limit: number): Promise<number>;
  /** Tokens that the language model has read and written for answers to questions of this UTC day; a sum over a few rows. */
  tokensToday(): Promise<number>;

  stats(): Promise<StoreStats>;
  usage(days: number): Promise<UsageFigures>;
  /** Resolves when the database answers; used by `/ready`. */
  ping(signal?: AbortSignal): Promise<void>;
  readonly feed: ExchangeFeed;
  close(): Promise<void>;
}
