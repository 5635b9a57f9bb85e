import type { OpenAPIHono } from "@hono/zod-openapi";
import { html } from "hono/html";
import type { Article, Section } from "../../core/article.ts";
import type { WikiSource } from "../../core/wiki.ts";
import { Problem } from "./problem.ts";

/** Path under which articles are shown that have no other address: those of a folder of Markdown files. */
export const ARTICLES_PATH = "/articles";

/** Shows articles as plain pages, so that footnotes into a folder lead somewhere: to the revision they cite, as long as it is known. */
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
    return c.html(page(article, noticeOf(article, current, cited)));
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

function noticeOf(shown: Article, current: Article | undefined, cited: string | undefined) {
  if (cited === undefined || cited === current?.revision) return undefined;
  const isCited = shown.revision === cited;
  if (!isCited)
    return html`The footnote cites revision ${cited}, which is not kept. This is revision ${shown.revision}.`;
  if (current === undefined)
    return html`The article is no longer there. This is revision ${cited}, which the footnote cites.`;
  return html`The article has changed since. This is revision ${cited}, which the footnote cites;
    <a href="${current.url}">read it as it is now</a>.`;
}

function page(article: Article, notice: ReturnType<typeof noticeOf>) {
  return html`<!doctype html>
    <html lang="${article.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${article.title} · Footnote</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/favicon.svg" />
      </head>
      <body class="article">
        <main>
          <h1>${article.title}</h1>
          ${notice !== undefined && html`<p class="notice">${notice}</p>`} ${article.sections.map(sectionOf)}
        </main>
      </body>
    </html>`;
}

function sectionOf({ title, anchor, passages }: Section) {
  return html`<section>
    ${title !== "" && html`<h2 id="${anchor}">${title}</h2>`} ${passages.map(({ text }) => html`<p>${text}</p>`)}
  </section>`;
}
