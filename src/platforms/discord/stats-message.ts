import { type APIEmbed, ButtonStyle, escapeMarkdown, type RawFile } from "discord.js";
import { describeChart, drawChart } from "../chart.ts";
import { type Figures, figureRows } from "../figures.ts";
import { shortened } from "../shortened.ts";
import type { Texts } from "../texts.ts";
import { button, type Row, row } from "./answer-components.ts";
import { isLink } from "./answer-text.ts";
import { bodyOf } from "./message-body.ts";
import { neutralise } from "./neutralise.ts";

export const CLEAR = "stats:clear";
export const CLEAR_YES = "stats:yes";
export const CLEAR_NO = "stats:no";

const CHART = "questions.png";
/** Discord: characters of the words that stand for an image. */
const MAX_DESCRIPTION = 1_024;
/** Characters of a title that are shown. */
const MAX_NAME = 120;

export interface StatsMessage {
  readonly body: object;
  readonly files: readonly RawFile[];
}

/** The figures as an embed with a chart, where files may be attached and there is anything to draw. */
export function statsMessage(
  figures: Figures,
  {
    canAttach,
    mayClear,
    note = "",
    texts,
  }: { readonly canAttach: boolean; readonly mayClear: boolean; readonly note?: string; readonly texts: Texts },
): StatsMessage {
  const perDay = canAttach ? figures.usage?.perDay : undefined;
  const embed: APIEmbed = {
    title: texts.stats.title,
    fields: [
      ...figureRows(figures).map(({ name, value }) => ({ name, value: escapeMarkdown(value), inline: true })),
      ...topArticles(figures, texts),
    ],
    ...(perDay !== undefined && { image: { url: `attachment://${CHART}` } }),
  };
  const body = bodyOf(note, { embeds: [embed], components: mayClear ? clearButton(texts) : [] });
  if (perDay === undefined) return { body: { ...body, attachments: [] }, files: [] };
  const description = shortened(describeChart(perDay), MAX_DESCRIPTION);
  return {
    body: { ...body, attachments: [{ id: "0", filename: CHART, description }] },
    files: [{ name: CHART, data: Buffer.from(drawChart(perDay)), contentType: "image/png" }],
  };
}

export function clearButton({ stats }: Texts): Row[] {
  return [row(button(CLEAR, stats.clear, ButtonStyle.Danger))];
}

/** Instead of the button, until one of them is pressed. */
export function confirmation({ stats }: Texts): { readonly content: string; readonly components: Row[] } {
  return {
    content: `**${stats.confirm}**\n${stats.confirmText}`,
    components: [row(button(CLEAR_YES, stats.yes, ButtonStyle.Danger), button(CLEAR_NO, stats.no))],
  };
}

function topArticles({ topArticles: articles }: Figures, { stats }: Texts): APIEmbed["fields"] & object {
  if (articles.length === 0) return [];
  const lines = articles.map(({ title, url, citations }) => {
    const name = escapeMarkdown(neutralise(shortened(title, MAX_NAME))).replaceAll(
      /[[\]]/g,
      (bracket) => `\\${bracket}`,
    );
    const link = isLink(url) && url.length <= MAX_URL ? `[${name}](<${url}>)` : name;
    return `${link}, ${stats.citations(citations)}`;
  });
  return [{ name: stats.topArticles, value: lines.join("\n") }];
}

/** Three of them are below what Discord takes in a field: 1,024 characters. */
const MAX_URL = 180;
