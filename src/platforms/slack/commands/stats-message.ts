import type { types } from "@slack/bolt";
import { type Figures, figureRows } from "../../figures.ts";
import type { MessageBody } from "../message-body.ts";
import { escapeMrkdwn } from "../neutralise.ts";
import { sourceLink } from "../sources-block.ts";
import { texts } from "./texts.ts";

export const CLEAR_CACHE = "clear_cache";

/** What `/wikistats` shows. @param note mrkdwn, above the figures @param mayClear whether it is for somebody who may clear the cache */
export function statsMessage(
  figures: Figures,
  { mayClear, note }: { readonly mayClear: boolean; readonly note?: string },
): MessageBody {
  const rows = figureRows(figures);
  const text = rows.map(({ name, value }) => `${name}: ${value.replaceAll("\n", "; ")}`).join("\n");
  return {
    text: escapeMrkdwn(text),
    blocks: [
      { type: "header", text: plainText(texts.stats.title) },
      ...(note === undefined ? [] : [section(note)]),
      { type: "section", fields: rows.map(({ name, value }) => mrkdwn(`*${name}*\n${escapeMrkdwn(value)}`)) },
      ...articles(figures),
      ...(mayClear ? [clearButton()] : []),
    ],
  };
}

function articles({ topArticles }: Figures): types.KnownBlock[] {
  if (topArticles.length === 0) return [];
  const lines = topArticles.map(
    ({ title, url, citations }) => `${sourceLink({ title, section: "", url })}, ${texts.stats.citations(citations)}`,
  );
  return [section([texts.stats.topArticles, ...lines].join("\n"))];
}

function clearButton(): types.ActionsBlock {
  const { title, text, confirm, deny } = texts.stats.confirm;
  return {
    type: "actions",
    elements: [
      {
        type: "button",
        action_id: CLEAR_CACHE,
        text: plainText(texts.stats.clear),
        style: "danger",
        confirm: {
          title: plainText(title),
          text: plainText(text),
          confirm: plainText(confirm),
          deny: plainText(deny),
          style: "danger",
        },
      },
    ],
  };
}

function section(text: string): types.SectionBlock {
  return { type: "section", text: mrkdwn(text) };
}

function mrkdwn(text: string): types.MrkdwnElement {
  return { type: "mrkdwn", text };
}

function plainText(text: string): types.PlainTextElement {
  return { type: "plain_text", text };
}
