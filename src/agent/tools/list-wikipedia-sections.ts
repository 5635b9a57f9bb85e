import { z } from "zod";
import { inert } from "../fence.ts";
import { heading, readArticle, type Wiki, wikiTool } from "./wiki-tool.ts";

export const listWikipediaSections = (wiki: Wiki) =>
  wikiTool({
    name: "list_wikipedia_sections",
    description: "The headings of an article.",
    schema: z.object({ title: z.string().min(1).max(300).describe("The article's exact title") }),
    async use({ title }, run) {
      const read = await readArticle(wiki, run, title);
      if ("text" in read) return read;
      const headings = read.article.sections
        .filter((section) => section.title !== "")
        .map((section) => `${"  ".repeat(Math.max(0, section.level - 2))}- ${inert(section.title)}`);
      return { text: [`Sections of ${heading(read.article)}:`, ...headings].join("\n") };
    },
  });
