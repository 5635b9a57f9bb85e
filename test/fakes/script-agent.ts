import type { Agent, AgentRequest } from "../../src/core/agent.ts";
import type { Answer } from "../../src/core/reply.ts";

/** An answer that repeats the question. */
export function echo(question: string): Answer {
  return {
    sentences: [{ before: "", text: `Answer to ${question}`, footnotes: [], verdict: "structural" }],
    citations: [],
    suggestions: [],
    outcome: "answered",
    model: "test",
    tokens: { input: 0, output: 0 },
    cache: "miss",
  };
}

/** Answers as `act` says; remembers what it was asked. */
export function scriptAgent(
  act: (request: AgentRequest) => Promise<Answer> = ({ question }) => Promise.resolve(echo(question)),
): Agent & {
  readonly asked: AgentRequest[];
} {
  const asked: AgentRequest[] = [];
  return {
    asked,
    async *answer(request) {
      asked.push(request);
      yield { type: "answer", answer: await act(request) };
    },
  };
}
