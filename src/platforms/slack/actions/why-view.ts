import type { types } from "@slack/bolt";
import type { Answer } from "../../../core/reply.ts";
import { type CitedPassage, citedPassages } from "../../cited-passages.ts";
import { marksOf } from "../../cited-sources.ts";
import { highlighted } from "../../highlighted.ts";
import type { MessageBody } from "../message-body.ts";
import { escapeMrkdwn } from "../neutralise.ts";
import { shortened } from "../../shortened.ts";
import { asOf, sourceLink } from "../sources-block.ts";

/** A passage takes two blocks, and Slack shows 100 in a view. */
const VIEW = { passages: 45, characters: 100_000 };
/** Below what Slack takes in one message: 50 blocks, 13,200 characters. */
const MESSAGE = { passages: 20, characters: 9_000 };

/** Opaque, and sometimes a long hash. */
const MAX_REVISION = 14;

type Room = typeof VIEW;

/** A modal with the passages an answer rests on, word for word, and what it quotes of them in bold. */
export function whyView(answer: Answer): types.ModalView {
  return {
    type: "modal",
    title: plainText("Why this answer?"),
    close: plainText("Close"),
    blocks: whyBlocks(answer, VIEW),
  };
}

/** The same as a message. */
export function whyMessage(answer: Answer): MessageBody {
  return { text: "Why this answer?", blocks: whyBlocks(answer, MESSAGE) };
}

function whyBlocks({ citations }: Answer, room: Room): types.KnownBlock[] {
  if (citations.length === 0) return [section("Nothing in the wiki stands behind this answer.")];
  const passages = citedPassages(citations);
  let characters = 0;
  const shown = passages
    .slice(0, room.passages)
    .filter(({ source }) => (characters += source.text.length) <= room.characters);
  const left = passages.length - shown.length;
  return [
    section("The passages this answer rests on, word for word. What is quoted is *bold*."),
    ...shown.flatMap((passage) => [section(headingOf(passage)), quotation(passage)]),
    ...(left === 0 ? [] : [section(`and ${left} more, linked in the answer`)]),
  ];
}

function headingOf({ source, numbers }: CitedPassage): string {
  const revision = `revision ${escapeMrkdwn(shortened(source.revision, MAX_REVISION))}`;
  return `*${marksOf(numbers)}* ${sourceLink(source)}\n${[revision, asOf(source)].filter((fact) => fact !== undefined).join(", ")}`;
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
