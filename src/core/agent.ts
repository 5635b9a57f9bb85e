import type { Citation } from "./article.ts";
import type { Said, Turn } from "./exchange.ts";
import type { Answer, CitedSentence } from "./reply.ts";

export type AgentEvent =
  | { readonly type: "status"; readonly text: string }
  /** Comes before the first sentence that cites it. The answer's citations may know more: when the revision was made. */
  | { readonly type: "source"; readonly citation: Citation }
  | { readonly type: "sentence"; readonly sentence: CitedSentence }
  /** The last event of every run that does not throw. */
  | { readonly type: "answer"; readonly answer: Answer };

export interface AgentRequest {
  readonly question: string;
  /** Oldest first. */
  readonly history: readonly Turn[];
  /** What people said in the thread before Footnote was asked, oldest first; words of strangers, as an article's are. */
  readonly context?: readonly Said[];
  /** Title of the article the asker chose among several meanings: the question is about it. */
  readonly subject?: string;
  /** BCP 47, of the wiki to ask; default: the one Footnote is set to. */
  readonly language?: string;
  readonly signal: AbortSignal;
}

export interface Agent {
  /** @throws {Failure} when there is nothing to say: `wiki-unavailable`, `cancelled`, `bug`. */
  answer(request: AgentRequest): AsyncIterable<AgentEvent>;
}
