import type { Passage, Section } from "../core/article.ts";
import { readPiece } from "./article-sections.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { parseHtml } from "./html.ts";
import { codeLines, parseMarkdown, textOf, type Block, type List, type Node, type Table } from "./markdown-syntax.ts";
import { cutText, itemWithBelow, joinItemsWithParts, joinLines, nameCells } from "./passage-text.ts";

/** A Markdown file as read; addresses and revision are the folder's to give. */
export interface MarkdownArticle {
  readonly title: string;
  readonly aliases: readonly string[];
  readonly isDisambiguation: boolean;
  readonly sections: readonly Section[];
  /** Targets of links as written, in order: the first of each list item, or all when there is no list with links. */
  readonly links: readonly string[];
  /** ISO 8601; absent when the file does not say: when it was written to disk says nothing of its text. */
  readonly revisedAt?: string;
  /** Why its front matter was not read. */
  readonly problem?: string;
}

/** @param fallbackTitle for a file without a title of its own: its name */
export function readMarkdown(content: string, fallbackTitle: string): MarkdownArticle {
  const { matter, text, problem } = splitFrontMatter(content);
  const blocks = parseMarkdown(text);
  const parts = blocks.flatMap(partsOf);
  const heading = parts.find(isHeading);
  const ownTitle = heading?.level === 1 ? heading.title : undefined;
  const title = matter.title ?? ownTitle ?? fallbackTitle;
  return {
    title,
    aliases: matter.aliases,
    isDisambiguation: matter.isDisambiguation,
    sections: readSections(ownTitle === title ? parts.filter((part) => part !== heading) : parts),
    links: matter.isDisambiguation ? readLinks(blocks) : [],
    ...(matter.revisedAt !== undefined && { revisedAt: matter.revisedAt }),
    ...(problem !== undefined && { problem }),
  };
}

interface Heading {
  readonly title: string;
  readonly level: number;
}

type Part = Heading | Passage;

function isHeading(part: Part): part is Heading {
  return "level" in part;
}

/** What a block holds, in order. */
function partsOf(block: Block): Part[] {
  if (block.type === "heading") return [{ title: textOf(block), level: block.depth }];
  return block.type === "html" ? htmlParts(block.value) : passagesOf(block);
}

/** The first heading of a README is often a piece of HTML. */
function htmlParts(html: string): Part[] {
  return readPiece(parseHtml(html)).flatMap(({ title, level, passages }): Part[] =>
    title === "" ? [...passages] : [{ title, level }, ...passages],
  );
}

interface DraftSection extends Omit<Section, "passages"> {
  readonly passages: Passage[];
}

function readSections(parts: readonly Part[]): Section[] {
  const sections: DraftSection[] = [{ title: "", anchor: "", level: 1, passages: [] }];
  const anchors = new Map<string, number>();
  for (const part of parts) {
    if (isHeading(part)) {
      const { title, level } = part;
      sections.push({ title, anchor: anchorOf(title, anchors), level: Math.max(2, level), passages: [] });
    } else {
      for (const passage of cut(part)) sections.at(-1)?.passages.push(passage);
    }
  }
  return sections.filter(({ passages }, index) => index === 0 || passages.length > 0);
}

function passagesOf(block: Block): Passage[] {
  if (block.type === "paragraph" || block.type === "heading") return paragraph(textOf(block));
  if (block.type === "code") return joinLines(codeLines(block));
  if (block.type === "list") return joinItemsWithParts(itemsOf(block));
  if (block.type === "table") return rowsOf(block);
  if (block.type === "html") return readPiece(parseHtml(block.value)).flatMap(({ passages }) => passages);
  const isContainer = block.type === "blockquote" || block.type === "footnoteDefinition";
  return isContainer ? block.children.flatMap(passagesOf) : [];
}

function paragraph(text: string): Passage[] {
  return text === "" ? [] : [{ kind: "paragraph", text }];
}

/** A piece of a list or row no longer tells its parts. */
function cut(passage: Passage): Passage[] {
  const pieces = cutText(passage.text);
  return pieces.length === 1 ? [passage] : pieces.map((text) => ({ kind: passage.kind, text }));
}

function itemsOf(list: List): string[] {
  return list.children
    .map(({ children }) => {
      const below = children.flatMap((child) => (child.type === "list" ? itemsOf(child) : []));
      return itemWithBelow(ownText(children.filter(({ type }) => type !== "list")), below);
    })
    .filter((text) => text !== "");
}

/** Of an item: its code stands on lines of its own. */
function ownText(blocks: readonly Block[]): string {
  const lines = [""];
  for (const block of blocks) {
    if (block.type === "code") lines.push(...codeLines(block), "");
    else lines[lines.length - 1] = `${lines.at(-1)} ${textOf(block)}`.trim();
  }
  return lines.filter((line) => line !== "").join("\n");
}

function rowsOf({ children: [head, ...rows] }: Table): Passage[] {
  const names = head?.children.map(textOf) ?? [];
  return rows
    .map(({ children }) => children.map((cell, column) => ({ name: names[column] ?? "", text: textOf(cell) })))
    .map((parts): Passage => ({ kind: "table", text: nameCells(parts), parts }))
    .filter(({ text }) => text !== "");
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
