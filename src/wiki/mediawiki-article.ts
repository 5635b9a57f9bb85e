import type { z } from "zod";
import type { Article } from "../core/article.ts";
import { readChoices, readThumbnail } from "./article-links.ts";
import { readSections } from "./article-sections.ts";
import { parseHtml } from "./html.ts";
import type { parseReply } from "./mediawiki-replies.ts";
import type { Site } from "./mediawiki-site.ts";

/** @param language the code the wiki was asked by; `undefined` leaves it to the wiki, which knows its own */
export function articleOf({ parse }: z.infer<typeof parseReply>, site: Site, language: string | undefined): Article {
  const { title, properties = {}, redirects: [redirect] = [] } = parse;
  const revision = String(parse.revid);
  const nodes = parseHtml(parse.text);
  const isDisambiguation = "disambiguation" in properties;
  const file = properties["page_image_free"] ?? properties["page_image"];
  const thumbnail = readThumbnail(nodes, typeof file === "string" ? file : undefined, site.resolve);
  return {
    kind: isDisambiguation ? "disambiguation" : "article",
    title,
    ...(redirect !== undefined && { redirectedFrom: redirect.from }),
    language: language ?? site.language,
    url: site.url(title),
    permalink: site.permalink(title, revision),
    revision,
    sections: readSections(nodes),
    choices: isDisambiguation ? readChoices(nodes, site.isArticleTitle) : [],
    ...(thumbnail !== undefined && { thumbnail }),
    ...(site.license !== undefined && { license: site.license }),
  };
}
