import type { WikiPage, WikiPageSection } from "../contracts/wiki-pages.ts";

/** The page as MediaWiki 1.39 renders it, without what surrounds the text. */
export function pageHtml({ lead, sections = [], choices = [] }: WikiPage): string {
  const entries = choices.map(([title, description]) => `<li>${wikiLink(title)}, ${escape(description)}</li>`);
  return [
    '<div class="mw-parser-output">',
    paragraph(lead),
    entries.length === 0 ? "" : `<ul>${entries.join("\n")}</ul>`,
    ...sections.map(sectionHtml),
    "</div>",
  ].join("\n");
}

function sectionHtml({ title, paragraph: text, items = [], table = [] }: WikiPageSection): string {
  const [head = [], ...rows] = table;
  return [
    `<h2><span class="mw-headline" id="${escape(title.replaceAll(" ", "_"))}">${escape(title)}</span></h2>`,
    paragraph(text),
    items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${escape(item)}</li>`).join("\n")}</ul>`,
    table.length === 0
      ? ""
      : `<table class="wikitable"><tbody><tr>${cells("th", head)}</tr>${rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("")}</tbody></table>`,
  ].join("\n");
}

function cells(name: string, texts: readonly string[]): string {
  return texts.map((text) => `<${name}>${escape(text)}\n</${name}>`).join("");
}

function paragraph(text: string): string {
  return `<p>${escape(text)}\n</p>`;
}

function wikiLink(title: string): string {
  return `<a href="/wiki/${encodeURIComponent(title.replaceAll(" ", "_"))}" title="${escape(title)}">${escape(title)}</a>`;
}

/** The pages as a dump that MediaWiki imports. */
export function pagesDump(pages: readonly WikiPage[]): string {
  const elements = pages.map(
    (page, index) =>
      `<page><title>${escape(page.title)}</title><ns>0</ns><id>${index + 1}</id>` +
      (page.redirectTo === undefined ? "" : `<redirect title="${escape(page.redirectTo)}"/>`) +
      `<revision><id>${1_000 + index}</id><timestamp>2026-01-01T00:00:00Z</timestamp><contributor><username>Import</username><id>1</id></contributor>` +
      `<model>wikitext</model><format>text/x-wiki</format><text xml:space="preserve">${escape(pageWikitext(page))}</text></revision></page>`,
  );
  return [
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">',
    ...elements,
    "</mediawiki>\n",
  ].join("\n");
}

function pageWikitext({ lead, redirectTo, sections = [], choices = [] }: WikiPage): string {
  if (redirectTo !== undefined) return `#REDIRECT [[${redirectTo}]]`;
  const entries = choices.map(([title, description]) => `* [[${title}]], ${description}`);
  return [lead, ...entries, choices.length === 0 ? "" : "__DISAMBIG__", ...sections.map(sectionWikitext)].join("\n");
}

function sectionWikitext({ title, paragraph: text, items = [], table = [] }: WikiPageSection): string {
  const [head = [], ...rows] = table;
  const rowTexts = [`! ${head.join(" !! ")}`, ...rows.map((row) => `|-\n| ${row.join(" || ")}`)];
  return [
    `\n== ${title} ==\n${text}\n`,
    ...items.map((item) => `* ${item}`),
    ...(table.length === 0 ? [] : ['\n{| class="wikitable"', ...rowTexts, "|}"]),
  ].join("\n");
}

/** File name and content for each page that is not a redirect; redirects become aliases. */
export function markdownFiles(pages: readonly WikiPage[]): { readonly name: string; readonly content: string }[] {
  return pages
    .filter(({ redirectTo }) => redirectTo === undefined)
    .map((page) => ({ name: fileOf(page.title), content: pageMarkdown(page, aliasesOf(page, pages)) }));
}

function aliasesOf(page: WikiPage, pages: readonly WikiPage[]): string[] {
  return pages.filter(({ redirectTo }) => redirectTo === page.title).map(({ title }) => title);
}

function pageMarkdown({ title, lead, sections = [], choices = [] }: WikiPage, aliases: readonly string[]): string {
  const entries = choices.map(([choice, description]) => `- [${choice}](${encodeURI(fileOf(choice))}), ${description}`);
  return [
    `---\ntitle: "${title}"\naliases: [${aliases.join(", ")}]\ndisambiguation: ${choices.length > 0}\n---\n`,
    `${lead}\n`,
    ...entries,
    ...sections.map(sectionMarkdown),
  ].join("\n");
}

function sectionMarkdown({ title, paragraph: text, items = [], table = [] }: WikiPageSection): string {
  const [head = [], ...rows] = table;
  const lines = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  return [
    `\n## ${title}\n\n${text}\n`,
    ...items.map((item) => `- ${item}`),
    "",
    ...(table.length === 0 ? [] : lines),
  ].join("\n");
}

function fileOf(title: string): string {
  return `${title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-")}.md`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
