import { element, outsideLink } from "./element.js";

/** @typedef {import("./api.js").Source} Source */

/** Article and section, as a link to both. @param {Source} source @returns {(Node | string)[]} */
export function titleOf(source) {
  const title = outsideLink(source.url, element("cite", {}, source.title));
  return source.section === "" ? [title] : [title, ", ", source.section];
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
