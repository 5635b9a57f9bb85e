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
  const { texts } = run;
  if (run.gate.sentences.length > 0) {
    const note = limit === undefined ? undefined : texts.notes[limit];
    return { ...common, outcome: "answered", sentences: withNote(run.gate.sentences, note), suggestions: [] };
  }
  if (run.choices.size > 0) {
    const suggestions = [...run.choices].slice(0, 2 * MAX_SUGGESTIONS);
    return {
      ...common,
      outcome: "ambiguous",
      suggestions,
      sentences: [plain(texts.ambiguous), ...listed(suggestions)],
    };
  }
  if (run.wikiFailure !== undefined && run.titles.size === 0) throw run.wikiFailure;
  if (limit === "deadline" && run.titles.size === 0) throw new Failure("deadline", "nothing was found in time");
  const suggestions = [...run.titles].slice(0, MAX_SUGGESTIONS);
  const none = plain(texts.noSource(wikiName));
  const why = limit === undefined ? [] : [plain(texts.whyNothing[limit], " ")];
  const nearest = suggestions.length === 0 ? [] : [plain(texts.nearest, " "), ...listed(suggestions)];
  return { ...common, outcome: "no-source", suggestions, sentences: [none, ...why, ...nearest] };
}

function withNote(sentences: readonly CitedSentence[], note: string | undefined): readonly CitedSentence[] {
  return note === undefined ? sentences : [...sentences, plain(note, "\n\n")];
}

function plain(text: string, before = ""): CitedSentence {
  return { before, text, footnotes: [], verdict: "structural" };
}

function listed(titles: readonly string[]): CitedSentence[] {
  return titles.map((title) => plain(title, "\n- "));
}
