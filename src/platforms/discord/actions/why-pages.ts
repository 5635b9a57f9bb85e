import { type APIEmbed, escapeMarkdown } from "discord.js";
import type { Answer } from "../../../core/reply.ts";
import { type CitedPassage, citedPassages } from "../../cited-passages.ts";
import { highlighted, type Stretch } from "../../highlighted.ts";
import { shortened } from "../../shortened.ts";
import type { Texts } from "../../texts.ts";
import { isLink } from "../answer-text.ts";
import { bodyOf, type MessageBody, NO_TAIL } from "../message-body.ts";
import { neutralise } from "../neutralise.ts";

/** Discord: characters of all embeds of a message, of which some are left for the last page's note, and embeds of a message. */
const PAGE = { characters: 5_900, embeds: 10 };
/** The response and four more: where only its user has installed Footnote, five may follow. */
const MAX_PAGES = 5;
/** Discord: characters of an embed's title, and of its description. */
const MAX_TITLE = 256;
const MAX_DESCRIPTION = 4_096;
/** Opaque, and sometimes a long hash. */
const MAX_REVISION = 14;

/** Messages with the passages an answer rests on, word for word, and what it quotes of them in bold. */
export function whyPages({ citations }: Answer, texts: Texts): readonly MessageBody[] {
  if (citations.length === 0) return [bodyOf(texts.why.nothing, NO_TAIL)];
  const pages = paged(citedPassages(citations).map((passage) => embedOf(passage, texts)));
  const left = pages.slice(MAX_PAGES).flat().length;
  const shown = pages.slice(0, MAX_PAGES);
  return shown.map((embeds, index) => {
    const introduction = index === 0 ? [texts.why.introduction] : [];
    const more = left > 0 && index === shown.length - 1 ? [texts.why.more(left)] : [];
    return bodyOf([...introduction, ...more].join("\n"), { embeds, components: [] });
  });
}

function embedOf({ source, numbers, quotes }: CitedPassage, { why }: Texts): APIEmbed {
  const { title, section, revision, revisedAt, staleSince, url, text } = source;
  const name = section === "" ? title : `${title} § ${section}`;
  const marks = numbers.map((n) => `[${n}]`).join("");
  const asOf = staleSince ?? revisedAt;
  const facts = [
    why.revision(shortened(revision, MAX_REVISION)),
    ...(asOf === undefined ? [] : [why.asOf(asOf.slice(0, 10))]),
  ];
  return {
    title: shortened(`${marks} ${escapeMarkdown(neutralise(name))}`, MAX_TITLE),
    ...(isLink(url) && { url }),
    description: shortened(highlighted(text, quotes).map(markdownOf).join(""), MAX_DESCRIPTION),
    footer: { text: facts.join(", ") },
  };
}

/** Bold without the white space around it, which Discord takes for no mark. */
function markdownOf({ text, isQuoted }: Stretch): string {
  const escaped = escapeMarkdown(neutralise(text));
  if (!isQuoted || escaped.trim() === "") return escaped;
  return escaped.replace(/^(\s*)([^]*?)(\s*)$/, "$1**$2**$3");
}

function paged(embeds: readonly APIEmbed[]): APIEmbed[][] {
  const pages: APIEmbed[][] = [];
  let characters = 0;
  for (const embed of embeds) {
    const page = pages.at(-1);
    const size = sizeOf(embed);
    if (page === undefined || page.length === PAGE.embeds || characters + size > PAGE.characters) {
      pages.push([embed]);
      characters = size;
    } else {
      page.push(embed);
      characters += size;
    }
  }
  return pages;
}

function sizeOf({ title = "", description = "", footer }: APIEmbed): number {
  return title.length + description.length + (footer?.text.length ?? 0);
}
