import type { Thumbnail } from "../core/article.ts";
import { descendants, hasClass, isClutter, isElement, isInfobox, type HtmlElement, type HtmlNode } from "./html.ts";

/**
 * The titles a disambiguation page offers, in order: the first link of each entry, since further ones explain it.
 * @param isArticleTitle tells the main namespace from the others
 */
export function readChoices(nodes: readonly HtmlNode[], isArticleTitle: (title: string) => boolean): string[] {
  const content = [...descendants(nodes, (element) => !isClutter(element))];
  const titles = content
    .filter(({ name }) => name === "li")
    .map((item) =>
      linkedTitles(item.childNodes.filter((node) => !isElement(node) || !/^[uo]l$/.test(node.name))).find(
        isArticleTitle,
      ),
    )
    .filter((title) => title !== undefined);
  return [...new Set(titles.length > 0 ? titles : linkedTitles(nodes).filter(isArticleTitle))];
}

/** Targets of links within the wiki; MediaWiki gives them as `title`. Pages that do not exist are left out. */
function linkedTitles(nodes: readonly HtmlNode[]): string[] {
  return [...descendants(nodes, (element) => !isClutter(element))]
    .filter(
      (element) =>
        element.name === "a" && !["new", "extiw", "external", "image"].some((name) => hasClass(element, name)),
    )
    .map(({ attribs }) => attribs["title"] ?? "")
    .filter((title) => title !== "");
}

/** Narrower pictures are icons and flags. Pixels. */
const NARROWEST_THUMBNAIL = 100;

/**
 * The picture that Extension:PageImages chose, as it is shown in the page; without its choice the first one of the infobox
 * or of the frames beside the text.
 * @param file the chosen file's name
 */
export function readThumbnail(
  nodes: readonly HtmlNode[],
  file: string | undefined,
  resolve: (address: string) => string | undefined,
): Thumbnail | undefined {
  const images =
    file === undefined ? framedImages(nodes) : [...descendants(nodes)].filter(({ name }) => name === "img");
  const image = images.find((element) => (file === undefined ? isWide(element) : showsFile(element, file)));
  const url = image === undefined ? undefined : resolve(image.attribs["src"] ?? "");
  const [width, height] = [Number(image?.attribs["width"]), Number(image?.attribs["height"])];
  return url === undefined || !(width > 0) || !(height > 0) ? undefined : { url, width, height };
}

function framedImages(nodes: readonly HtmlNode[]): HtmlElement[] {
  return [...descendants(nodes, (element) => !isClutter(element))]
    .filter((element) => isInfobox(element) || element.name === "figure" || hasClass(element, "thumb"))
    .flatMap((frame) => [...descendants(frame.childNodes)].filter(({ name }) => name === "img"));
}

function isWide(image: HtmlElement): boolean {
  return Number(image.attribs["width"]) >= NARROWEST_THUMBNAIL;
}

function showsFile(image: HtmlElement, file: string): boolean {
  return (
    (image.attribs["src"] ?? "").includes(`/${encodeURIComponent(file.replaceAll(" ", "_"))}`) ||
    decoded(image.attribs["src"] ?? "").includes(`/${file.replaceAll(" ", "_")}`)
  );
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
