import { element, outsideLink } from "./element.js";

/** @typedef {import("./api.js").Source} Source */

/**
 * Article and section, as a link to both.
 * @param {Source} source @param {readonly string[]} [quotes] all that is quoted of them
 * @returns {(Node | string)[]}
 */
export function titleOf(source, quotes = [source.quote]) {
  const title = outsideLink(addressOf(source, quotes), element("cite", {}, source.title));
  return source.section === "" ? [title] : [title, ", ", source.section];
}

/** Where the source is read: an article that Footnote itself shows is told what to mark. @param {Source} source @param {readonly string[]} [quotes] */
export function addressOf({ url, quote }, quotes = [quote]) {
  const address = URL.parse(url, location.href);
  // The same Footnote may be reached under another name of this machine.
  if (address?.port !== location.port || !address.pathname.startsWith("/articles/")) return url;
  for (const words of quotes) address.searchParams.append("quote", words);
  address.hash = "cited";
  return address.href;
}

/** Age and licence of the text. @param {Source} source @returns {(Node | string)[]} */
export function provenanceOf({ revised_at, revision, license, stale_since }) {
  /** @type {(Node | string)[][]} */
  const parts = [
    [revised_at === null ? `revision ${revision}` : `as of ${dateText(revised_at)}`],
    ...(license === null ? [] : [[outsideLink(license.url, license.name)]]),
    ...(stale_since === undefined
      ? []
      : [
          [
            element(
              "span",
              { class: "stale" },
              `fetched ${dateText(stale_since)}; the wiki could not be reached since`,
            ),
          ],
        ]),
  ];
  return parts.flatMap((part, index) => (index === 0 ? part : [" · ", ...part]));
}

/** @param {string} iso */
function dateText(iso) {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleDateString("en-GB", { dateStyle: "medium", timeZone: "UTC" });
}
