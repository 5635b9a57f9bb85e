import { encodeForMarkdown } from "../core/article.ts";

/**
 * Underscores are spaces and white space is folded, as in every MediaWiki. The first letter stays as it is: most wikis
 * take it in upper case, and Wiktionary tells "apple" from "Apple".
 */
export function normalizeTitle(title: string): string {
  return title
    .normalize("NFC")
    .replace(/[\s_]+/gu, " ")
    .trim();
}

/**
 * Whether MediaWiki could have a page of this name; asking for one that it could not have costs no request.
 * A `#` is refused rather than taken for a fragment: "C#" is not the article "C".
 * mediawiki.org, *Help:Bad title* and *Manual:$wgLegalTitleChars*.
 */
export function isPossibleTitle(title: string): boolean {
  return title.trim() !== "" && !/[#<>[\]{}|\p{Cc}\uFFFD]/u.test(title) && Buffer.byteLength(title.trim()) <= 255;
}

/** The title as it stands in a URL's path: underscores for spaces, safe in Markdown, slashes and colons left readable. */
export function titleInPath(title: string): string {
  return encodeForMarkdown(title.replaceAll(" ", "_")).replaceAll("%2F", "/").replaceAll("%3A", ":");
}

/** The title as a value in a URL's query, safe in Markdown. */
export function titleInQuery(title: string): string {
  return encodeForMarkdown(title.replaceAll(" ", "_"));
}
