import type { Passage } from "../core/article.ts";
import { descendants, hasClass, isClutter, isElement, type HtmlElement, type HtmlNode } from "./html.ts";
import { proseOf } from "./inline-text.ts";
import { itemWithBelow, joinItems, withColon } from "./passage-text.ts";

const LISTS = new Set(["ul", "ol", "dl"]);

export function listPassages(list: HtmlElement): Passage[] {
  return joinItems(itemTexts(list));
}

/** Items in order; a definition goes with its term, and the items below an item with that one: `Moons: Phobos, Deimos`. */
function itemTexts(list: HtmlElement): string[] {
  const texts: string[] = [];
  for (const item of list.childNodes.filter(isElement)) {
    const text = isClutter(item) ? "" : itemText(item);
    if (text === "") continue;
    const term = texts.at(-1);
    if (item.name === "dd" && term?.endsWith(":")) texts[texts.length - 1] = itemWithBelow(term, [text]);
    else texts.push(item.name === "dt" ? withColon(text) : text);
  }
  return texts;
}

function itemText(item: HtmlElement): string {
  const own = proseOf(item.childNodes.filter((node) => !isList(node)));
  const below = item.childNodes.filter(isList).filter((list) => !isClutter(list));
  return itemWithBelow(own, below.flatMap(itemTexts));
}

function isList(node: HtmlNode): node is HtmlElement {
  return isElement(node) && LISTS.has(node.name);
}

/** Share of an item's text that must be link for the item to be one. */
const MOSTLY = 0.7;

/** Whether the list says nothing itself: see also, further reading, external links. */
export function isLinkList(list: HtmlElement): boolean {
  const items = list.childNodes.filter(isElement).filter((item) => !isClutter(item));
  return items.length > 0 && items.every(isLinkItem);
}

function isLinkItem(item: HtmlElement): boolean {
  let linked = 0;
  for (const element of descendants(item.childNodes, (child) => !isClutter(child))) {
    if (element.name === "cite" || hasClass(element, "citation") || hasClass(element, "external")) return true;
    if (element.name === "a") linked += proseOf(element.childNodes).length;
  }
  return linked >= MOSTLY * proseOf(item.childNodes).length;
}
