import { html } from "hono/html";
import type { Article, Section } from "../../core/article.ts";
import { createMarker, type Fragment, type Marker, passageBlocks } from "./article-passages.ts";

/**
 * An article as a page of its own.
 * @param options.notice what is to be known of the revision that is shown
 * @param options.quotes words of it that are marked; the first has the fragment `cited`
 */
export function articlePage(
  article: Article,
  { notice, quotes = [] }: { readonly notice: Fragment | undefined; readonly quotes?: readonly string[] | undefined },
): Fragment {
  const marker = createMarker(quotes);
  return html`<!doctype html>
    <html lang="${article.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${article.title} · Footnote</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/favicon.svg" />
      </head>
      <body class="article">
        <header class="masthead">
          <a class="wordmark" href="/">Footnote<sup aria-hidden="true">1</sup></a>
          <nav aria-label="Views"><a href="/">Ask</a><a href="/#figures">Figures</a></nav>
        </header>
        <main>
          <h1>${article.title}</h1>
          <p class="provenance">${provenanceOf(article)}</p>
          ${notice !== undefined && html`<p class="notice">${notice}</p>`}
          ${article.sections.map((section) => sectionOf(section, marker))}
        </main>
      </body>
    </html>`;
}

function provenanceOf({ revision, revisedAt, license }: Article): Fragment {
  const age = revisedAt === undefined ? "" : ` of ${dates.format(new Date(revisedAt))}`;
  return html`Revision ${revision}${age}${license && html` · <a href="${license.url}">${license.name}</a>`}`;
}

const dates = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

function sectionOf({ title, anchor, level, passages }: Section, marker: Marker): Fragment {
  const heading = level > 2 ? html`<h3 id="${anchor}">${title}</h3>` : html`<h2 id="${anchor}">${title}</h2>`;
  return html`<section>${title !== "" && heading} ${passageBlocks(passages, marker)}</section>`;
}
