import type { AnswerRecord, Turn } from "./exchange.ts";
import type { CitedSentence } from "./reply.ts";

const TITLE_LENGTH = 80;

/** What a conversation is called in a list: the beginning of its first question, on one line. */
export function conversationTitle(question: string): string {
  const line = question.replaceAll(/\s+/g, " ").trim();
  if (line.length <= TITLE_LENGTH) return line;
  // Cut between characters: half a surrogate pair is no text.
  return `${line.slice(0, TITLE_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** A question and its answer as the agent's history shows them. */
export function toTurn(
  question: string,
  answer: {
    readonly sentences: readonly CitedSentence[];
    readonly citations: readonly { readonly source: { readonly title: string } }[];
  },
): Turn {
  return {
    question,
    answer: answer.sentences
      .map(({ before, text }) => before + text)
      .join("")
      .trim(),
    subjects: [...new Set(answer.citations.map(({ source }) => source.title))],
  };
}

/** What is shown beside the answer to a question that was put, or put again, at `askedAt`. */
export function recordOf(answer: Omit<AnswerRecord, "elapsedMs">, askedAt: Date, answeredAt: Date): AnswerRecord {
  const { outcome, suggestions, limit, model, cache } = answer;
  return {
    outcome,
    suggestions,
    ...(limit === undefined ? {} : { limit }),
    model,
    cache,
    // The clocks of two replicas may differ.
    elapsedMs: Math.max(0, answeredAt.getTime() - askedAt.getTime()),
  };
}
