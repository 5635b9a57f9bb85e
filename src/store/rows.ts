import type { Citation, License, Thumbnail } from "../core/article.ts";
import type { AnswerRecord, Exchange } from "../core/exchange.ts";
import type { FailureKind } from "../core/failure.ts";
import type { ReplyAddress, ThreadId } from "../core/message.ts";
import type { Answer, CitedSentence, ReplyProgress } from "../core/reply.ts";
import type { Prisma } from "./generated/client.ts";

/** What is read of an exchange, in one query. */
export const WHOLE_EXCHANGE = {
  relationLoadStrategy: "join",
  include: { messages: true, citations: { orderBy: { n: "asc" } } },
} as const satisfies Partial<Prisma.ExchangeFindFirstArgs>;

type ExchangeRow = Prisma.ExchangeGetPayload<{ include: { messages: true; citations: true } }>;
type CitationRow = ExchangeRow["citations"][number];

/** What is read of an exchange that has no answer yet. */
type UnansweredRow = Pick<
  ExchangeRow,
  | "id"
  | "messageId"
  | "thread"
  | "authorId"
  | "authorName"
  | "state"
  | "revision"
  | "attempts"
  | "withdrawn"
  | "replyTo"
  | "receivedAt"
  | "revisedAt"
  | "language"
  | "subject"
  | "progress"
  | "failure"
> & { readonly question: string };

export function toExchange(row: ExchangeRow): Exchange {
  const question = row.messages.find(({ role }) => role === "user")?.text ?? "";
  const finishedAt = row.failedAt ?? row.answeredAt;
  const answer = toAnswer(row);
  return {
    ...toUnanswered({ ...row, question }),
    ...(answer === undefined ? {} : { answer }),
    ...(finishedAt === null ? {} : { finishedAt }),
  };
}

export function toUnanswered(row: UnansweredRow): Exchange {
  return {
    id: row.id,
    messageId: row.messageId,
    thread: trusted<ThreadId>(row.thread),
    author: { id: row.authorId, name: row.authorName },
    question: row.question,
    state: row.state,
    revision: row.revision,
    attempts: row.attempts,
    isWithdrawn: row.withdrawn,
    replyTo: trusted<ReplyAddress>(row.replyTo),
    receivedAt: row.receivedAt,
    ...(row.revisedAt === null ? {} : { revisedAt: row.revisedAt }),
    ...(row.language === null ? {} : { language: row.language }),
    ...(row.subject === null ? {} : { subject: row.subject }),
    ...(row.progress === null ? {} : { progress: trusted<ReplyProgress>(row.progress) }),
    ...(row.failure === null ? {} : { failure: trusted<FailureKind>(row.failure) }),
  };
}

function toAnswer(row: ExchangeRow): Answer | undefined {
  const message = row.messages.find(({ sentences }) => sentences !== null);
  if (message === undefined) return undefined;
  return {
    sentences: trusted<readonly CitedSentence[]>(message.sentences),
    citations: row.citations.map(toCitation),
    ...toHowAnswered(row),
    tokens: { input: row.inputTokens ?? 0, output: row.outputTokens ?? 0 },
    ...(row.thumbnail === null ? {} : { thumbnail: trusted<Thumbnail>(row.thumbnail) }),
  };
}

/** Columns of an answered exchange that are shown beside its answer. */
export const HOW_ANSWERED = {
  outcome: true,
  suggestions: true,
  limit: true,
  model: true,
  cache: true,
} as const;

export function toHowAnswered(row: Pick<ExchangeRow, keyof typeof HOW_ANSWERED>): Omit<AnswerRecord, "elapsedMs"> {
  return {
    outcome: trusted<Answer["outcome"]>(row.outcome),
    suggestions: row.suggestions,
    model: row.model ?? "",
    cache: row.cache ?? "miss",
    ...(row.limit === null ? {} : { limit: trusted<NonNullable<Answer["limit"]>>(row.limit) }),
  };
}

export function toCitation(row: CitationRow): Citation {
  return {
    n: row.n,
    quote: row.quote,
    source: {
      id: row.sourceId,
      title: row.title,
      section: row.section,
      language: row.language,
      revision: row.revision,
      url: row.url,
      text: row.text,
      ...(row.revisedAt === null ? {} : { revisedAt: row.revisedAt }),
      ...(row.license === null ? {} : { license: trusted<License>(row.license) }),
      ...(row.thumbnail === null ? {} : { thumbnail: trusted<Thumbnail>(row.thumbnail) }),
      ...(row.staleSince === null ? {} : { staleSince: row.staleSince }),
    },
  };
}

/** A value as it was stored: only this folder writes the tables, and it writes what its types say. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- an assertion with a name
export function trusted<T>(value: unknown): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return value as T;
}
