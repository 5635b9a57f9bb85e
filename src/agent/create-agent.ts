import type { Agent, AgentEvent, AgentRequest } from "../core/agent.ts";
import { Failure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import type { Answer } from "../core/reply.ts";
import { type ChatModel, type ModelSettings, chooseModel } from "./chat-model.ts";
import { composeAnswer } from "./compose-answer.ts";
import { datedCitations } from "./dated-citations.ts";
import { EventQueue } from "./event-queue.ts";
import { buildGraph, MAX_TOOL_ROUNDS } from "./graph.ts";
import { conversation } from "./prompt.ts";
import { QUOTING_MODEL, QuotingModel } from "./quoting-model.ts";
import { AgentRun, type RunEvent } from "./run.ts";
import { wikiTools } from "./tools/index.ts";
import type { Wiki } from "./tools/wiki-tool.ts";
import { topicOf } from "./topic.ts";

export interface AgentOptions {
  readonly wiki: Wiki;
  readonly model: ModelSettings;
  readonly log: Log;
  /** Whether the language model may be asked at present; else answers are quotations. Default: always. @throws {Failure} is a no */
  readonly mayAskModel?: () => Promise<boolean>;
  /** Milliseconds one answer may take. What is there by then is the answer. */
  readonly deadlineMs?: number;
}

export function createAgent(options: AgentOptions): Agent {
  const { wiki, model: settings, log, mayAskModel = () => Promise.resolve(true), deadlineMs = 60_000 } = options;
  const model = chooseModel(settings);
  const fallback: ChatModel = { name: QUOTING_MODEL, chat: new QuotingModel() };
  const graph = buildGraph({ model, fallback, tools: wikiTools(wiki), log });

  async function isAllowed(): Promise<boolean> {
    try {
      return await mayAskModel();
    } catch (error) {
      log.warn({ err: error }, "not known whether the model may be asked");
      return false;
    }
  }

  async function converse(request: AgentRequest, run: AgentRun): Promise<void> {
    await graph.invoke(
      { messages: conversation(wiki.source.name, request) },
      { configurable: { run }, signal: run.signal, recursionLimit: 4 * MAX_TOOL_ROUNDS },
    );
  }

  /** Runs the graph; its limits are no errors. */
  async function think(request: AgentRequest, run: AgentRun, deadline: AbortSignal): Promise<Answer> {
    run.isQuoting = model.name === QUOTING_MODEL;
    if (!run.isQuoting && !(await isAllowed())) {
      run.isQuoting = true;
      run.isOverTokens = true;
    }
    let late = false;
    try {
      await converse(request, run);
      if (needsQuotes(run)) {
        run.isQuoting = true;
        if (run.quotable.length === 0) await converse(request, run);
      }
    } catch (error) {
      request.signal.throwIfAborted();
      if (!deadline.aborted) throw error;
      late = true;
      run.endTurn("broke-off");
    }
    if (run.gate.sentences.length === 0 && (late || run.isQuoting)) {
      run.isQuoting = true;
      run.quote();
    }
    const limit = limitOf(run, late);
    const citations = await datedCitations(run.gate.citations, { source: wiki.source, lookup: run.lookup, log });
    request.signal.throwIfAborted();
    return composeAnswer(run, {
      model: run.isQuoting ? QUOTING_MODEL : model.name,
      wikiName: wiki.source.name,
      citations,
      limit,
    });
  }

  return {
    async *answer(request) {
      const deadline = new AbortController();
      const left = new AbortController();
      const timer = setTimeout(() => deadline.abort(new Failure("deadline", "the answer's time is up")), deadlineMs);
      const events = new EventQueue<AgentEvent>();
      const run = new AgentRun({
        language: request.language,
        topic: topicOf(request),
        question: request.question,
        signal: AbortSignal.any([request.signal, deadline.signal, left.signal]),
        emit: (event: RunEvent) => events.push(event),
      });
      const thinking = think(request, run, deadline.signal).then(
        (answer) => events.end({ type: "answer", answer }),
        (error: unknown) => events.fail(error),
      );
      try {
        yield* events;
        await thinking;
      } finally {
        clearTimeout(timer);
        // Whoever stops listening early wants no more work done.
        left.abort(new Failure("cancelled", "nobody listens"));
      }
    },
  };
}

/**
 * Whether to quote in the language model's place: it has answered from memory, or what it said the sources say they do not. When it
 * only said that they answer nothing, it is believed.
 */
function needsQuotes({ gate, isQuoting, brokeOff, outcomes, wikiFailure }: AgentRun): boolean {
  if (gate.sentences.length > 0 || isQuoting) return false;
  const hasLookedUp = outcomes.length > 0 || wikiFailure !== undefined;
  return !hasLookedUp || gate.hasRefused || brokeOff;
}

function limitOf(run: AgentRun, late: boolean): Answer["limit"] {
  if (late) return "deadline";
  const isOwn = !run.isQuoting && run.gate.sentences.length > 0;
  if (isOwn && (run.brokeOff || run.modelFailed)) return "broke-off";
  if (run.modelFailed) return "model-unavailable";
  if (run.isOverTokens) return "tokens";
  return run.toolRounds >= MAX_TOOL_ROUNDS ? "rounds" : undefined;
}
