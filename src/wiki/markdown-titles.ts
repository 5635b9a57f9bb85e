import { posix } from "node:path";
import type { MarkdownFile } from "./markdown-folder.ts";
import { normalizeTitle } from "./title.ts";

/** A file under a title that no other file has. */
export interface TitledFile extends MarkdownFile {
  /** The title it has by itself, which others may have too. */
  readonly ownTitle: string;
}

/**
 * Tells files of one title apart by their folders, as every tree of READMEs needs it: `Overview (a)` and `Overview (b)`. What a file is
 * called depends on its own path alone as soon as it has a twin, so that no name ever passes from one file to another.
 */
export function tellApart(files: readonly MarkdownFile[]): TitledFile[] {
  const inOrder = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const sharing = Map.groupBy(inOrder, ({ title }) => nameKey(title));
  const taken = new Set(sharing.keys());
  return [...sharing.values()].flatMap((twins) => {
    if (twins.length === 1) return twins.map((file) => ({ ...file, ownTitle: file.title }));
    return [...Map.groupBy(twins, folderOf).values()].flatMap((neighbours) =>
      neighbours.map((file) => apart(file, neighbours.length === 1, taken)),
    );
  });
}

function apart(file: MarkdownFile, isAloneInFolder: boolean, taken: Set<string>): TitledFile {
  const ownTitle = file.title;
  if (isAloneInFolder && folderOf(file) === "") return { ...file, ownTitle };
  const [byFolder, ...byPath] = longTitles(ownTitle, file);
  const titles = isAloneInFolder ? [byFolder, ...byPath] : byPath;
  const title = titles.find((one) => !taken.has(nameKey(one))) ?? file.path;
  taken.add(nameKey(title));
  return { ...file, title, ownTitle };
}

/** Files by the keys of their names. */
export type Names = ReadonlyMap<string, ReadonlySet<TitledFile>>;

/** Every file a name may stand for, the likeliest first: titles come before aliases, and both before file names. */
export function namesOf(files: readonly TitledFile[]): Names {
  const names = new Map<string, Set<TitledFile>>();
  const claim = (name: string, file: TitledFile): void => {
    const key = nameKey(name);
    const claimants = names.get(key);
    if (claimants !== undefined) claimants.add(file);
    else if (key !== "") names.set(key, new Set([file]));
  };
  for (const file of files) claim(file.title, file);
  for (const file of files) if (file.ownTitle !== file.title) claim(file.ownTitle, file);
  for (const file of files) for (const alias of file.aliases) claim(alias, file);
  for (const file of files) claim(posix.basename(withoutExtension(file)), file);
  return names;
}

/** The files of a name, the likeliest first. A name by which a file was told apart from a twin still leads there when the twin has gone. */
export function filesNamed(name: string, names: Names): readonly TitledFile[] {
  const key = nameKey(name);
  const claimants = names.get(key);
  if (claimants !== undefined) return [...claimants];
  const [, ownKey = "", placeKey] = /^(.*) \((.*)\)$/.exec(key) ?? [];
  return [...(names.get(ownKey) ?? [])].filter(
    (file) => nameKey(folderOf(file)) === placeKey || nameKey(withoutExtension(file)) === placeKey,
  );
}

/** Equal for names that mean the same: white space, underscores, case and accents do not count. */
export function nameKey(title: string): string {
  return foldCase(normalizeTitle(title));
}

/** "Ångström" is found as "angstrom" too. */
export function foldCase(word: string): string {
  // Most words have nothing to fold, and there are millions of them.
  if (/^[\0-\x7F]*$/.test(word)) return word.toLowerCase();
  return word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** From the shortest to the one that no other file can have. */
function longTitles(title: string, file: MarkdownFile): readonly [byFolder: string, byPath: string, byFile: string] {
  const folder = folderOf(file);
  return [
    folder === "" ? title : `${title} (${folder})`,
    `${title} (${withoutExtension(file)})`,
    `${title} (${file.path})`,
  ];
}

function folderOf({ path }: MarkdownFile): string {
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
}

function withoutExtension({ path }: MarkdownFile): string {
  return path.replace(/\.md$/i, "");
}
