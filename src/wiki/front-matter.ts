import { isMap, isScalar, isSeq, parseDocument, YAMLMap } from "yaml";

export interface FrontMatter {
  readonly title?: string;
  readonly aliases: readonly string[];
  readonly isDisambiguation: boolean;
  /** When its author says that the text was last revised, ISO 8601. */
  readonly revisedAt?: string;
}

export interface SplitText {
  readonly matter: FrontMatter;
  readonly text: string;
  /** Why a front matter that is there was not read, in a few words without any of its text. */
  readonly problem?: string;
}

/** Characters; what is longer is no front matter. */
const LONGEST_BLOCK = 16_384;
const NOTHING: FrontMatter = { aliases: [], isDisambiguation: false };

/** Parts the YAML between `---` lines at the top of a Markdown file from the text. Keys that mean nothing to Footnote are passed over. */
export function splitFrontMatter(content: string): SplitText {
  const match = /^---[ \t]*\r?\n(?:(.*?)\r?\n)??---[ \t]*(?:\r?\n(.*))?$/s.exec(content);
  if (match === null) return { matter: NOTHING, text: content };
  const [, block = "", text = ""] = match;
  const { map, problem } = readYaml(block);
  if (map !== undefined) return { matter: readMatter(map), text };
  // Two rules may just as well stand above and below a text.
  if (problem === undefined || !/^[\w-]+[ \t]*:(?:\s|$)/m.test(block)) return { matter: NOTHING, text: content };
  return { matter: NOTHING, text, problem };
}

/** Every value is the text that it is written as: a title may be `1.10`. */
function readYaml(block: string): { readonly map?: YAMLMap; readonly problem?: string } {
  if (block.length > LONGEST_BLOCK) return { problem: "front matter of more than 16,384 characters" };
  const { contents, errors } = parseDocument(block, { schema: "failsafe", logLevel: "silent" });
  const [error] = errors;
  // The block begins in the second line of the file.
  if (error !== undefined) return { problem: `${error.code} in line ${(error.linePos?.[0].line ?? 0) + 1}` };
  return isMap(contents) ? { map: contents } : contents === null ? { map: new YAMLMap() } : {};
}

/** Only scalars are looked at, and no alias of YAML is followed, so that a block never becomes more than it is. */
function readMatter(map: YAMLMap): FrontMatter {
  const [title] = textsOf(map, "title");
  const revisedAt = REVISED.flatMap((key) => textsOf(map, key))
    .map(toIso)
    .find((date) => date !== undefined);
  return {
    ...(title !== undefined && { title }),
    aliases: aliasesOf(map),
    isDisambiguation: textsOf(map, "disambiguation")[0] === "true",
    ...(revisedAt !== undefined && { revisedAt }),
  };
}

/** As Hugo, Jekyll, Eleventy and Obsidian's users call it; `date` is when a text was published, at least. */
const REVISED = ["lastmod", "last_modified_at", "updated", "modified", "date"];

/** One value or a list; commas part aliases that nobody has put in quotes. */
function aliasesOf(map: YAMLMap): string[] {
  const node = map.get("aliases", true);
  const isPlain = isScalar(node) && node.type === "PLAIN";
  return isPlain
    ? textsOf(map, "aliases").flatMap((text) => text.split(",").flatMap(trimmed))
    : textsOf(map, "aliases");
}

function textsOf(map: YAMLMap, key: string): string[] {
  const node = map.get(key, true);
  const nodes: readonly unknown[] = isSeq(node) ? node.items : [node];
  return nodes.flatMap((one) => (isScalar(one) && typeof one.value === "string" ? trimmed(one.value) : []));
}

function trimmed(text: string): string[] {
  const folded = text.replace(/\s+/gu, " ").trim();
  return folded === "" ? [] : [folded];
}

/** A day, or a time of a day; without a zone it is taken for UTC, so that it does not depend on where Footnote runs. */
function toIso(text: string): string | undefined {
  const [, day, time = "00:00", zone = "Z"] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|[+-]\d\d:?\d\d)?)?$/.exec(text) ?? [];
  const date = new Date(`${day}T${time}${zone.replace(/(\d\d)(\d\d)$/, "$1:$2")}`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
