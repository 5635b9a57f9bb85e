import type { ExchangeRevision } from "../../core/exchange.ts";
import type { Answer } from "../../core/reply.ts";
import { withoutOffers } from "../offers.ts";
import type { Texts } from "../texts.ts";
import { answerButtons, choiceMenu } from "./answer-components.ts";
import { answerMarkdown } from "./answer-text.ts";
import type { Tail } from "./message-body.ts";
import { sourcesEmbed, sourcesText } from "./sources-embed.ts";

/** A text in its last form, with what stands under it. The first that Discord takes is shown. */
export interface Version {
  readonly text: string;
  readonly tail: Tail;
}

/**
 * With the sources as an embed with its picture, without it, and as text: where embeds are not allowed, and where Discord dislikes
 * the picture. Titles on offer are a menu.
 * @param lead what stands above the answer
 */
export function answerVersions(exchange: ExchangeRevision, answer: Answer, lead: string, texts: Texts): Version[] {
  const { citations, thumbnail, outcome, suggestions } = answer;
  const text = lead + answerMarkdown(withoutOffers(answer), citations, texts);
  if (outcome !== "answered")
    return [{ text, tail: { embeds: [], components: choiceMenu(exchange, suggestions, texts) } }];
  const components = answerButtons(exchange, texts);
  if (citations.length === 0) return [{ text, tail: { embeds: [], components } }];
  const pictured = thumbnail === undefined ? [] : [sourcesEmbed(citations, thumbnail, texts)];
  const embeds = [...pictured, sourcesEmbed(citations, undefined, texts)];
  return [
    ...embeds.map((embed) => ({ text, tail: { embeds: [embed], components } })),
    { text: `${text}\n\n${sourcesText(citations, texts)}`, tail: { embeds: [], components } },
  ];
}
