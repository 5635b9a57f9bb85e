import type { Passage } from "../core/article.ts";
import { classesOf, isClutter, isElement, isInfobox, isPicture, type HtmlElement } from "./html.ts";
import { cellTextOf } from "./inline-text.ts";
import { joinTexts, nameCells, withColon } from "./passage-text.ts";

interface Cell {
  readonly text: string;
  readonly isHeader: boolean;
  /** The cell covers the whole row. */
  readonly isAlone: boolean;
}

type Row = readonly Cell[];

/** Longer captions are sentences about the table rather than its name. */
const LONGEST_CAPTION = 100;
/** Spans beyond these are mistakes (HTML allows 1,000 and 65,534) that would blow up the grid. */
const MAX_SPAN = 50;

/**
 * Each row as one passage that can be read alone: `Crater: Caloris; Diameter (km): 1,550`, or `Population: 1,234` where the row names
 * itself. The caption, or the heading above a group of rows, goes before it.
 */
export function tablePassages(table: HtmlElement, kind: "table" | "infobox"): Passage[] {
  const passages: Passage[] = [];
  let group = captionOf(table);
  let headings: Row[] = [];
  let isInBody = false;
  for (const row of gridOf(table).filter(({ length }) => length > 0)) {
    if (isGroupHeading(row)) {
      group = row[0]?.text ?? "";
    } else if (kind === "table" && row.every(({ isHeader }) => isHeader)) {
      headings = isInBody ? [row] : [...headings, row];
      isInBody = false;
    } else {
      isInBody = true;
      const text = row[0]?.isAlone ? row[0].text : rowText(row, columnNames(headings));
      if (text !== "")
        passages.push({ kind, text: kind === "infobox" ? underGroup(group, text) : prefixed(group, text) });
    }
  }
  return passages;
}

/** A heading across the whole table belongs to the rows below it. */
function isGroupHeading([only]: Row): boolean {
  return only !== undefined && only.isAlone && only.isHeader;
}

/** Infoboxes mark the rows that belong to the heading above with a bullet: "Population" · "• Density: 5,000". */
function underGroup(group: string, text: string): string {
  const bullet = /^[•·–-]\s*/u;
  return bullet.test(text) ? prefixed(group, text.replace(bullet, "")) : text;
}

function prefixed(group: string, text: string): string {
  return group === "" || group.length > LONGEST_CAPTION ? text : `${group} – ${text}`;
}

function rowText(row: Row, columns: readonly string[]): string {
  const names = new Map<Cell, string>();
  for (const [column, cell] of row.entries()) if (!names.has(cell)) names.set(cell, columns[column] ?? "");
  const filled = Array.from(names, ([cell, name]) => ({ ...cell, name })).filter(({ text }) => text !== "");
  if (columns.length > 0) return nameCells(filled);
  const [first, ...rest] = filled;
  if (first === undefined) return "";
  const namesItself = rest.length > 0 && (first.isHeader || row.length === 2);
  const values = rest.map(({ text }) => text);
  return namesItself
    ? joinTexts([withColon(first.text), joinTexts(values, "; ")], " ")
    : joinTexts([first.text, ...values], "; ");
}

/** One name per column; headings in two rows are put together, "Diameter km". */
function columnNames(headings: readonly Row[]): readonly string[] {
  const width = Math.max(0, ...headings.map((row) => row.length));
  return Array.from({ length: width }, (_, column) =>
    [...new Set(headings.map((row) => row[column]?.text ?? ""))].filter((text) => text !== "").join(" "),
  );
}

function captionOf(table: HtmlElement): string {
  const caption = table.childNodes.find((node) => isElement(node) && node.name === "caption");
  return caption !== undefined && isElement(caption) ? cellTextOf(caption.childNodes) : "";
}

/** The rows with spans filled in: a cell that spans stands in every place it covers. */
function gridOf(table: HtmlElement): Row[] {
  const above = new Map<number, { readonly cell: Cell; left: number }>();
  return rowElements(table).map((tr) => {
    const cells = tr.childNodes.filter((node) => isElement(node)).filter(isCell);
    const row: Cell[] = [];
    const takeFromAbove = (): void => {
      for (let span = above.get(row.length); span !== undefined && span.left > 0; span = above.get(row.length)) {
        span.left -= 1;
        row.push(span.cell);
      }
    };
    for (const element of cells) {
      takeFromAbove();
      const cell = readCell(element, cells.length === 1 && row.length === 0);
      const rows = spanOf(element, "rowspan");
      for (let covered = spanOf(element, "colspan"); covered > 0; covered -= 1) {
        if (rows > 1) above.set(row.length, { cell, left: rows - 1 });
        row.push(cell);
      }
    }
    takeFromAbove();
    return row;
  });
}

function rowElements(table: HtmlElement): HtmlElement[] {
  return table.childNodes.filter(isElement).flatMap((element) => {
    if (element.name === "tr") return isClutter(element) ? [] : [element];
    return ["tbody", "thead", "tfoot"].includes(element.name) ? rowElements(element) : [];
  });
}

function isCell(element: HtmlElement): boolean {
  return element.name === "td" || element.name === "th";
}

function readCell(element: HtmlElement, isAlone: boolean): Cell {
  const skip = isClutter(element) || isPicture(element) || classesOf(element).includes("infobox-above");
  return { text: skip ? "" : cellTextOf(element.childNodes), isHeader: element.name === "th", isAlone };
}

function spanOf(element: HtmlElement, attribute: "rowspan" | "colspan"): number {
  const span = Number.parseInt(element.attribs[attribute] ?? "1", 10);
  return Number.isNaN(span) ? 1 : Math.min(Math.max(span, 1), MAX_SPAN);
}

/** A table that only arranges its contents: it has no headings, and its cells hold whole blocks. */
export function isLayoutTable(table: HtmlElement): boolean {
  if (isInfobox(table) || classesOf(table).includes("wikitable")) return false;
  if (table.attribs["role"] === "presentation") return true;
  const cells = rowElements(table).flatMap((row) => row.childNodes.filter(isElement).filter(isCell));
  return cells.every((cell) => cell.name === "td") && cells.some(holdsBlocks);
}

function holdsBlocks(cell: HtmlElement): boolean {
  return cell.childNodes.some((node) => isElement(node) && /^(p|ul|ol|table|h[2-6])$/.test(node.name));
}

/** The contents of a layout table, cell by cell. */
export function layoutCells(table: HtmlElement): HtmlElement[] {
  return rowElements(table).flatMap((row) => row.childNodes.filter(isElement).filter(isCell));
}
