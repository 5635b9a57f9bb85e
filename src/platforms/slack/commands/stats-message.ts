import type { types } from "@slack/bolt";
import { type Figures, figureRows } from "../../figures.ts";
import type { MessageBody } from "../message-body.ts";
import { escapeMrkdwn } from "../neutralise.ts";
import { sourceLink } from "../sources-block.ts";
import type { Texts } from "../../texts.ts";

export const CLEAR_CACHE = "clear_cache";

/** What `/wikistats` shows. @param note mrkdwn, above the figures @param mayClear whether it is for somebody who may clear the cache */
export function statsMessage(
  figures: Figures,
  { mayClear, note, texts }: { readonly mayClear: boolean; readonly note?: string; readonly texts: Texts },
): MessageBody {
  const rows = figureRows(figures);
  const text = rows.map(({ name, value }) => `${name}: ${value.replaceAll("\n", "; ")}`).join("\n");
  return {
    text: escapeMrkdwn(text),
    blocks: [
      { type: "header", text: plainText(texts.stats.title) },
      ...(note === undefined ? [] : [section(note)]),
      { type: "section", fields: rows.map(({ name, value }) => mrkdwn(`*${name}*\n${escapeMrkdwn(value)}`)) },
      ...articles(figures, texts),
      ...(mayClear ? [clearButton(texts)] : []),
    ],
  };
}

function articles({ topArticles }: Figures, { stats }: Texts): types.KnownBlock[] {
  if (topArticles.length === 0) return [];
  const lines = topArticles.map(
    ({ title, url, citations }) => `${sourceLink({ title, section: "", url })}, ${stats.citations(citations)}`,
  );
  return [section([`*${stats.topArticles}*`, ...lines].join("\n"))];
}

function clearButton({ stats }: Texts): types.ActionsBlock {
  return {
    type: "actions",
    elements: [
      {
        type: "button",
        action_id: CLEAR_CACHE,
        text: plainText(stats.clear),
        style: "danger",
        confirm: {
          title: plainText(stats.confirm),
          text: plainText(stats.confirmText),
          confirm: plainText(stats.yes),
          deny: plainText(stats.no),
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
