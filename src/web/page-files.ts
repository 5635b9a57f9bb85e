import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";

/** One file of the web page, ready to be served. */
export interface WebPageFile {
  readonly path: string;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Quoted, strong: changes with the content. */
  readonly etag: string;
  /** Seconds a browser may go without asking again. */
  readonly maxAgeSeconds: number;
}

/** What is served of the page's folder, by extension. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".woff2", "font/woff2"],
]);

const WEEK_SECONDS = 604_800;

/** A font of our own, so that the page looks alike everywhere and nothing is fetched from elsewhere. */
const FONTS = {
  "newsreader.woff2": import.meta.resolve("@fontsource-variable/newsreader/files/newsreader-latin-opsz-normal.woff2"),
  "newsreader-italic.woff2": import.meta
    .resolve("@fontsource-variable/newsreader/files/newsreader-latin-wght-italic.woff2"),
  "newsreader-italic-ext.woff2": import.meta
    .resolve("@fontsource-variable/newsreader/files/newsreader-latin-ext-wght-italic.woff2"),
  "newsreader-ext.woff2": import.meta
    .resolve("@fontsource-variable/newsreader/files/newsreader-latin-ext-opsz-normal.woff2"),
} as const;

const PAGE_FOLDER = new URL("page/", import.meta.url);

/** Reads the page's files once; they are small enough to stay in memory. */
export async function readPageFiles(): Promise<readonly WebPageFile[]> {
  const names = (await readdir(PAGE_FOLDER)).filter((name) => contentTypeOf(name) !== undefined);
  return Promise.all([
    ...names.map((name) => readPageFile(name, new URL(name, PAGE_FOLDER), 0)),
    ...Object.entries(FONTS).map(([name, url]) => readPageFile(name, new URL(url), WEEK_SECONDS)),
  ]);
}

async function readPageFile(name: string, url: URL, maxAgeSeconds: number): Promise<WebPageFile> {
  const body = new Uint8Array(await readFile(url));
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  return {
    path: name === "index.html" ? "/" : `/${name}`,
    contentType: contentTypeOf(name) ?? "application/octet-stream",
    body,
    etag: `"${hash}"`,
    maxAgeSeconds,
  };
}

function contentTypeOf(name: string): string | undefined {
  return CONTENT_TYPES.get(name.slice(name.lastIndexOf(".")));
}
