import { element, isWebAddress, outsideLink } from "./element.js";

/** @typedef {import("./api.js").Source} Source */

const BLOCKS = [
  { kind: "heading", pattern: /^#{1,6}\s+/ },
  { kind: "ul", pattern: /^\s*[-*•]\s+/ },
  { kind: "ol", pattern: /^\s*\d{1,3}[.)]\s+/ },
  { kind: "quote", pattern: /^>\s?/ },
];

/**
 * Writes Markdown with footnote marks into an element, piece by piece as it arrives. Knows paragraphs, headings, lists, quotations,
 * emphasis, code and links; everything else stays as it is written. What was written is never touched again, so that neither
 * focus nor selection is lost while more arrives.
 */
export class AnswerText {
  #container;
  #markFor;
  /** @type {HTMLElement | undefined} where the next words of the current line go */
  #line;
  #lineKind = "";

  /** @param {HTMLElement} container @param {(n: number) => HTMLElement | undefined} markFor the footnote mark, if there is such a source */
  constructor(container, markFor) {
    this.#container = container;
    this.#markFor = markFor;
  }

  /** @param {string} text */
  append(text) {
    for (const [index, line] of text.split(/\r?\n/).entries()) {
      if (index === 0 && this.#line !== undefined) this.#writeInline(line);
      else this.#beginLine(line);
    }
  }

  clear() {
    this.#container.replaceChildren();
    this.#line = undefined;
    this.#lineKind = "";
  }

  /** @param {string} line */
  #beginLine(line) {
    if (line.trim() === "") {
      this.#line = undefined;
      this.#lineKind = "";
      return;
    }
    const block = BLOCKS.find(({ pattern }) => pattern.test(line));
    const kind = block?.kind ?? "paragraph";
    const words = block === undefined ? line : line.replace(block.pattern, "");
    if (kind === "paragraph" && this.#line !== undefined && this.#lineKind === "paragraph") {
      this.#line.append(" ");
    } else {
      this.#line = this.#newBlock(kind);
      this.#lineKind = kind;
    }
    this.#writeInline(words);
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
  #writeInline(text) {
    this.#line?.append(...inline(text, this.#markFor));
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
