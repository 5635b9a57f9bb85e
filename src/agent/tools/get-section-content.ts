import { z } from "zod";
import { inert } from "../fence.ts";
import { fenceAll, heading, readArticle, type Wiki, wikiTool } from "./wiki-tool.ts";

export const getSectionContent = (wiki: Wiki) =>
  wikiTool({
    name: "get_section_content",
    description: "The text of one section of an article.",
    schema: z.object({
      title: z.string().min(1).max(300).describe("The article's exact title"),
      section: z.string().max(300).describe("The section's heading; empty for the beginning of the article"),
    }),
    async use({ title, section }, run) {
      const read = await readArticle(wiki, run, title);
      if ("text" in read) return read;
      const wanted = section.trim().toLowerCase();
      const sources = read.sources.filter((source) => source.section.toLowerCase() === wanted);
      if (sources.length > 0) return { text: `${heading(read.article)}\n${fenceAll(run, sources)}` };
      const headings = read.article.sections.map((one) => inert(one.title)).filter((one) => one !== "");
      return { text: `${heading(read.article)} has no text under that heading. Its headings: ${headings.join("; ")}` };
    },
  });
