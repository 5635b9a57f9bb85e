import { element } from "./element.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Readonly<Record<string, string | number>>} attributes
 * @param {...(Node | string)} children
 */
function svg(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/**
 * Columns side by side, each in two parts from the ground up.
 * @param {string} label what is seen, in words
 * @param {readonly { lower: number, upper: number, title: string }[]} columns
 */
export function barChart(label, columns) {
  const highest = Math.max(1, ...columns.map(({ lower, upper }) => lower + upper));
  const height = 100;
  const bars = columns.flatMap(({ lower, upper, title }, x) => {
    const all = (height * (lower + upper)) / highest;
    const ground = (height * lower) / highest;
    return [
      svg("rect", { class: "bar", x: x + 0.14, width: 0.72, y: height - all, height: all }, svg("title", {}, title)),
      svg("rect", { class: "bar bar-bad", x: x + 0.14, width: 0.72, y: height - ground, height: ground }),
    ];
  });
  const box = { viewBox: `0 0 ${columns.length} ${height}`, preserveAspectRatio: "none" };
  return svg("svg", { class: "plot", role: "img", "aria-label": label, ...box }, ...bars);
}

/**
 * One bar in parts that make up the whole.
 * @param {string} label
 * @param {readonly { value: number, kind: string }[]} parts
 */
export function shares(label, parts) {
  const whole = parts.reduce((sum, { value }) => sum + value, 0) || 1;
  let x = 0;
  const rects = parts.map(({ value, kind }) => {
    const width = (100 * value) / whole;
    const rect = svg("rect", { class: `share share-${kind}`, x, width, y: 0, height: 10 });
    x += width;
    return rect;
  });
  const box = { viewBox: "0 0 100 10", preserveAspectRatio: "none" };
  return svg("svg", { class: "plot plot-shares", role: "img", "aria-label": label, ...box }, ...rects);
}

/**
 * A bar as long as its share of the longest.
 * @param {number} share 0 to 1
 */
export function meter(share) {
  const box = { viewBox: "0 0 100 1", preserveAspectRatio: "none", "aria-hidden": "true" };
  return svg("svg", { class: "meter", ...box }, svg("rect", { class: "bar", width: 100 * share, height: 1 }));
}

/**
 * A plot's numbers, for whoever cannot or does not want to read it by eye.
 * @param {readonly string[]} head
 * @param {readonly (readonly (string | number)[])[]} rows
 */
export function asTable(head, rows) {
  return element(
    "details",
    { class: "as-table" },
    element("summary", {}, "As a table"),
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, ...head.map((title) => element("th", { scope: "col" }, title)))),
      element(
        "tbody",
        {},
        ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, String(cell))))),
      ),
    ),
  );
}
