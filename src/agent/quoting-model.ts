import { BaseChatModel, type BindToolsInput } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import { questionOf } from "./prompt.ts";
import { FIND_PASSAGES } from "./tools/find-passages.ts";
import { isToolArtifact, type ToolArtifact } from "./tool-artifact.ts";

export const QUOTING_MODEL = "quoting";

/** Sentences of a reply at the most. */
const MAX_SENTENCES = 3;

/** Letters of a reply at the most, unless its first sentence alone is longer. */
const MAX_LENGTH = 700;

/**
 * Share of the best sentence's score that a further one must have; more for another article's. Over 612 questions these
 * leave out a sentence in three that helped nobody, and raise the share of replies that hold the answer by a hair.
 */
const WORTH_ADDING = 0.4;
const WORTH_ADDING_FROM_ELSEWHERE = 0.8;

/**
 * A chat model without any intelligence: it asks `find_passages` for the question as it stands, and answers by quoting
 * the sentences that the search thinks best, word for word. It says nothing when none is likely to be an answer.
 */
export class QuotingModel extends BaseChatModel {
  constructor() {
    super({});
  }

  override _llmType(): string {
    return QUOTING_MODEL;
  }

  /** It knows the one tool it calls. */
  override bindTools(_tools: BindToolsInput[]): this {
    return this;
  }

  override _generate(messages: BaseMessage[]): Promise<ChatResult> {
    const message = reply(messages);
    return Promise.resolve({ generations: [{ text: message.text, message }] });
  }
}

const ASKED = "quoting-model";

function reply(messages: readonly BaseMessage[]): AIMessage {
  const asked = messages.findLastIndex((message) => HumanMessage.isInstance(message));
  const results = messages.slice(asked + 1).filter((message) => ToolMessage.isInstance(message));
  const artifacts = results.map(({ artifact }) => artifact as unknown).filter(isToolArtifact);
  const isDone = artifacts.length > 0 || results.some((result) => result.tool_call_id === ASKED);
  if (isDone) return new AIMessage(quotesFrom(artifacts));
  const question = messages[asked];
  const args = { question: question === undefined ? "" : questionOf(question) };
  return new AIMessage({ content: "", tool_calls: [{ id: ASKED, name: FIND_PASSAGES, args, type: "tool_call" }] });
}

interface Quote {
  readonly n: number;
  readonly text: string;
  readonly score: number;
  readonly title: string;
  /** Of the passage in the result, and of the sentence in the passage. */
  readonly place: readonly [number, number];
}

/** The best sentences of all passages with their marks: those of one passage in its own order, the best passage first; `""` when none is relevant. */
export function quotesFrom(artifacts: readonly ToolArtifact[]): string {
  const candidates = artifacts.filter(({ relevant }) => relevant).flatMap(({ passages }) => passages.flatMap(quotesOf));
  const chosen = choose(candidates.toSorted((a, b) => b.score - a.score));
  const passages = Map.groupBy(chosen, ({ n }) => n);
  return [...passages.values()]
    .map((quotes) =>
      quotes
        .toSorted((a, b) => a.place[1] - b.place[1])
        .map(({ text, n }) => `${text} [${n}]`)
        .join(" "),
    )
    .join("\n\n");
}

function quotesOf({ n, passage }: ToolArtifact["passages"][number], index: number): Quote[] {
  return passage.sentences.map(({ text, score }) => ({
    n,
    text,
    score,
    title: passage.source.title,
    place: [index, passage.source.text.indexOf(text)],
  }));
}

function choose(quotes: readonly Quote[]): Quote[] {
  const chosen: Quote[] = [];
  let length = 0;
  for (const quote of quotes) {
    if (chosen.length === MAX_SENTENCES) break;
    if (chosen.some(({ text }) => text === quote.text) || !isWorthAdding(quote, chosen[0])) continue;
    if (chosen.length > 0 && length + quote.text.length > MAX_LENGTH) continue;
    chosen.push(quote);
    length += quote.text.length;
  }
  return chosen;
}

function isWorthAdding(quote: Quote, best: Quote | undefined): boolean {
  if (best === undefined) return true;
  return quote.score >= best.score * (quote.title === best.title ? WORTH_ADDING : WORTH_ADDING_FROM_ELSEWHERE);
}
