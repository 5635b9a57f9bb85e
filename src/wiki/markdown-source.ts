import { createHash } from "node:crypto";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Article, NoArticle } from "../core/article.ts";
import type { Cached } from "../core/cache.ts";
import { cancellation, orCancelled } from "../core/cancellation.ts";
import { Failure, toFailure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import type { LookupOptions, SearchHit, WikiHealth, WikiSource } from "../core/wiki.ts";
import { readFolder, type MarkdownFile, type MarkdownFolder } from "./markdown-folder.ts";
import { createMarkdownIndex } from "./markdown-index.ts";
import type { TitledFile } from "./markdown-titles.ts";
import { isPossibleTitle, normalizeTitle, titleInPath } from "./title.ts";

export interface MarkdownSourceOptions {
  /** Folder of `.md` files; folders in it are read too. */
  readonly dir: string;
  /** Shown to people. Default: the folder's name. */
  readonly name?: string;
  /** Language of the articles, BCP 47. */
  readonly language: string;
  readonly log: Log;
  /** Where somebody serves the articles, without a slash at its end. Default `wiki:`, which names an article and opens nothing. */
  readonly urlBase?: string;
  /** Milliseconds for which the folder is taken to be as it was. Default 1,000. */
  readonly rescanMs?: number;
}

/**
 * A folder of Markdown files as a wiki. The title is that of the front matter, else the first heading, else the file's name; front matter
 * may hold `aliases`, which redirect, `disambiguation: true`, and the date of the text. Files of one title are told apart by their folders. The revision is a hash of the file, and only the current one is there.
 */
export function createMarkdownSource(options: MarkdownSourceOptions): WikiSource {
  const { dir, language, log, name = basename(resolve(dir)), urlBase = "wiki:", rescanMs = 1_000 } = options;
  const index = createMarkdownIndex();
  /** Of what the index holds. */
  let edition: string | undefined;
  let folder: MarkdownFolder = { files: new Map(), leftOut: new Map() };
  let scannedAt = Number.NEGATIVE_INFINITY;
  let scanning: Promise<string> | undefined;
  let health: WikiHealth = { state: "untried" };

  async function current(signal?: AbortSignal): Promise<string> {
    if (signal?.aborted) throw cancellation(signal);
    if (edition !== undefined && performance.now() - scannedAt < rescanMs) return edition;
    scanning ??= scan().finally(() => (scanning = undefined));
    // The scan goes on for others; a disk that hangs keeps nobody who has left.
    return orCancelled(scanning, signal);
  }

  async function scan(): Promise<string> {
    try {
      const { files, ...rest } = await readFolder(dir, folder, log);
      // A volume that is not mounted leaves its mount point, and a deployment may begin by deleting.
      if (files.size === 0 && folder.files.size > 0)
        throw new Failure("wiki-unavailable", "the wiki's folder is empty");
      folder = { files, ...rest };
      const id = editionOf(files);
      if (id !== edition) {
        await index.update([...files.values()]);
        log.info({ articles: files.size }, "wiki folder read");
      }
      edition = id;
      scannedAt = performance.now();
      health = { state: "ok" };
      return id;
    } catch (error) {
      const failure = toFailure(error);
      health = { state: "failing", reason: failure.message };
      throw failure;
    }
  }

  function articleOf(file: TitledFile, asked: string): Article {
    const url = `${urlBase}/${titleInPath(file.title)}`;
    return {
      kind: file.isDisambiguation ? "disambiguation" : "article",
      title: file.title,
      ...(isSameTitle(asked, file.title) ? {} : { redirectedFrom: asked }),
      language,
      url,
      permalink: `${url}?revision=${file.revision}`,
      revision: file.revision,
      ...(file.revisedAt !== undefined && { revisedAt: file.revisedAt }),
      sections: file.sections,
      choices: file.isDisambiguation ? index.choices(file) : [],
    };
  }

  async function article(
    title: string,
    { revision, signal }: LookupOptions & { readonly revision?: string } = {},
  ): Promise<Cached<Article | NoArticle>> {
    await current(signal);
    const file = index.find(title, revision);
    if (file !== undefined) return loaded(articleOf(file, normalizeTitle(title)));
    return loaded(
      isPossibleTitle(title) ? { kind: "missing", title: normalizeTitle(title) } : { kind: "invalid-title", title },
    );
  }

  return {
    // Articles hold their language and address, so that another of either makes other articles of the same files.
    id: [pathToFileURL(resolve(dir)).href, language, urlBase].join(" "),
    name,
    article,
    async search(query, { limit = 10, signal } = {}): Promise<Cached<readonly SearchHit[]>> {
      await current(signal);
      return loaded(index.search(query, limit));
    },
    async suggest(prefix, { limit = 10, signal } = {}) {
      if (prefix.trim() === "") return loaded([]);
      await current(signal);
      return loaded(index.suggest(prefix, limit));
    },
    health: () => health,
    edition: current,
    close: async () => {},
  };
}

function editionOf(files: ReadonlyMap<string, MarkdownFile>): string {
  const hash = createHash("sha256");
  for (const { path, revision } of files.values()) hash.update(`${path}\0${revision}\0`);
  return hash.digest("hex").slice(0, 16);
}

function isSameTitle(asked: string, title: string): boolean {
  return normalizeTitle(asked).toLowerCase() === normalizeTitle(title).toLowerCase();
}

function loaded<T>(value: T): Cached<T> {
  return { value, outcome: "miss", loadedAt: new Date().toISOString() };
}
