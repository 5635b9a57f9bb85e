import { z } from "zod";
import type { License } from "../core/article.ts";
import { Failure } from "../core/failure.ts";
import { titleInPath, titleInQuery } from "./title.ts";

/** Asked for once per wiki, along with the first search where that comes first. */
export const SITE_PARAMETERS = { meta: "siteinfo", siprop: "general|rightsinfo|namespaces|namespacealiases" } as const;

export const siteInfo = z.object({
  general: z.object({
    lang: z.string(),
    server: z.string(),
    script: z.string(),
    articlepath: z.string(),
  }),
  rightsinfo: z.object({ url: z.string(), text: z.string() }).optional(),
  namespaces: z.record(z.string(), z.object({ id: z.number(), name: z.string(), canonical: z.string().optional() })),
  namespacealiases: z.array(z.object({ alias: z.string() })).optional(),
});

/** What a wiki says of itself, as far as articles need it. */
export interface Site {
  /** BCP 47, as the wiki names its content's language. */
  readonly language: string;
  readonly license: License | undefined;
  readonly url: (title: string) => string;
  readonly permalink: (title: string, revision: string) => string;
  /** Absolute address of something the wiki links or shows; `undefined` unless http or https. */
  readonly resolve: (address: string) => string | undefined;
  /** Whether the title stands in the main namespace. */
  readonly isArticleTitle: (title: string) => boolean;
}

/**
 * @param apiUrl supplies the protocol where the wiki leaves it open (`//en.wikipedia.org`)
 * @throws {Failure} `wiki-unavailable`
 */
export function createSite(info: z.infer<typeof siteInfo>, apiUrl: URL): Site {
  const server = URL.parse(info.general.server, `${apiUrl.protocol}//${apiUrl.host}`);
  if (server !== null) return siteAt(server, info);
  throw new Failure("wiki-unavailable", "the wiki's reply has an unexpected shape at general.server");
}

function siteAt(server: URL, info: z.infer<typeof siteInfo>): Site {
  const { general, rightsinfo, namespaces, namespacealiases = [] } = info;
  const prefixes = new Set(
    [
      ...Object.values(namespaces).flatMap(({ name, canonical = "" }) => [name, canonical]),
      ...namespacealiases.map(({ alias }) => alias),
    ]
      .filter((prefix) => prefix !== "")
      .map(prefixKey),
  );

  function resolve(address: string): string | undefined {
    const url = URL.parse(address, server.href);
    return url?.protocol === "https:" || url?.protocol === "http:" ? url.href : undefined;
  }
  const script = resolve(general.script) ?? server.href;
  const licenseUrl = rightsinfo !== undefined && rightsinfo.url !== "" ? resolve(rightsinfo.url) : undefined;

  return {
    language: general.lang,
    license: licenseUrl === undefined ? undefined : { name: rightsinfo?.text || licenseUrl, url: licenseUrl },
    url: (title) =>
      general.articlepath.includes("$1")
        ? `${server.origin}${general.articlepath.replace("$1", () => titleInPath(title))}`
        : `${script}?title=${titleInQuery(title)}`,
    permalink: (title, revision) => `${script}?title=${titleInQuery(title)}&oldid=${revision}`,
    resolve,
    isArticleTitle: (title) => !title.includes(":") || !prefixes.has(prefixKey(title.slice(0, title.indexOf(":")))),
  };
}

function prefixKey(prefix: string): string {
  return prefix.replaceAll("_", " ").trim().toLowerCase();
}
