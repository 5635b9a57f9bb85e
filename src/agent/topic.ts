import type { AgentRequest } from "../core/agent.ts";
import { looksLikeQuestion } from "../core/small-talk.ts";
import { namesMentioned } from "./names-mentioned.ts";

/** What a question may be about that does not say so itself. */
export interface Topic {
  /** Title of the article that the asker chose: what the question is certainly about. */
  readonly chosen: string | undefined;
  /** Title the thread is about, from its earlier answers. */
  readonly subject: string | undefined;
  /** Names that people mentioned before Footnote was asked, the likeliest first. */
  readonly mentioned: readonly string[];
  /** Questions of the thread, the latest first. */
  readonly earlier: readonly string[];
}

export function topicOf({ subject, history, context = [] }: AgentRequest): Topic {
  const asked = history.map(({ question }) => question);
  const overheard = context.map(({ text }) => text).filter(looksLikeQuestion);
  return {
    chosen: subject,
    // The first article cited in the latest answer that cited any.
    subject: history.findLast(({ subjects }) => subjects.length > 0)?.subjects[0],
    mentioned: namesMentioned(context),
    earlier: [...overheard, ...asked].toReversed(),
  };
}
