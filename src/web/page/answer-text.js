import { AnswerTable, hasCells, isRuleBelow } from "./answer-table.js";
import { element, isWebAddress, outsideLink } from "./element.js";

const BLOCKS = [
  { kind: "heading", pattern: /^#{1,6}\s+/ },
  { kind: "ul", pattern: /^\s*[-*•]\s+/ },
  { kind: "ol", pattern: /^\s*\d{1,3}[.)]\s+/ },
  { kind: "quote", pattern: /^>\s?/ },
];

/**
 * Writes Markdown with footnote marks into an element, piece by piece as it arrives. Knows paragraphs, headings, lists, quotations,
 * tables, emphasis, code and links; everything else stays as it is written. What was written is never touched again, so that neither
 * focus nor selection is lost while more arrives; but for a table's head, which only the line below it tells from a paragraph.
 */
export class AnswerText {
  #container;
  #inline;
  /** @type {HTMLElement | undefined} where the next words of the current line go */
  #line;
  #lineKind = "";
  /** What was written of the current block. */
  #written = "";
  /** @type {AnswerTable | undefined} where they go in its place */
  #table;

  /** @param {HTMLElement} container @param {(n: number) => HTMLElement | undefined} markFor the footnote mark, if there is such a source */
  constructor(container, markFor) {
    this.#container = container;
    this.#inline = (/** @type {string} */ text) => inline(text, markFor);
  }

  /** @param {string} text */
  append(text) {
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      if (index > 0 || this.#lineKind === "") this.#beginLine(line);
      else this.#write(line);
    }
  }

  clear() {
    this.#container.replaceChildren();
    this.#endBlock();
  }

  #endBlock() {
    this.#line = undefined;
    this.#lineKind = "";
    this.#table = undefined;
  }

  /** @param {string} line */
  #beginLine(line) {
    if (line.trim() === "") return this.#endBlock();
    if (this.#lineKind === "paragraph" && isRuleBelow(line, this.#written)) return this.#beginTable(line);
    const block = BLOCKS.find(({ pattern }) => pattern.test(line));
    if (block === undefined && this.#table !== undefined && hasCells(line)) {
      this.#table.beginRow();
      return this.#write(line);
    }
    const kind = block?.kind ?? "paragraph";
    const words = block === undefined ? line : line.replace(block.pattern, "");
    if (kind === "paragraph" && this.#lineKind === "paragraph" && !line.startsWith("|")) {
      this.#write(`\n${words}`);
    } else {
      this.#endBlock();
      this.#line = this.#newBlock(kind);
      this.#lineKind = kind;
      this.#written = "";
      this.#write(words);
    }
  }

  /** @param {string} rule */
  #beginTable(rule) {
    this.#table = new AnswerTable(this.#written, rule, this.#inline);
    this.#line?.replaceWith(this.#table.root);
    this.#line = undefined;
    this.#lineKind = "table";
  }

  /** @param {string} kind */
  #newBlock(kind) {
    if (kind === "ul" || kind === "ol") {
      const last = this.#container.lastElementChild;
      const list = last?.localName === kind ? last : this.#container.appendChild(element(kind));
      return list.appendChild(element("li", { dir: "auto" }));
    }
    const tag = kind === "heading" ? "h3" : kind === "quote" ? "blockquote" : "p";
    return this.#container.appendChild(element(tag, { dir: "auto" }));
  }

  /** @param {string} text */
  #write(text) {
    this.#written += text;
    if (this.#table !== undefined) this.#table.write(text);
    else this.#line?.append(...this.#inline(text));
  }
}

const INLINE = new RegExp(
  [
    /\\(?<escaped>[!-/:-@[-`{-~])/,
    /`(?<code>[^`]+)`/,
    /\[(?<note>\d{1,3})\](?!\()/,
    /\[(?<label>[^[\]]{1,300})\]\((?<url>[^\s()]{1,2000})\)/,
    /(?<!\w)\*\*(?<strong>\S(?:.*?\S)?)\*\*/,
    /(?<![\w*])\*(?<em>[^\s*](?:[^*]*[^\s*])?)\*(?![\w*])/,
    /(?<verdict>\(not in the sources\))/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/**
 * @param {string} text
 * @param {(n: number) => HTMLElement | undefined} markFor
 * @returns {(Node | string)[]}
 */
function inline(text, markFor) {
  /** @type {(Node | string)[]} */
  const nodes = [];
  let written = 0;
  for (const match of text.matchAll(INLINE)) {
    const node = inlineNode(match.groups ?? {}, markFor);
    if (node === undefined) continue;
    const before = text.slice(written, match.index);
    // A footnote stands close to what it closes.
    nodes.push(match.groups?.["note"] === undefined ? before : before.trimEnd(), node);
    written = match.index + match[0].length;
  }
  return [...nodes, text.slice(written)].filter((node) => node !== "");
}

/**
 * @param {Record<string, string | undefined>} groups
 * @param {(n: number) => HTMLElement | undefined} markFor
 * @returns {Node | string | undefined} `undefined`: it stays as it is written
 */
function inlineNode({ escaped, code, note, label, url, strong, em, verdict }, markFor) {
  if (escaped !== undefined) return escaped;
  if (code !== undefined) return element("code", {}, code);
  if (note !== undefined) return markFor(Number(note));
  if (label !== undefined && url !== undefined) return isWebAddress(url) ? outsideLink(url, label) : undefined;
  if (strong !== undefined) return element("strong", {}, ...inline(strong, markFor));
  if (em !== undefined) return element("em", {}, ...inline(em, markFor));
  if (verdict !== undefined) return element("span", { class: "unsupported" }, "not in the sources");
  return undefined;
}
