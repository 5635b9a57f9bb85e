import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import type { Passage, Section } from "../core/article.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { cutText, itemWithBelow, joinItemsWithParts, joinLines, nameCells } from "./passage-text.ts";

/** A Markdown file as read; addresses and revision are the folder's to give. */
export interface MarkdownArticle {
  readonly title: string;
  readonly aliases: readonly string[];
  readonly isDisambiguation: boolean;
  readonly sections: readonly Section[];
  /** Targets of links as written, in order: the first of each list item, or all when there is no list with links. */
  readonly links: readonly string[];
}

type Block = ReturnType<typeof fromMarkdown>["children"][number];
type Node = Block | Extract<Block, { readonly children: unknown }>["children"][number];
type List = Extract<Block, { readonly type: "list" }>;
type Table = Extract<Block, { readonly type: "table" }>;

/** @param fallbackTitle for a file without a title of its own: its name */
export function readMarkdown(content: string, fallbackTitle: string): MarkdownArticle {
  const { matter, text } = splitFrontMatter(content);
  const { children } = fromMarkdown(text, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  const [first, ...rest] = children;
  const heading = first?.type === "heading" && first.depth === 1 ? textOf(first) : undefined;
  const title = matter.title ?? heading ?? fallbackTitle;
  const blocks = heading === title ? rest : children;
  return {
    title,
    aliases: matter.aliases,
    isDisambiguation: matter.isDisambiguation,
    sections: readSections(blocks),
    links: matter.isDisambiguation ? readLinks(blocks) : [],
  };
}

interface DraftSection extends Omit<Section, "passages"> {
  readonly passages: Passage[];
}

function readSections(blocks: readonly Block[]): Section[] {
  const sections: DraftSection[] = [{ title: "", anchor: "", level: 1, passages: [] }];
  const anchors = new Map<string, number>();
  for (const block of blocks) {
    if (block.type === "heading") {
      const title = textOf(block);
      sections.push({ title, anchor: anchorOf(title, anchors), level: Math.max(2, block.depth), passages: [] });
    } else {
      for (const passage of passagesOf(block).flatMap(cut)) sections.at(-1)?.passages.push(passage);
    }
  }
  return sections.filter(({ passages }, index) => index === 0 || passages.length > 0);
}

function passagesOf(block: Block): Passage[] {
  if (block.type === "paragraph") return [{ kind: "paragraph", text: textOf(block) }];
  if (block.type === "code") return joinLines(block.value.split("\n").map(fold));
  if (block.type === "list") return joinItemsWithParts(itemsOf(block));
  if (block.type === "table") return rowsOf(block);
  return block.type === "blockquote" ? block.children.flatMap(passagesOf) : [];
}

/** A piece of a list or row no longer tells its parts. */
function cut(passage: Passage): Passage[] {
  const pieces = cutText(passage.text);
  if (pieces.length === 1) return passage.text === "" ? [] : [passage];
  return pieces.map((text) => ({ kind: passage.kind, text }));
}

function itemsOf(list: List): string[] {
  return list.children
    .map(({ children }) => {
      const below = children.flatMap((child) => (child.type === "list" ? itemsOf(child) : []));
      const own = children.filter(({ type }) => type !== "list").map(textOf);
      return itemWithBelow(own.join(" ").trim(), below);
    })
    .filter((text) => text !== "");
}

function rowsOf({ children: [head, ...rows] }: Table): Passage[] {
  const names = head?.children.map(textOf) ?? [];
  return rows.map(({ children }) => {
    const parts = children.map((cell, column) => ({ name: names[column] ?? "", text: textOf(cell) }));
    return { kind: "table", text: nameCells(parts), parts };
  });
}

/** GitHub's anchors: lower case, punctuation dropped, spaces to hyphens, a number after a repeated one. */
function anchorOf(title: string, taken: Map<string, number>): string {
  const anchor = title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
  const times = taken.get(anchor) ?? 0;
  taken.set(anchor, times + 1);
  return times === 0 ? anchor : `${anchor}-${times}`;
}

function readLinks(blocks: readonly Block[]): string[] {
  const items = blocks.filter((block) => block.type === "list").flatMap(({ children }) => children);
  const firsts = items.map((item) => linksIn(item).next().value).filter((url) => url !== undefined);
  return firsts.length > 0 ? firsts : blocks.flatMap((block) => [...linksIn(block)]);
}

function* linksIn(node: Node): Generator<string, undefined> {
  if (node.type === "link") yield node.url;
  if ("children" in node) for (const child of node.children) yield* linksIn(child);
}

function textOf(node: Node): string {
  return fold(rawText(node));
}

/** Raw HTML is markup, not text; a picture says nothing that can be quoted. */
function rawText(node: Node): string {
  if (node.type === "html") return "";
  if (node.type === "break") return " ";
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(rawText).join("") : "";
}

function fold(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
