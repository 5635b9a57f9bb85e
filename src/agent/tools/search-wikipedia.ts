import { z } from "zod";
import { inert } from "../fence.ts";
import { take, type Wiki, wikiTool } from "./wiki-tool.ts";

export const searchWikipedia = (wiki: Wiki) =>
  wikiTool({
    name: "search_wikipedia",
    description: "Titles of articles that contain all the words of the query, best first. Use few and telling words.",
    schema: z.object({ query: z.string().min(1).max(300).describe("Two or three words, for instance a name") }),
    async use({ query }, run) {
      run.emit({ type: "status", text: run.texts.searching(wiki.source.name) });
      const hits = take(run, await wiki.source.search(query, { limit: 8, ...run.lookup }));
      hits.forEach(({ title }) => run.titles.add(title));
      if (hits.length === 0) return { text: `Nothing found for “${inert(query)}”. Try fewer or other words.` };
      return { text: hits.map(({ title, snippet }) => `- ${inert(title)}: ${inert(snippet)}`).join("\n") };
    },
  });
