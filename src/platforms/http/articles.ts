import type { OpenAPIHono } from "@hono/zod-openapi";
import { html } from "hono/html";
import type { Article } from "../../core/article.ts";
import type { WikiSource } from "../../core/wiki.ts";
import { articlePage } from "./article-page.ts";
import type { Fragment } from "./article-passages.ts";
import { Problem } from "./problem.ts";

/** Path under which articles are shown that have no other address: those of a folder of Markdown files. */
export const ARTICLES_PATH = "/articles";

/**
 * Shows articles as plain pages, so that footnotes into a folder lead somewhere: to the revision they cite, as long as it is known. What
 * is quoted, by `quote`, is marked there.
 */
export function addArticles(app: OpenAPIHono, source: Pick<WikiSource, "article">): void {
  // A title may hold slashes, and they stand in its address as they are.
  app.get(`${ARTICLES_PATH}/:title{.+}`, async (c) => {
    const title = c.req.param("title").replaceAll("_", " ");
    const { signal } = c.req.raw;
    const cited = c.req.query("revision");
    const [current, revision] = await Promise.all([
      read(source, title, { signal }),
      cited === undefined ? undefined : read(source, title, { signal, revision: cited }),
    ]);
    const article = revision ?? current;
    if (article === undefined) throw new Problem(404, "not-found", "There is no such article.");
    const notice = noticeOf(article, current, cited);
    return c.html(articlePage(article, { notice, quotes: c.req.queries("quote") }));
  });
}

async function read(
  source: Pick<WikiSource, "article">,
  title: string,
  options: NonNullable<Parameters<WikiSource["article"]>[1]>,
): Promise<Article | undefined> {
  const { value } = await source.article(title, options);
  return value.kind === "article" || value.kind === "disambiguation" ? value : undefined;
}

function noticeOf(shown: Article, current: Article | undefined, cited: string | undefined): Fragment | undefined {
  if (cited === undefined || cited === current?.revision) return undefined;
  const isCited = shown.revision === cited;
  if (!isCited)
    return html`The footnote cites revision ${cited}, which is not kept. This is revision ${shown.revision}.`;
  if (current === undefined)
    return html`The article is no longer there. This is revision ${cited}, which the footnote cites.`;
  return html`The article has changed since. This is revision ${cited}, which the footnote cites;
    <a href="${current.url}">read it as it is now</a>.`;
}
