import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Failure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import { readMarkdown, type MarkdownArticle } from "./markdown-article.ts";
import { decodeText } from "./markdown-encoding.ts";
import { hasGone, listMarkdown, type Listed } from "./markdown-listing.ts";

/** Larger files are not articles. */
const MAX_FILE_BYTES = 2 * 1024 * 1024;

export interface MarkdownFile extends Omit<MarkdownArticle, "problem"> {
  /** Path below the folder, with `/`. */
  readonly path: string;
  /** Hash of the file's content. */
  readonly revision: string;
  /** Changes when the file is written to or replaced. */
  readonly stamp: string;
}

/** What a folder was read into. What could not be read is told once, until it changes or can be read. */
export interface MarkdownFolder {
  readonly files: ReadonlyMap<string, MarkdownFile>;
  /** Stamp of each file and folder left out, by its path. */
  readonly leftOut: ReadonlyMap<string, string>;
}

/** A file as it is now, or why it, or a folder, is left out. */
type Reading = { readonly file: MarkdownFile } | { readonly stamp: string; readonly reason: string } | undefined;

/** Files looked at together: enough to keep the disk busy, and few enough to leave others their turn between them. */
const BATCH = 8;

/**
 * Reads the folder again, as far as it has changed since `known`. One file or folder that cannot be read takes no other away. What lies
 * outside of the folder is none of the wiki's business, so links are not followed.
 * @throws {Failure} `wiki-unavailable` when there is no such folder
 */
export async function readFolder(dir: string, known: MarkdownFolder, log: Log): Promise<MarkdownFolder> {
  const { root, listed } = await listFolder(dir);
  const files = new Map<string, MarkdownFile>();
  const leftOut = new Map<string, string>();
  const keep = (path: string, reading: Reading): void => {
    if (reading === undefined) return;
    if ("file" in reading) return void files.set(path, reading.file);
    const { stamp, reason } = reading;
    if (known.leftOut.get(path) !== stamp) log.warn({ path, reason }, "left out of the wiki");
    leftOut.set(path, stamp);
  };
  for (let first = 0; first < listed.length; first += BATCH) {
    const batch = listed.slice(first, first + BATCH);
    // oxlint-disable-next-line no-await-in-loop -- one batch after the other, so that a large folder does not run out of file handles
    const readings = await Promise.all(batch.map((one) => read(root, one, known.files.get(one.path), log)));
    for (const [index, { path }] of batch.entries()) keep(path, readings[index]);
  }
  return { files, leftOut };
}

async function listFolder(dir: string): Promise<{ readonly root: string; readonly listed: readonly Listed[] }> {
  try {
    const root = await realpath(dir);
    return { root, listed: await Array.fromAsync(listMarkdown(root)) };
  } catch (error) {
    throw new Failure("wiki-unavailable", "the wiki's folder cannot be read", { cause: error });
  }
}

async function read(
  root: string,
  { path, error }: Listed,
  known: MarkdownFile | undefined,
  log: Log,
): Promise<Reading> {
  return error === undefined ? readOne(root, path, known, log) : unreadable(error);
}

/** `undefined` when the file has gone since it was listed. */
async function readOne(root: string, path: string, known: MarkdownFile | undefined, log: Log): Promise<Reading> {
  let stamp = "";
  try {
    const { mtimeMs, ctimeMs, size, ino } = await stat(join(root, path));
    stamp = [mtimeMs, ctimeMs, size, ino].join();
    if (known?.stamp === stamp) return { file: known };
    if (size > MAX_FILE_BYTES) return { stamp, reason: "larger than 2 MB" };
    const decoded = decodeText(await readFile(join(root, path)));
    if (decoded === undefined) return { stamp, reason: "neither UTF-8 nor another encoding that is known" };
    const { text, guess } = decoded;
    const { problem, ...article } = readMarkdown(text, basename(path).replace(/\.md$/i, ""));
    if (guess !== undefined) log.warn({ path, guess }, "not written in UTF-8");
    if (problem !== undefined)
      log.warn({ path, reason: problem }, "front matter not understood; the file is read without it");
    const revision = createHash("sha256").update(text).digest("hex").slice(0, 16);
    return { file: { ...article, path, revision, stamp } };
  } catch (error) {
    return unreadable(error, stamp);
  }
}

/** @param stamp of what cannot be read; default: the reason, for a folder that says nothing else of itself */
function unreadable(error: unknown, stamp?: string): Reading {
  if (hasGone(error)) return undefined;
  const reason = reasonOf(error);
  return { stamp: stamp ?? reason, reason };
}

/** A word for the log, where a stack would tell no more. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error ? String(error.code) : error.name;
}
