import { BaseChatModel, type BindToolsInput } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import { questionOf } from "./prompt.ts";
import { FIND_PASSAGES } from "./tools/find-passages.ts";
import { type Quotation, quotesFrom } from "./quotations.ts";
import { isToolArtifact } from "./tool-artifact.ts";

export const QUOTING_MODEL = "quoting";

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
  if (isDone) return new AIMessage(quotesFrom(artifacts).map(asText).join(""));
  const question = messages[asked];
  const args = { question: question === undefined ? "" : questionOf(question) };
  return new AIMessage({ content: "", tool_calls: [{ id: ASKED, name: FIND_PASSAGES, args, type: "tool_call" }] });
}

function asText({ before, text, n }: Quotation): string {
  return `${before}${text} [${n}]`;
}
