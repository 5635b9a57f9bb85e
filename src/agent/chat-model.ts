import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { ChatOpenAI } from "@langchain/openai";
import { QUOTING_MODEL, QuotingModel } from "./quoting-model.ts";

export interface ChatModel {
  readonly name: string;
  readonly chat: BaseChatModel;
}

export interface ModelSettings {
  /** Without a key the quoting model answers. */
  readonly apiKey?: string;
  /** Of any server that speaks OpenAI's chat completions; default OpenAI's own. */
  readonly baseUrl?: string;
  readonly model: string;
  /** Milliseconds the model may stay silent before the request counts as failed. Default 20,000. */
  readonly timeoutMs?: number;
}

/** Two attempts of a silent model leave a third of an answer's minute for quoting in its place. */
const TIMEOUT_MS = 20_000;
const RETRIES = 1;

export function chooseModel({ apiKey, baseUrl, model, timeoutMs = TIMEOUT_MS }: ModelSettings): ChatModel {
  if (apiKey === undefined) return { name: QUOTING_MODEL, chat: new QuotingModel() };
  return {
    name: model,
    // Never `streaming: true`: `.invoke()` would fetch a tokenizer's file from the internet. `.stream()` needs no such switch.
    chat: new ChatOpenAI({
      apiKey,
      model,
      timeout: timeoutMs,
      maxRetries: RETRIES,
      configuration: { baseURL: baseUrl },
    }),
  };
}
