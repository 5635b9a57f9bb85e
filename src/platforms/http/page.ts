import type { OpenAPIHono } from "@hono/zod-openapi";

/** A file of the web page. */
export interface PageFile {
  /** Path under which it is served; `/` for the page itself. */
  readonly path: string;
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Quoted, strong. */
  readonly etag: string;
  /** Seconds a browser may go without asking again; 0: it asks each time, and sees an upgrade at once. */
  readonly maxAgeSeconds: number;
}

/** Serves the files to anybody: they hold no data, and the page asks for the token itself. */
export function addPage(app: OpenAPIHono, files: readonly PageFile[]): void {
  for (const file of files) {
    app.get(file.path, (c) => {
      c.header("Cache-Control", file.maxAgeSeconds === 0 ? "no-cache" : `public, max-age=${file.maxAgeSeconds}`);
      c.header("ETag", file.etag);
      if (c.req.header("if-none-match")?.includes(file.etag) === true) return c.body(null, 304);
      c.header("Content-Type", file.contentType);
      return c.body(file.body);
    });
  }
}
