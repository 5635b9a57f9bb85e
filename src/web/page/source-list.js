import { element } from "./element.js";
import { provenanceOf, titleOf } from "./source-text.js";

/** @typedef {import("./api.js").Source} Source */

/**
 * The list of sources below an answer, each section of an article once. A quotation that the answer says word for word is not repeated.
 * @param {readonly Source[]} sources
 * @param {string} answer
 */
export function sourceList(sources, answer) {
  const places = Map.groupBy(sources, ({ url, title, section, stale_since }) =>
    JSON.stringify([url, title, section, stale_since]),
  );
  const items = Array.from(places.values(), (ofPlace) => sourceItem(ofPlace, answer));
  return element("ol", { class: "sources", role: "list", "aria-label": "Sources" }, ...items);
}

/** @param {readonly Source[]} sources of one place @param {string} answer */
function sourceItem(sources, answer) {
  const [first] = sources;
  if (first === undefined) return "";
  const quotes = sources.filter(({ quote }) => !answer.includes(quote));
  return element(
    "li",
    {},
    element("p", { class: "numbers" }, sources.map(({ n }) => n).join(", ")),
    element(
      "div",
      {},
      element(
        "p",
        { class: "source-title", dir: "auto" },
        ...titleOf(
          first,
          sources.map(({ quote }) => quote),
        ),
      ),
      ...quotes.map(({ n, quote }) => quotation(quote, sources.length === 1 ? undefined : n)),
      element("p", { class: "provenance" }, ...provenanceOf(first)),
    ),
  );
}

/** @param {string} quote @param {number | undefined} n its number, where the place has several */
function quotation(quote, n) {
  const number = n === undefined ? [] : [element("span", { class: "number" }, `${n} `)];
  return element("blockquote", { dir: "auto" }, ...number, element("q", {}, quote));
}
