import type { Passage, Section } from "../core/article.ts";
import {
  descendants,
  hasClass,
  isClutter,
  isElement,
  isInfobox,
  isPicture,
  type HtmlElement,
  type HtmlNode,
} from "./html.ts";
import { cellTextOf, isMath, linesOf, proseOf } from "./inline-text.ts";
import { isLinkList, listPassages } from "./list-items.ts";
import { cutText, joinLines } from "./passage-text.ts";
import { isLayoutTable, layoutCells, tablePassages } from "./table-rows.ts";

/**
 * Part of the key of every cached article. To be raised whenever core's `Article` changes, or what is read from the same page does:
 * an article that an earlier Footnote has cached is then read anew.
 */
export const ARTICLE_FORMAT = 3;

/** A passage, and whether it is nothing but links. */
interface Draft extends Passage {
  readonly isLinks?: boolean;
}

interface DraftSection extends Omit<Section, "passages"> {
  readonly passages: Draft[];
}

const BLOCKS = new Set(
  "address article aside blockquote center details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main ol p pre section table ul".split(
    " ",
  ),
);

/** Reads the HTML of a page into sections with the text that counts. Sections without any are left out. */
export function readSections(nodes: readonly HtmlNode[]): Section[] {
  return withoutLinkSections(draftSections(nodes))
    .filter((section, index) => index === 0 || section.passages.length > 0)
    .map(({ passages, ...section }, index) => ({
      ...section,
      level: index === 0 ? 1 : Math.max(2, section.level),
      passages: infoboxLast(passages),
    }));
}

/** The same for a piece of HTML in another text: its headings count by themselves, and its links may be all that it has to say. */
export function readPiece(nodes: readonly HtmlNode[]): Section[] {
  return draftSections(nodes).map(({ passages, ...section }) => ({ ...section, passages: infoboxLast(passages) }));
}

function draftSections(nodes: readonly HtmlNode[]): DraftSection[] {
  const sections: DraftSection[] = [{ title: "", anchor: "", level: 1, passages: [] }];
  readFlow(nodes, sections);
  return sections;
}

/** Blocks go one by one; what stands between them, as text in a bare div does, is a paragraph. */
function readFlow(nodes: readonly HtmlNode[], sections: DraftSection[]): void {
  let inline: HtmlNode[] = [];
  const endParagraph = (): void => {
    if (inline.length > 0) add(sections, [{ kind: "paragraph", text: proseOf(inline) }]);
    inline = [];
  };
  for (const node of nodes) {
    if (!isElement(node) || isMath(node) || !BLOCKS.has(node.name)) {
      inline.push(node);
    } else {
      endParagraph();
      readBlock(node, sections);
    }
  }
  endParagraph();
}

function readBlock(element: HtmlElement, sections: DraftSection[]): void {
  if (isClutter(element) || isPicture(element)) return;
  if (/^h[1-6]$/.test(element.name)) return startSection(element, sections);
  if (isInfobox(element)) return add(sections, infoboxPassages(element));
  switch (element.name) {
    case "pre":
      return add(sections, joinLines(linesOf(element.childNodes)));
    case "p":
      return add(sections, [{ kind: "paragraph", text: proseOf(element.childNodes) }]);
    case "dl":
      if (isIndentation(element)) return readFlow(element.childNodes.flatMap(contentsOf), sections);
      return addList(element, sections);
    case "ul":
    case "ol":
      return addList(element, sections);
    case "table":
      if (isLayoutTable(element)) return readFlow(layoutCells(element).flatMap(contentsOf), sections);
      return add(sections, tablePassages(element, "table"));
    default:
      return readFlow(element.childNodes, sections);
  }
}

/** `<h2><span class="mw-headline" id="…">` up to MediaWiki 1.43, `<h2 id="…">` since. */
function startSection(heading: HtmlElement, sections: DraftSection[]): void {
  const headline = [...descendants([heading])].find((element) => hasClass(element, "mw-headline")) ?? heading;
  const title = proseOf(headline.childNodes);
  if (title === "") return;
  const level = Number(heading.name.slice(1));
  sections.push({ title, anchor: headline.attribs["id"] ?? "", level, passages: [] });
}

function addList(list: HtmlElement, sections: DraftSection[]): void {
  const isLinks = isLinkList(list);
  add(
    sections,
    listPassages(list).map((passage) => ({ ...passage, isLinks })),
  );
}

function add(sections: readonly DraftSection[], passages: readonly Draft[]): void {
  const worded = passages.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  const cut = worded.flatMap((passage) => cutText(passage.text).map((text) => ({ ...passage, text })));
  // One by one: the passages of a pasted log are more than a call may have arguments.
  for (const passage of cut) sections.at(-1)?.passages.push(passage);
}

/** Colons at the start of a line of wikitext indent it by a definition list without a term. */
function isIndentation(list: HtmlElement): boolean {
  return list.childNodes.filter(isElement).every(({ name }) => name === "dd");
}

function contentsOf(node: HtmlNode): readonly HtmlNode[] {
  return isElement(node) ? node.childNodes : [];
}

function infoboxPassages(box: HtmlElement): Passage[] {
  if (hasClass(box, "portable-infobox")) return portableInfoboxPassages(box);
  const tables = [...descendants(box.childNodes, (element) => !isClutter(element))].filter(
    ({ name }) => name === "table",
  );
  const own = box.name === "table" ? [box, ...tables.filter(isInfobox)] : tables;
  return own.flatMap((table) => tablePassages(table, "infobox"));
}

/** Extension:PortableInfobox, used by Fandom and others: no table. */
function portableInfoboxPassages(box: HtmlElement): Passage[] {
  return [...descendants(box.childNodes)]
    .filter((element) => hasClass(element, "pi-data"))
    .map((row) => ({
      kind: "infobox",
      text: row.childNodes
        .map((cell) => cellTextOf([cell]))
        .filter((text) => text !== "")
        .join(": "),
    }));
}

/** The figures of an infobox stand in the page before the first sentence, but are not what a reader begins with. */
function infoboxLast(passages: readonly Draft[]): Passage[] {
  const ordered = [
    ...passages.filter(({ kind }) => kind !== "infobox"),
    ...passages.filter(({ kind }) => kind === "infobox"),
  ];
  return ordered.map(({ kind, text }) => ({ kind, text }));
}

/**
 * Drops the sections at the end of a page that only point elsewhere. They are known by what they hold, since their names differ
 * between wikis. An article that is one list of links altogether keeps it.
 */
function withoutLinkSections(sections: readonly DraftSection[]): readonly DraftSection[] {
  const lastWithText = sections.findLastIndex(({ passages }) => passages.some(({ isLinks }) => isLinks !== true));
  return lastWithText <= 0 && sections.length > 2 ? sections : sections.slice(0, Math.max(1, lastWithText + 1));
}
