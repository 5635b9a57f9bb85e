import { z } from "zod";
import { inert } from "../fence.ts";
import { fenceAll, heading, readArticle, take, type Wiki, wikiTool } from "./wiki-tool.ts";

export const fetchWikipediaInfo = (wiki: Wiki) =>
  wikiTool({
    name: "fetch_wikipedia_info",
    description:
      "The beginning of the article that fits the query best, its address, and the meanings to choose from when it is ambiguous.",
    schema: z.object({ query: z.string().min(1).max(300).describe("A title, or a few words") }),
    async use({ query }, run) {
      run.emit({ type: "status", text: run.texts.searching(wiki.source.name) });
      const hits = take(run, await wiki.source.search(query, { limit: 5, ...run.lookup }));
      hits.forEach(({ title }) => run.titles.add(title));
      const read = await readArticle(wiki, run, hits[0]?.title ?? query);
      if ("text" in read) return read;
      const lead = read.sources.filter(({ section }) => section === "");
      const others = hits.slice(1).map(({ title }) => inert(title));
      return {
        text: [
          `${heading(read.article)} ${read.article.url}`,
          fenceAll(run, lead),
          ...(others.length === 0 ? [] : [`Other articles: ${others.join("; ")}`]),
        ].join("\n"),
      };
    },
  });
