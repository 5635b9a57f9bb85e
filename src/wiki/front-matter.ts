export interface FrontMatter {
  readonly title?: string;
  readonly aliases: readonly string[];
  readonly isDisambiguation: boolean;
}

/**
 * Parts the block between `---` lines at the top of a Markdown file from the text. Of YAML it knows what such blocks use:
 * `key: value`, `key: [a, b]`, a list of `- a` lines, quotes. Keys that mean nothing to Footnote are passed over.
 */
export function splitFrontMatter(content: string): { readonly matter: FrontMatter; readonly text: string } {
  const [, block, text] = /^\uFEFF?---[ \t]*\r?\n(.*?)(?:^|\r?\n)---[ \t]*(?:\r?\n(.*))?$/s.exec(content) ?? [];
  if (block === undefined) return { matter: { aliases: [], isDisambiguation: false }, text: content };
  const values = readValues(block);
  const [title] = values.get("title") ?? [];
  return {
    matter: {
      ...(title !== undefined && { title }),
      aliases: values.get("aliases") ?? [],
      isDisambiguation: values.get("disambiguation")?.[0] === "true",
    },
    text: text ?? "",
  };
}

function readValues(block: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  let latest: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, item] = /^\s*-\s+(.*)$/.exec(line) ?? [];
    const [, key, value] = /^(\w+):\s*(.*)$/.exec(line) ?? [];
    if (item !== undefined) latest.push(unquote(item));
    if (key === undefined || value === undefined) continue;
    latest = valuesOf(value);
    values.set(key, latest);
  }
  return values;
}

function valuesOf(value: string): string[] {
  const [, list] = /^\[(.*)\]\s*$/.exec(value) ?? [];
  if (list === undefined) return value.trim() === "" ? [] : [unquote(value)];
  return (list.match(/"[^"]*"|'[^']*'|[^,]+/g) ?? []).map(unquote).filter((part) => part !== "");
}

function unquote(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/, "$2");
}
