import { createHash } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, join, posix, relative, sep } from "node:path";
import { Failure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import { readMarkdown, type MarkdownArticle } from "./markdown-article.ts";

/** Larger files are not articles. */
const MAX_FILE_BYTES = 2 * 1024 * 1024;

export interface MarkdownFile extends MarkdownArticle {
  /** Path below the folder, with `/`. */
  readonly path: string;
  /** Hash of the file's content. */
  readonly revision: string;
  /** ISO 8601. */
  readonly revisedAt: string;
  /** Changes when the file is written to or replaced. */
  readonly stamp: string;
}

/** What a folder was read into. Files that could not be read are told once, until they change or can be read. */
export interface MarkdownFolder {
  readonly files: ReadonlyMap<string, MarkdownFile>;
  /** Stamp of each file left out, by its path. */
  readonly leftOut: ReadonlyMap<string, string>;
}

/**
 * Reads the folder again, as far as it has changed since `known`. Files and folders whose names begin with a dot, and symbolic links,
 * are passed over: what lies outside the folder is none of the wiki's business.
 * @throws {Failure} `wiki-unavailable` when there is no such folder
 */
export async function readFolder(dir: string, known: MarkdownFolder, log: Log): Promise<MarkdownFolder> {
  const paths = await listFolder(dir);
  const files = new Map<string, MarkdownFile>();
  const leftOut = new Map<string, string>();
  for (const path of paths) {
    // oxlint-disable-next-line no-await-in-loop -- one by one, so that a large folder does not run out of file handles
    const { file, stamp, error } = await readOne(dir, path, known.files.get(path));
    if (file !== undefined) {
      files.set(path, file);
    } else {
      // A file can go between listing and reading; one that cannot be read must not take the others away.
      if (known.leftOut.get(path) !== stamp) log.warn({ file: path, err: error }, "file of the wiki left out");
      leftOut.set(path, stamp);
    }
  }
  return { files, leftOut };
}

async function listFolder(dir: string): Promise<string[]> {
  try {
    const root = await realpath(dir);
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\.md$/i.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, posix.sep))
      .filter((path) => !path.split("/").some((part) => part.startsWith(".")))
      .toSorted();
  } catch (error) {
    throw new Failure("wiki-unavailable", "the wiki's folder cannot be read", { cause: error });
  }
}

async function readOne(
  dir: string,
  path: string,
  known: MarkdownFile | undefined,
): Promise<{ readonly stamp: string; readonly file?: MarkdownFile; readonly error?: unknown }> {
  let stamp = "";
  try {
    const { mtimeMs, ctimeMs, size, ino, mtime } = await stat(join(dir, path));
    stamp = [mtimeMs, ctimeMs, size, ino].join();
    if (known?.stamp === stamp) return { stamp, file: known };
    if (size > MAX_FILE_BYTES) throw new RangeError("the file is larger than 2 MB");
    const content = await readFile(join(dir, path), "utf8");
    const revision = createHash("sha256").update(content).digest("hex").slice(0, 16);
    const fallbackTitle = basename(path).replace(/\.md$/i, "");
    const file = { ...readMarkdown(content, fallbackTitle), path, revision, revisedAt: mtime.toISOString(), stamp };
    return { stamp, file };
  } catch (error) {
    return { stamp, error };
  }
}
