import { load, type CheerioAPI } from "cheerio/slim";

type Document = ReturnType<CheerioAPI["root"]>[number];
export type HtmlNode = Document["childNodes"][number];
type HtmlText = Extract<HtmlNode, { readonly nodeType: 3 }>;
export type HtmlElement = Extract<HtmlNode, { readonly attribs: object }>;

/** The nodes of a piece of HTML. MediaWiki serialises well-formed HTML, so the small and fast parser will do. */
export function parseHtml(html: string): readonly HtmlNode[] {
  return load(html).root()[0]?.childNodes ?? [];
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return "attribs" in node;
}

export function isText(node: HtmlNode): node is HtmlText {
  return node.nodeType === 3;
}

export function hasClass(element: HtmlElement, name: string): boolean {
  return classesOf(element).includes(name);
}

export function classesOf(element: HtmlElement): readonly string[] {
  const value = element.attribs["class"];
  return value === undefined || value === "" ? [] : value.split(/\s+/);
}

/** Elements below the nodes in document order; `enter` says which are looked into. */
export function* descendants(
  nodes: readonly HtmlNode[],
  enter: (element: HtmlElement) => boolean = () => true,
): Generator<HtmlElement> {
  for (const node of nodes) {
    if (!isElement(node) || !enter(node)) continue;
    yield node;
    yield* descendants(node.childNodes, enter);
  }
}

const CLUTTER_NAMES = new Set([
  "style",
  "script",
  "link",
  "meta",
  "noscript",
  "template",
  "audio",
  "video",
  "input",
  "button",
  "svg",
  "nav",
]);

/** Classes of MediaWiki, its extensions and the templates that most wikis share. Wherever a role says it too, the role is enough. */
const CLUTTER_CLASSES = new Set([
  // references and their marks
  "reference",
  "references",
  "reflist",
  "mw-references-wrap",
  "mw-cite-backlink",
  "mw-ref",
  "Inline-Template",
  "error",
  "mw-ext-cite-error",
  // navigation
  "toc",
  "mw-editsection",
  "mw-jump-link",
  "navbox",
  "navbox-styles",
  "vertical-navbox",
  "sidebar",
  "navbar",
  "portalbox",
  "portal-bar",
  "sistersitebox",
  "side-box",
  "succession-box",
  "authority-control",
  "catlinks",
  "printfooter",
  "redirectMsg",
  // notes about the page rather than its subject
  "hatnote",
  "dablink",
  "rellink",
  "ambox",
  "tmbox",
  "ombox",
  "cmbox",
  "metadata",
  "shortdescription",
  "bandeau-container",
  // shown to nobody, or not on paper
  "noprint",
  "mw-empty-elt",
  "sortkey",
  "geo-nondefault",
  "geo-multi-punct",
  "geo-inline-hidden",
  "ext-phonos",
  "mw-tmh-player",
]);

const CLUTTER_IDS = new Set(["toc", "coordinates"]);

/** Whether the element holds nothing of what the article says about its subject. */
export function isClutter(element: HtmlElement): boolean {
  if (CLUTTER_NAMES.has(element.name)) return true;
  const { id, role, style } = element.attribs;
  if (role === "navigation" || role === "note") return true;
  if (id !== undefined && CLUTTER_IDS.has(id)) return true;
  if (style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)) return true;
  return classesOf(element).some((name) => CLUTTER_CLASSES.has(name));
}

const PICTURE_CLASSES = new Set(["thumb", "gallery", "infobox-image", "infobox-caption"]);

/** Pictures with their captions. */
export function isPicture(element: HtmlElement): boolean {
  if (element.name === "figure" || element.name === "img") return true;
  return classesOf(element).some((name) => PICTURE_CLASSES.has(name));
}

/** The classes that templates of the larger wikis and Extension:PortableInfobox give to the box of key figures. */
export function isInfobox(element: HtmlElement): boolean {
  return classesOf(element).some((name) =>
    /^(?:(?:portable-)?infobox(?:_v\d)?|infobox-subbox|taxobox|sinottico)$/.test(name),
  );
}
