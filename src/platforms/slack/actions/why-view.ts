import type { types } from "@slack/bolt";
import type { Answer } from "../../../core/reply.ts";
import { type CitedPassage, citedPassages } from "../../cited-passages.ts";
import { marksOf } from "../../cited-sources.ts";
import { highlighted } from "../../highlighted.ts";
import type { MessageBody } from "../message-body.ts";
import { escapeMrkdwn } from "../neutralise.ts";
import { shortened } from "../../shortened.ts";
import { asOf, sourceLink } from "../sources-block.ts";
import type { SlackTexts } from "../texts/slack-texts.ts";

/** A passage takes two blocks, and Slack shows 100 in a view. */
const VIEW = { passages: 45, characters: 100_000 };
/** Below what Slack takes in one message: 50 blocks, 13,200 characters. */
const MESSAGE = { passages: 20, characters: 9_000 };

/** Opaque, and sometimes a long hash. */
const MAX_REVISION = 14;

type Room = typeof VIEW;

/** A modal with the passages an answer rests on, word for word, and what it quotes of them in bold. */
export function whyView(answer: Answer, texts: SlackTexts): types.ModalView {
  return {
    type: "modal",
    title: plainText(texts.modal.why),
    close: plainText(texts.modal.close),
    blocks: whyBlocks(answer, VIEW, texts),
  };
}

/** The same as a message. */
export function whyMessage(answer: Answer, texts: SlackTexts): MessageBody {
  return { text: texts.modal.why, blocks: whyBlocks(answer, MESSAGE, texts) };
}

function whyBlocks({ citations }: Answer, room: Room, texts: SlackTexts): types.KnownBlock[] {
  const { why } = texts;
  if (citations.length === 0) return [section(why.nothing)];
  const passages = citedPassages(citations);
  let characters = 0;
  const shown = passages
    .slice(0, room.passages)
    .filter(({ source }) => (characters += source.text.length) <= room.characters);
  const left = passages.length - shown.length;
  return [
    section(why.introduction),
    ...shown.flatMap((passage) => [section(headingOf(passage, texts)), quotation(passage)]),
    ...(left === 0 ? [] : [section(why.more(left))]),
  ];
}

function headingOf({ source, numbers }: CitedPassage, texts: SlackTexts): string {
  const revision = texts.why.revision(escapeMrkdwn(shortened(source.revision, MAX_REVISION)));
  return `*${marksOf(numbers)}* ${sourceLink(source)}\n${[revision, asOf(source, texts)].filter((fact) => fact !== undefined).join(", ")}`;
}

function quotation({ source, quotes }: CitedPassage): types.RichTextBlock {
  const elements = highlighted(source.text, quotes).map(({ text, isQuoted }) => ({
    type: "text" as const,
    text,
    ...(isQuoted && { style: { bold: true } }),
  }));
  return { type: "rich_text", elements: [{ type: "rich_text_quote", elements }] };
}

function section(text: string): types.SectionBlock {
  return { type: "section", text: { type: "mrkdwn", text } };
}

function plainText(text: string): types.PlainTextElement {
  return { type: "plain_text", text };
}
