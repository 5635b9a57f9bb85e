import type { ExchangeRevision } from "../../core/exchange.ts";
import type { FailureKind } from "../../core/failure.ts";
import type { Answer } from "../../core/reply.ts";
import { withoutOffers } from "../offers.ts";
import { answerMarkdown } from "./answer-text.ts";
import { NO_TAIL, type Tails } from "./message-body.ts";
import { againButtons, answerButtons, choiceButtons } from "./reply-buttons.ts";
import { sourcesBlocks } from "./sources-block.ts";

/** An answer as Slack shows it, in one message or cut into several. */
export interface AnswerBody {
  readonly markdown: string;
  /** What stands below its last part. */
  readonly tails: Tails;
}

/** Sources and buttons below the text; titles on offer are buttons, and no list. */
export function answerBody(exchange: ExchangeRevision, answer: Answer): AnswerBody {
  const { citations, thumbnail, outcome, suggestions } = answer;
  const markdown = answerMarkdown(withoutOffers(answer), citations);
  if (outcome !== "answered") return { markdown, tails: [choiceButtons(exchange, suggestions)] };
  const sources = sourcesBlocks(citations);
  const buttons = answerButtons(exchange);
  const pictured = thumbnail === undefined ? [] : [[...sourcesBlocks(citations, thumbnail), ...buttons]];
  return { markdown, tails: [...pictured, [...sources, ...buttons], sources, []] };
}

/** What asking again cannot mend. */
const LASTING: readonly FailureKind[] = ["invalid-config", "invalid-input"];

/** Below an apology. */
export function apologyTails(exchange: ExchangeRevision, kind: FailureKind): Tails {
  return LASTING.includes(kind) ? NO_TAIL : [againButtons(exchange), []];
}
