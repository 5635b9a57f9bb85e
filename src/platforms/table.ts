import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTable } from "micromark-extension-gfm-table";
import stringWidth from "string-width";

type Block = ReturnType<typeof fromMarkdown>["children"][number];
type Node = Block | Extract<Block, { readonly children: unknown }>["children"][number];
type Table = Extract<Block, { readonly type: "table" }>;
type Alignment = NonNullable<Table["align"]>[number];

interface Cell {
  readonly markdown: string;
  /** Without markup. */
  readonly text: string;
}

type Row = readonly Cell[];

/** Display cells of a line in a code block that neither Slack's nor Discord's window breaks, unless on a telephone. */
const MAX_WIDTH = 60;
/** Between two columns. */
const GAP = "  ";
/** HTML that changes how a text looks and not what it says. */
const FORMATTING = /^<\/?(?:b|code|em|i|kbd|s|small|span|strong|sub|sup|u)\b[^>]*>$/i;
const LINE_BREAK = /^<br\b[^>]*>$/i;

/**
 * Markdown for where tables are not shown as tables: each becomes a code block with aligned columns, or a list of `header: value`
 * where the columns would not fit side by side. All else stays as it is. What stood escaped in a cell is not escaped in a code
 * block: whatever must not be read as a command is to be made harmless by other means than a backslash or an entity.
 */
export function tablesAsText(markdown: string): string {
  const { children } = fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
  let end = 0;
  let text = "";
  for (const table of children.flatMap(tablesIn)) {
    const span = spanOf([table]);
    const prefix = continued(markdown.slice(markdown.lastIndexOf("\n", span.start - 1) + 1, span.start));
    text += markdown.slice(end, span.start) + linesOf(table, markdown).join(`\n${prefix}`);
    end = span.end;
  }
  return text + markdown.slice(end);
}

function tablesIn(block: Block): Table[] {
  if (block.type === "table") return [block];
  if (block.type === "list") return block.children.flatMap((item) => item.children.flatMap(tablesIn));
  return block.type === "blockquote" ? block.children.flatMap(tablesIn) : [];
}

/** What a further line of the same list item or quotation begins with: `- > ` goes on as `  > `. */
function continued(prefix: string): string {
  return prefix.replaceAll(/[^\s>]/g, " ");
}

function linesOf({ children, align }: Table, markdown: string): string[] {
  const [head = [], ...rows] = children.map((row) => row.children.map((cell) => readCell(cell, markdown)));
  const all = [head, ...rows];
  const widths = Array.from({ length: Math.max(...all.map(({ length }) => length)) }, (_, column) =>
    Math.max(...all.map((row) => stringWidth(row[column]?.text ?? ""))),
  );
  const width = widths.reduce((sum, columnWidth) => sum + columnWidth + GAP.length, -GAP.length);
  if (width > MAX_WIDTH && rows.length > 0)
    return rows.filter((row) => row.some(isFilled)).flatMap((row) => itemOf(row, head));

  const line = (row: Row): string =>
    widths
      .map((columnWidth, column) => padded(row[column]?.text ?? "", columnWidth, align?.[column]))
      .join(GAP)
      .trimEnd();
  const isNamed = head.some(({ text }) => text !== "");
  const heading = isNamed ? [line(head), widths.map((columnWidth) => "-".repeat(columnWidth)).join(GAP)] : [];
  return ["```", ...heading, ...rows.map(line), "```"];
}

function padded(text: string, width: number, alignment: Alignment | undefined): string {
  const gap = width - stringWidth(text);
  const left = alignment === "right" ? gap : alignment === "center" ? Math.floor(gap / 2) : 0;
  return " ".repeat(left) + text + " ".repeat(gap - left);
}

/** The first value names the row, the others stand below it; what is in no column goes after the last, like a row's footnotes. */
function itemOf(row: Row, head: Row): string[] {
  const values = head.flatMap((name, column) => {
    const cell = row[column];
    if (cell === undefined || !isFilled(cell)) return [];
    return isFilled(name) ? `${name.markdown}: ${cell.markdown}` : cell.markdown;
  });
  const loose = row.slice(head.length).filter(isFilled);
  const last = [...values.slice(-1), ...loose.map(({ markdown }) => markdown)].join(" ");
  return [...values.slice(0, -1), last].map((value, index) => (index === 0 ? `- ${value}` : `  - ${value}`));
}

function isFilled({ markdown }: Cell): boolean {
  return markdown !== "";
}

function readCell({ children }: Table["children"][number]["children"][number], markdown: string): Cell {
  const { start, end } = spanOf(children);
  return {
    markdown: markdown.slice(start, end).replaceAll("\\|", "|"),
    // Discord ends a code block at the first three backticks, however many began it.
    text: children.map(textOf).join("").replaceAll(/\s+/g, " ").trim().replaceAll("```", "'''"),
  };
}

function textOf(node: Node): string {
  if (node.type === "html") return LINE_BREAK.test(node.value) ? " " : FORMATTING.test(node.value) ? "" : node.value;
  if ("value" in node) return node.value;
  if (node.type === "image" || node.type === "imageReference") return node.alt ?? "";
  const text = "children" in node ? node.children.map(textOf).join("") : "";
  const isFootnote = (node.type === "link" || node.type === "linkReference") && /^\d+$/.test(text);
  return isFootnote ? `[${text}]` : text;
}

/** Where the nodes stand in the text; nowhere when there are none. */
function spanOf(nodes: readonly Node[]): { readonly start: number; readonly end: number } {
  const start = nodes[0]?.position?.start.offset ?? 0;
  return { start, end: nodes.at(-1)?.position?.end.offset ?? start };
}
