import { html } from "hono/html";
import type { Passage, PassagePart } from "../../core/article.ts";
import { stretchesOf } from "../highlighted.ts";

/** HTML whose text is escaped. */
export type Fragment = ReturnType<typeof html>;

/** Marks what is quoted. */
export interface Marker {
  /** The text with the quotations in it. */
  inText(text: string): (Fragment | string)[];
  /** The whole text. */
  whole(text: string): Fragment | string;
  isQuoted(text: string): boolean;
  /** Whether the text is a part of what is quoted. */
  isWithinQuote(text: string): boolean;
}

export function createMarker(quotes: readonly string[]): Marker {
  const sought = quotes.filter((quote) => quote.trim() !== "");
  let isFirst = true;

  function whole(text: string): Fragment | string {
    if (text === "") return text;
    const marked = isFirst ? html`<mark id="cited">${text}</mark>` : html`<mark>${text}</mark>`;
    isFirst = false;
    return marked;
  }

  return {
    whole,
    inText: (text) =>
      stretchesOf(text, sought).map((stretch) => (stretch.isQuoted ? whole(stretch.text) : stretch.text)),
    isQuoted: (text) => sought.some((quote) => text.includes(quote)),
    isWithinQuote: (text) => sought.some((quote) => quote.includes(text)),
  };
}

/** Passages as paragraphs, lists, code and tables; the rows of a table are passages of their own. */
export function passageBlocks(passages: readonly Passage[], marker: Marker): Fragment[] {
  const blocks: Fragment[] = [];
  for (let at = 0; at < passages.length;) {
    const rows = tableAt(passages, at);
    const passage = passages[at]!;
    blocks.push(rows.length > 0 ? tableOf(rows, marker) : blockOf(passage, marker));
    at += Math.max(1, rows.length);
  }
  return blocks;
}

interface Row extends Passage {
  readonly parts: readonly PassagePart[];
}

/** The rows from there on that have the same columns. */
function tableAt(passages: readonly Passage[], start: number): Row[] {
  const rows: Row[] = [];
  for (const { parts, ...row } of passages.slice(start)) {
    if (row.kind !== "table" || parts === undefined || columnsOf(parts) !== columnsOf(rows[0]?.parts ?? parts)) break;
    rows.push({ ...row, parts });
  }
  return rows;
}

function columnsOf(parts: readonly PassagePart[]): string {
  return JSON.stringify(parts.map(({ name }) => name));
}

function tableOf(rows: readonly Row[], marker: Marker): Fragment {
  const names = rows[0]?.parts.map(({ name }) => name) ?? [];
  const head = html`<thead>
    <tr>
      ${names.map((name) => html`<th scope="col">${name}</th>`)}
    </tr>
  </thead>`;
  return html`<div class="table">
    <table>
      ${names.some((name) => name !== "") && head}
      <tbody>
        ${rows.map((row) => rowOf(row, marker))}
      </tbody>
    </table>
  </div>`;
}

/** A quotation of a row runs through its cells, with their columns' names: the row is what it points at. */
function rowOf({ text, parts }: Row, marker: Marker): Fragment {
  const isQuoted = marker.isQuoted(text);
  return html`<tr>
    ${parts.map((cell) => html`<td>${isQuoted ? marker.whole(cell.text) : cell.text}</td>`)}
  </tr>`;
}

function blockOf({ kind, text, parts }: Passage, marker: Marker): Fragment {
  if (kind === "code") return html`<pre>${marker.inText(text)}</pre>`;
  if (parts === undefined) return html`<p>${marker.inText(text)}</p>`;
  const isQuoted = marker.isQuoted(text);
  return html`<ul>
    ${parts.map((item) => html`<li>${itemOf(item.text, isQuoted, marker)}</li>`)}
  </ul>`;
}

/** A quotation may hold several items. */
function itemOf(text: string, isListQuoted: boolean, marker: Marker): (Fragment | string)[] {
  return isListQuoted && marker.isWithinQuote(text) ? [marker.whole(text)] : marker.inText(text);
}
