import type { Passage } from "../core/article.ts";

/** Characters after which a list is continued in another passage, so that a footnote points at something one can find. */
const LONG_LIST = 1_000;

/** A list as one passage, or as several when it is long. */
export function joinItems(items: readonly string[]): Passage[] {
  const chunks: string[] = [];
  for (const item of items) {
    const last = chunks.at(-1);
    if (last === undefined || last.length + item.length > LONG_LIST) chunks.push(item);
    else chunks[chunks.length - 1] = `${last}${/[.;:,!?。]$/u.test(last) ? " " : "; "}${item}`;
  }
  return chunks.map((text) => ({ kind: "list", text }));
}

/** An item with those below it: `Moons: Phobos, Deimos`. */
export function itemWithBelow(own: string, below: readonly string[]): string {
  if (below.length === 0) return own;
  const listed = below.join(", ");
  return own === "" ? listed : `${withColon(own)} ${listed}`;
}

export function withColon(text: string): string {
  return text.endsWith(":") ? text : `${text}:`;
}

/** The cells of a row with the names of their columns: `Crater: Caloris; Diameter: 1,550 km`. Empty cells are passed over. */
export function nameCells(cells: readonly { readonly name: string; readonly text: string }[]): string {
  return cells
    .filter(({ text }) => text !== "")
    .map(({ name, text }) => (name === "" || name === text ? text : `${name}: ${text}`))
    .join("; ");
}
