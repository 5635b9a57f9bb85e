import type { Agent } from "../../src/core/agent.ts";
import type { Answer, CitedSentence } from "../../src/core/reply.ts";
import { eventsOf, MERCURY_ANSWER } from "./answers.ts";

/** An agent that answers each question, by how often it was asked, or what it is about. */
export function answering(choose: (request: Parameters<Agent["answer"]>[0], time: number) => Answer): Agent["answer"] {
  let times = 0;
  return async function* (request) {
    const answer = choose(request, times);
    times += 1;
    yield* answer.outcome === "answered" ? eventsOf(answer) : [{ type: "answer" as const, answer }];
  };
}

const plain = (text: string, before = ""): CitedSentence => ({ before, text, footnotes: [], verdict: "structural" });

export const AMBIGUOUS: Answer = {
  ...MERCURY_ANSWER,
  outcome: "ambiguous",
  citations: [],
  suggestions: ["Mercury (planet)", "Mercury (element)"],
  sentences: [
    plain("That can mean several things. Which one do you mean?"),
    plain("Mercury (planet)", "\n- "),
    plain("Mercury (element)", "\n- "),
  ],
};

export const NO_SOURCE: Answer = {
  ...MERCURY_ANSWER,
  outcome: "no-source",
  citations: [],
  suggestions: ["Venus"],
  sentences: [
    plain("I found no source for this in Wikipedia."),
    plain("The nearest articles:", " "),
    plain("Venus", "\n- "),
  ],
};
