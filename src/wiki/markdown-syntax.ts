import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFootnoteFromMarkdown } from "mdast-util-gfm-footnote";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTaskListItemFromMarkdown } from "mdast-util-gfm-task-list-item";
import { gfmFootnote } from "micromark-extension-gfm-footnote";
import { gfmTable } from "micromark-extension-gfm-table";
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item";
import { parseHtml } from "./html.ts";
import { indentOf, proseOf } from "./inline-text.ts";

export type Block = ReturnType<typeof fromMarkdown>["children"][number];
export type Node = Block | Extract<Block, { readonly children: unknown }>["children"][number];
type Code = Extract<Block, { readonly type: "code" }>;
export type List = Extract<Block, { readonly type: "list" }>;
export type Table = Extract<Block, { readonly type: "table" }>;

/** Markdown as GitHub knows it, as far as it holds text: what it would take for a mark must not be quoted as text. */
export function parseMarkdown(text: string): readonly Block[] {
  return fromMarkdown(text, {
    extensions: [gfmTable(), gfmTaskListItem(), gfmFootnote()],
    mdastExtensions: [gfmTableFromMarkdown(), gfmTaskListItemFromMarkdown(), gfmFootnoteFromMarkdown()],
  }).children;
}

/** Plain text of a node, white space folded. HTML within it counts as in a wiki's page; a picture says nothing that can be quoted. */
export function textOf(node: Node): string {
  const nodes = [...leavesOf(node)];
  if (!nodes.some(isMarkup)) return fold(nodes.map(plainText).join(""));
  return proseOf(parseHtml(nodes.map((leaf) => (leaf.type === "html" ? leaf.value : markup(leaf))).join("")));
}

function* leavesOf(node: Node): Generator<Node> {
  if (!("children" in node)) yield node;
  else for (const child of node.children) yield* leavesOf(child);
}

function isMarkup({ type }: Node): boolean {
  return type === "html" || type === "footnoteReference";
}

/** The mark of a footnote is left out with the space before it, as it is from a wiki's page. */
function markup(leaf: Node): string {
  if (leaf.type === "footnoteReference") return '<sup class="reference"></sup>';
  return plainText(leaf).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function plainText(leaf: Node): string {
  if (leaf.type === "break") return " ";
  return "value" in leaf ? leaf.value : "";
}

/** Lines of code, indented as they are, without the blank ones. */
export function codeLines({ value }: Code): string[] {
  const lines = value.split("\n").map((line) => `${indentOf(line)}${fold(line)}`);
  return lines.filter((line) => line.trim() !== "");
}

function fold(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
