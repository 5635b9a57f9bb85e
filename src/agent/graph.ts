import { setImmediate } from "node:timers/promises";
import { type AIMessageChunk, type BaseMessage, isAIMessage, SystemMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import type { StructuredToolInterface } from "@langchain/core/tools";
import { END, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import { ToolNode } from "@langchain/langgraph/prebuilt";
import type { Log } from "../core/log.ts";
import { Failure } from "../core/failure.ts";
import type { ChatModel } from "./chat-model.ts";
import { LAST_ROUND } from "./prompt.ts";
import type { AgentRun } from "./run.ts";
import { runOf } from "./tools/wiki-tool.ts";

/** Times the model may ask for tools. */
export const MAX_TOOL_ROUNDS = 6;

/** Characters of a reply, thoughts included: who says more has lost the way. */
const LONGEST_REPLY = 60_000;

type State = typeof MessagesAnnotation.State;

export interface GraphParts {
  readonly model: ChatModel;
  /** Speaks when the model fails. */
  readonly fallback: ChatModel;
  readonly tools: StructuredToolInterface[];
  readonly log: Log;
}

/** model ⇄ tools; what the model writes passes the citation gate sentence by sentence, see `AgentRun.write`. */
export function buildGraph({ model, fallback, tools, log }: GraphParts) {
  const toolNode = new ToolNode(tools);

  async function callModel(state: State, config: RunnableConfig): Promise<Partial<State>> {
    const run = runOf(config);
    if (run.isQuoting) return speak(fallback, state.messages, run, config);
    try {
      return await speak(model, state.messages, run, config);
    } catch (error) {
      run.signal.throwIfAborted();
      if (!(error instanceof Failure) || error.kind !== "model-unavailable") throw error;
      log.warn({ err: error }, "model failed");
      run.endTurn("broke-off");
      run.modelFailed = true;
      // What was shown of an answer stands, and nobody can go on in the model's words.
      if (run.gate.sentences.length > 0) return {};
      run.isQuoting = true;
      return speak(fallback, state.messages, run, config);
    }
  }

  async function speak(
    speaker: ChatModel,
    messages: BaseMessage[],
    run: AgentRun,
    config: RunnableConfig,
  ): Promise<Partial<State>> {
    const isLast = run.toolRounds >= MAX_TOOL_ROUNDS;
    const bound = isLast ? speaker.chat : (speaker.chat.bindTools?.(tools) ?? speaker.chat);
    const prompt = isLast ? [...messages, new SystemMessage(LAST_ROUND)] : messages;
    let whole: AIMessageChunk | undefined;
    let length = 0;
    for await (const chunk of unhurried(chunksOf(() => bound.stream(prompt, { ...config, signal: run.signal })))) {
      whole = whole === undefined ? chunk : whole.concat(chunk);
      if (chunk.text !== "" && !run.isQuoting) run.write(chunk.text);
      length += chunk.text.length;
      if (length > LONGEST_REPLY) break;
    }
    if (whole === undefined) throw new Failure("model-unavailable", "the model said nothing");
    // Some servers give every reply the same id, and a message takes the place of an earlier one with its id.
    whole.id = undefined;
    run.tokens.input += whole.usage_metadata?.input_tokens ?? 0;
    run.tokens.output += whole.usage_metadata?.output_tokens ?? 0;
    const brokeOff = length > LONGEST_REPLY || whole.response_metadata["finish_reason"] === "length";
    if (run.isQuoting && !callsTools(whole)) run.quote();
    run.endTurn(callsTools(whole) && !isLast ? "calls-tools" : brokeOff ? "broke-off" : "answers");
    return { messages: [whole] };
  }

  async function callTools(state: State, config: RunnableConfig): Promise<Partial<State>> {
    runOf(config).toolRounds += 1;
    return toolNode.invoke(state, config);
  }

  return new StateGraph(MessagesAnnotation)
    .addNode("model", callModel)
    .addNode("tools", callTools)
    .addEdge(START, "model")
    .addConditionalEdges("model", next, ["tools", END])
    .addEdge("tools", "model")
    .compile();
}

function next(state: State, config: RunnableConfig): "tools" | typeof END {
  const last = state.messages.at(-1);
  return last !== undefined && callsTools(last) && runOf(config).toolRounds < MAX_TOOL_ROUNDS ? "tools" : END;
}

/** Milliseconds of work after which others have their turn. */
const TURN_MS = 10;

/** The same; but what has arrived already, and needs no waiting, does not keep the process from its timers and other requests. */
async function* unhurried<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  let since = performance.now();
  for await (const item of items) {
    yield item;
    if (performance.now() - since < TURN_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}

/** What the model streams; whatever goes wrong with it is the model's trouble, and nothing else is. */
async function* chunksOf(stream: () => Promise<AsyncIterable<AIMessageChunk>>): AsyncGenerator<AIMessageChunk> {
  try {
    yield* await stream();
  } catch (error) {
    throw new Failure("model-unavailable", "the model failed", { cause: error });
  }
}

function callsTools(message: BaseMessage): boolean {
  return isAIMessage(message) && (message.tool_calls?.length ?? 0) > 0;
}
