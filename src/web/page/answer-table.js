import { element } from "./element.js";

/** A pipe that parts two cells: one behind a backslash stands for itself, even in code. */
const PIPE = /(?<!\\)\|/;

/** Whether a line may be a row of a table. @param {string} line */
export function hasCells(line) {
  return PIPE.test(line);
}

/** Whether a line is the rule below a table's head, a single line with as many cells. @param {string} line @param {string} head */
export function isRuleBelow(line, head) {
  if (!hasCells(line) || !hasCells(head) || head.includes("\n")) return false;
  const rule = cellsOf(line);
  return rule.every((cell) => /^:?-+:?$/.test(cell)) && rule.length === cellsOf(head).length;
}

/** A table that is written row by row, and its rows piece by piece. */
export class AnswerTable {
  #inline;
  /** @type {(string | undefined)[]} classes of the columns' cells */
  #columns;
  #body = element("tbody");
  /** @type {HTMLElement} */
  #row;
  /** @type {Element | undefined} where the next words go */
  #cell;
  #hasPipe = false;

  /** @param {string} head @param {string} rule @param {(text: string) => (Node | string)[]} inline what a cell's Markdown is shown as */
  constructor(head, rule, inline) {
    this.#inline = inline;
    this.#columns = cellsOf(rule).map(alignmentOf);
    this.#row = element("tr");
    this.root = element("div", { class: "table" }, element("table", {}, element("thead", {}, this.#row), this.#body));
    this.write(head);
  }

  beginRow() {
    this.#row = this.#body.appendChild(element("tr"));
    this.#cell = undefined;
    this.#hasPipe = false;
  }

  /** @param {string} text */
  write(text) {
    for (const [index, piece] of text.split(PIPE).entries()) {
      if (index > 0) this.#endCell();
      if (piece.trim() !== "") this.#openCell().append(...this.#inline(piece.replaceAll("\\|", "|")));
    }
  }

  #endCell() {
    // The first pipe of a row only opens it.
    if (this.#cell === undefined && this.#hasPipe) this.#openCell();
    this.#cell = undefined;
    this.#hasPipe = true;
  }

  #openCell() {
    if (this.#cell !== undefined) return this.#cell;
    const { lastElementChild: last, childElementCount: count } = this.#row;
    // What comes after the last column, a footnote perhaps, is of the last cell.
    this.#cell = last !== null && count >= this.#columns.length ? last : this.#row.appendChild(this.#newCell(count));
    return this.#cell;
  }

  /** @param {number} column */
  #newCell(column) {
    const attributes = { dir: "auto", class: this.#columns[column] };
    return this.#row.parentElement === this.#body
      ? element("td", attributes)
      : element("th", { ...attributes, scope: "col" });
  }
}

/** @param {string} line */
function cellsOf(line) {
  const cells = line.split(PIPE).map((cell) => cell.trim());
  if (cells[0] === "") cells.shift();
  if (cells.at(-1) === "") cells.pop();
  return cells;
}

/** @param {string} rule */
function alignmentOf(rule) {
  if (!rule.endsWith(":")) return undefined;
  return rule.startsWith(":") ? "centred" : "at-end";
}
