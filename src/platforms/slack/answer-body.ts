import type { ExchangeRevision } from "../../core/exchange.ts";
import type { FailureKind } from "../../core/failure.ts";
import type { Answer } from "../../core/reply.ts";
import { withoutOffers } from "../offers.ts";
import { answerMarkdown } from "./answer-text.ts";
import { NO_TAIL, type Tails } from "./message-body.ts";
import { againButtons, answerButtons, choiceButtons } from "./reply-buttons.ts";
import type { Texts } from "../texts.ts";
import { sourcesBlocks } from "./sources-block.ts";

/** An answer as Slack shows it, in one message or cut into several. */
export interface AnswerBody {
  readonly markdown: string;
  /** What stands below its last part. */
  readonly tails: Tails;
}

/** Sources and buttons below the text; titles on offer are buttons, and no list. */
export function answerBody(exchange: ExchangeRevision, answer: Answer, texts: Texts): AnswerBody {
  const { citations, thumbnail, outcome, suggestions } = answer;
  const markdown = answerMarkdown(withoutOffers(answer), citations, texts);
  if (outcome !== "answered") return { markdown, tails: [choiceButtons(exchange, suggestions)] };
  const sources = sourcesBlocks(citations, texts);
  const buttons = answerButtons(exchange, texts);
  const pictured = thumbnail === undefined ? [] : [[...sourcesBlocks(citations, texts, thumbnail), ...buttons]];
  return { markdown, tails: [...pictured, [...sources, ...buttons], sources, []] };
}

/** What asking again cannot mend. */
const LASTING: readonly FailureKind[] = ["invalid-config", "invalid-input"];

/** Below an apology. */
export function apologyTails(exchange: ExchangeRevision, kind: FailureKind, texts: Texts): Tails {
  return LASTING.includes(kind) ? NO_TAIL : [againButtons(exchange, texts), []];
}
