import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";

/** A Markdown file, or a folder that cannot be looked into. */
export interface Listed {
  /** Below the wiki's folder, with `/`. */
  readonly path: string;
  /** Why the folder cannot be looked into. */
  readonly error?: unknown;
}

/**
 * The Markdown files of a folder and the folders in it, in an order that does not change by itself. What has a name that begins with a
 * dot, and symbolic links, are passed over.
 * @throws the file system's error when the folder itself cannot be read; one within it takes nothing else away
 */
export async function* listMarkdown(root: string, folder = ""): AsyncGenerator<Listed> {
  for (const entry of await entriesOf(join(root, folder))) {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) yield* listWithin(root, path);
    else if (entry.isFile() && /\.md$/i.test(entry.name)) yield { path };
  }
}

async function* listWithin(root: string, path: string): AsyncGenerator<Listed> {
  try {
    yield* listMarkdown(root, path);
  } catch (error) {
    if (!hasGone(error)) yield { path, error };
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(({ name }) => !name.startsWith(".")).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Between being listed and being looked at, a folder or file may be deleted: that is no trouble at all. */
export function hasGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
