import MiniSearch, { type Query } from "minisearch";
import { posix } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { SearchHit } from "../core/wiki.ts";
import type { MarkdownFile } from "./markdown-folder.ts";
import { filesNamed, foldCase, nameKey, namesOf, tellApart, type TitledFile } from "./markdown-titles.ts";

/** Finds files by title, by link and by words. */
export interface MarkdownIndex {
  /** Takes these files for those before, which costs what has changed and leaves others their turn meanwhile. One call at a time. */
  update(files: readonly MarkdownFile[]): Promise<void>;
  /** By title, else by alias, else by file name; letters' case does not matter. Of files that share a name, the one of that revision. */
  find(title: string, revision?: string): TitledFile | undefined;
  search(query: string, limit: number): SearchHit[];
  suggest(prefix: string, limit: number): string[];
  /** Titles of the articles a file links, in order; links that lead nowhere are left out. */
  choices(file: TitledFile): string[];
}

/** Characters of a snippet. */
const SNIPPET_LENGTH = 240;

export function createMarkdownIndex(): MarkdownIndex {
  let files: ReadonlyMap<string, TitledFile> = new Map();
  let names = namesOf([]);
  const words = new MiniSearch<TitledFile>({
    idField: "path",
    fields: ["title", "aliases", "text"],
    extractField: (file, field) => fieldOf(file, field),
    tokenize: wordsOf,
    processTerm: foldCase,
    searchOptions: { combineWith: "AND", boost: { title: 3, aliases: 2 } },
  });

  async function update(all: readonly MarkdownFile[]): Promise<void> {
    const titled = tellApart(all);
    const updated = new Map(titled.map((file) => [file.path, file]));
    for (const path of files.keys()) if (!updated.has(path)) words.discard(path);
    const nextTurn = inTurns();
    for (const file of titled.filter((one) => !isSame(one, files.get(one.path)))) {
      if (files.has(file.path)) words.replace(file);
      else words.add(file);
      // oxlint-disable-next-line no-await-in-loop -- this is what leaves others their turn
      await nextTurn();
    }
    files = updated;
    names = namesOf(titled);
  }

  return {
    update,
    find: (title, revision) => filesNamed(title, names).find((file) => (revision ?? file.revision) === file.revision),
    search: (query, limit) =>
      words
        .search({ combineWith: "AND", queries: wordQueries(query) })
        .slice(0, limit)
        .flatMap(({ id, terms }) => {
          const file = files.get(String(id));
          return file === undefined ? [] : [{ title: file.title, snippet: snippetOf(file, terms) }];
        }),
    suggest: (prefix, limit) => {
      const start = nameKey(prefix);
      const matches = [...names]
        .filter(([name]) => name.startsWith(start))
        .toSorted(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
      const titles = matches.flatMap(([, claimants]) => Array.from(claimants, ({ title }) => title));
      return [...new Set(titles)].slice(0, limit);
    },
    choices: (file) => {
      const titles = file.links.map((link) => files.get(targetOf(file.path, link))?.title);
      return [...new Set(titles.filter((title) => title !== undefined))];
    },
  };
}

/** Whether nothing has changed by which a file is found. */
function isSame(file: TitledFile, known: TitledFile | undefined): boolean {
  return file.revision === known?.revision && file.title === known.title;
}

/** Milliseconds for which work goes on before whatever else waits has its turn. */
const TURN_MS = 10;

function inTurns(): () => Promise<void> {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun < TURN_MS) return;
    await setImmediate();
    begun = performance.now();
  };
}

/** `harb*` stands for all words that begin so. */
function wordQueries(query: string): Query[] {
  return query
    .split(/\s+/)
    .filter((word) => wordsOf(word).length > 0)
    .map((word) => (word.endsWith("*") ? { queries: [word], prefix: true } : word));
}

function fieldOf(file: MarkdownFile, field: string): string {
  if (field === "path") return file.path;
  if (field === "title") return file.title;
  if (field === "aliases") return file.aliases.join("\n");
  return file.sections.map(({ title, passages }) => [title, ...passages.map(({ text }) => text)].join("\n")).join("\n");
}

const segmenter = new Intl.Segmenter("und", { granularity: "word" });
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;

/** Scripts that put no spaces between words are cut by the platform's dictionary, which is slow for the rest. */
function wordsOf(text: string): string[] {
  const runs = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return runs.flatMap((run) =>
    UNSPACED.test(run) ? Array.from(segmenter.segment(run), ({ segment }) => segment) : [run],
  );
}

function snippetOf(file: MarkdownFile, terms: readonly string[]): string {
  const texts = file.sections.flatMap(({ passages }) => passages.map(({ text }) => text));
  const counts = texts.map((text) => new Set(wordsOf(text).map(foldCase)).intersection(new Set(terms)).size);
  const best = texts[counts.indexOf(Math.max(...counts))] ?? "";
  return best.length <= SNIPPET_LENGTH ? best : `${best.slice(0, SNIPPET_LENGTH).replace(/\s+\S*$/u, "")} …`;
}

/** The path a link leads to, as written in the file at `from`. Whatever is not the path of a file is simply not found. */
function targetOf(from: string, link: string): string {
  const [path = ""] = link.split(/[?#]/);
  try {
    return posix.join(posix.dirname(from), decodeURIComponent(path));
  } catch {
    return "";
  }
}
