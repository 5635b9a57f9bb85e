import type { Citation } from "../core/article.ts";
import { combineOutcomes } from "../core/cache.ts";
import { Failure } from "../core/failure.ts";
import type { Answer, CitedSentence } from "../core/reply.ts";
import type { AgentRun } from "./run.ts";

/** Titles offered in place of an answer. */
const MAX_SUGGESTIONS = 5;

export interface AnswerContext {
  readonly model: string;
  readonly wikiName: string;
  /** The gate's, with their dates. */
  readonly citations: readonly Citation[];
  readonly limit?: Answer["limit"];
}

/**
 * The answer from what has passed the gate, or the honest reply when nothing has.
 * @throws {Failure} the wiki's, when that is why there is nothing
 */
export function composeAnswer(run: AgentRun, { model, wikiName, citations, limit }: AnswerContext): Answer {
  const common = {
    citations,
    limit,
    model,
    tokens: { ...run.tokens },
    cache: combineOutcomes(run.outcomes),
    thumbnail: citations[0]?.source.thumbnail,
  };
  if (run.gate.sentences.length > 0) {
    return { ...common, outcome: "answered", sentences: withNote(run.gate.sentences, limit), suggestions: [] };
  }
  if (run.choices.size > 0) {
    const suggestions = [...run.choices].slice(0, 2 * MAX_SUGGESTIONS);
    return {
      ...common,
      outcome: "ambiguous",
      suggestions,
      sentences: [plain("That can mean several things. Which one do you mean?"), ...listed(suggestions)],
    };
  }
  if (run.wikiFailure !== undefined && run.titles.size === 0) throw run.wikiFailure;
  if (limit === "deadline" && run.titles.size === 0) throw new Failure("deadline", "nothing was found in time");
  const suggestions = [...run.titles].slice(0, MAX_SUGGESTIONS);
  const none = plain(`I found no source for this in ${wikiName}.`);
  const why = limit === undefined ? [] : [plain(WHY_NOTHING[limit], " ")];
  const nearest = suggestions.length === 0 ? [] : [plain("The nearest articles:", " "), ...listed(suggestions)];
  return { ...common, outcome: "no-source", suggestions, sentences: [none, ...why, ...nearest] };
}

const NOTES: Record<NonNullable<Answer["limit"]>, string> = {
  rounds: "This is as far as I came with the look-ups I may make for one question.",
  deadline: "This is as far as I came in the time I may take.",
  "model-unavailable": "The language model can't be reached just now, so these are quotations.",
  "broke-off": "The language model broke off here.",
  tokens: "The language model has done its share for today, so these are quotations.",
};

const WHY_NOTHING: Record<NonNullable<Answer["limit"]>, string> = {
  rounds: "I have made all the look-ups I may make for one question.",
  deadline: "I have taken all the time I may take.",
  "model-unavailable": "The language model can't be reached just now, so I could only search.",
  "broke-off": "The language model broke off.",
  tokens: "The language model has done its share for today, so I could only search.",
};

function withNote(sentences: readonly CitedSentence[], limit: Answer["limit"]): readonly CitedSentence[] {
  return limit === undefined ? sentences : [...sentences, plain(NOTES[limit], "\n\n")];
}

function plain(text: string, before = ""): CitedSentence {
  return { before, text, footnotes: [], verdict: "structural" };
}

function listed(titles: readonly string[]): CitedSentence[] {
  return titles.map((title) => plain(title, "\n- "));
}
