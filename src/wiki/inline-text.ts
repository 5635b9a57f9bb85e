import {
  descendants,
  hasClass,
  isClutter,
  isElement,
  isInfobox,
  isPicture,
  isText,
  type HtmlElement,
  type HtmlNode,
} from "./html.ts";

/** Stands for a line break or the end of a block until it is known what parts them in the text. */
const BREAK = "\uE001";
/** Stands for the end of a line of code, which is one in the text too. */
const LINE = "\uE002";
/** Stands for an element that was left out. */
const GAP = "\uE000";
// Each begins with at most one space and knows each next character by itself: a pattern that may begin anywhere in a long run takes
// the square of the run's length.
const EMPTY_PARENTHESES = / ?\([ ;,]*\uE000[ ;,\uE000]*\)/gu;
const GAP_AFTER_PARENTHESIS = /\( ?\uE000[ ;,\uE000]*/gu;
const GAP_BEFORE_PUNCTUATION = / ?\uE000(?=[),;.:])/gu;
const BREAKING = new Set([
  "br",
  "li",
  "p",
  "div",
  "tr",
  "td",
  "th",
  "dt",
  "dd",
  "blockquote",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "hr",
]);

/** Text of a paragraph: line breaks are spaces, but of code within it. */
export function proseOf(nodes: readonly HtmlNode[]): string {
  return foldBetweenLines(rawText(nodes).replaceAll(BREAK, " "));
}

function foldBetweenLines(text: string): string {
  const lines = text.split(LINE).map(fold);
  return lines.filter((line) => line !== "").join("\n");
}

/** Lines of a text whose lines count, as in `pre`, indented as they are. */
export function linesOf(nodes: readonly HtmlNode[]): string[] {
  const lines = rawText(nodes).split(LINES);
  return lines.map((line) => `${indentOf(line)}${fold(line)}`);
}

const LINES = new RegExp(`[\n${BREAK}${LINE}]`, "u");

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

/** Text of a table's cell: lines and list items are parted by commas, but a remark in parentheses goes on with a space. */
export function cellTextOf(nodes: readonly HtmlNode[]): string {
  const lines = rawText(nodes)
    .split(BREAK)
    .map(foldBetweenLines)
    .filter((line) => line !== "");
  return lines.map((line, i) => (i === 0 ? line : `${separator(lines[i - 1]!, line)}${line}`)).join("");
}

function separator(before: string, line: string): string {
  return /^[([]/.test(line) || /[,;:]/.test(before.at(-1)!) ? " " : ", ";
}

function rawText(nodes: readonly HtmlNode[]): string {
  return nodes.map((node) => (isElement(node) ? elementText(node) : isText(node) ? node.data : "")).join("");
}

function elementText(element: HtmlElement): string {
  if (isMath(element)) return texOf(element);
  if (isClutter(element) || isPicture(element) || isInfobox(element)) return GAP;
  const text = rawText(element.childNodes);
  if (element.name === "sup") return raised(text);
  if (element.name === "pre") return `${LINE}${text.replaceAll("\n", LINE)}${LINE}`;
  return BREAKING.has(element.name) ? `${BREAK}${text}${BREAK}` : text;
}

/** 10<sup>6</sup> is not 106. Only digits and signs are raised: "1st" is well as it is. */
function raised(text: string): string {
  return /^[\d+\-−]+$/u.test(text)
    ? Array.from(text, (character) => SUPERSCRIPTS[character] ?? character).join("")
    : text;
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
  "+": "⁺",
  "-": "⁻",
  "−": "⁻",
};

/** A formula of Extension:Math, which holds the same formula several times for different browsers. */
export function isMath(element: HtmlElement): boolean {
  return element.name === "math" || hasClass(element, "mwe-math-element");
}

function texOf(element: HtmlElement): string {
  for (const { attribs } of descendants([element])) {
    const tex = attribs["alttext"] ?? attribs["alt"];
    if (tex !== undefined) return fold(tex).replace(/^\{\\(?:displaystyle|textstyle) ?(.*)\}$/u, "$1");
  }
  return proseOf(element.childNodes);
}

/** Folds white space, drops what is invisible, and closes the gaps that left-out elements leave before punctuation and in parentheses. */
function fold(text: string): string {
  const parted = foldRuns(text.replace(/[\u00AD\u200B-\u200F\u2060\uFEFF]/gu, ""));
  return foldRuns(parted.replace(EMPTY_PARENTHESES, ""))
    .replace(GAP_AFTER_PARENTHESIS, "(")
    .replace(GAP_BEFORE_PUNCTUATION, "")
    .replaceAll(GAP, "")
    .replace(/\s+/gu, " ")
    .trim();
}

/** Of each run of spaces and gaps one space is left, if it has any, and one gap after it, if it has any. */
function foldRuns(text: string): string {
  return text.replace(/[\s\uE000]+/gu, (run) => `${/\s/u.test(run) ? " " : ""}${run.includes(GAP) ? GAP : ""}`);
}
