import { z } from "zod";
import { inert } from "../fence.ts";
import type { ToolArtifact } from "../tool-artifact.ts";
import { fenceAll, take, type Wiki, wikiTool } from "./wiki-tool.ts";

export const FIND_PASSAGES = "find_passages";

export const findPassages = (wiki: Wiki) =>
  wikiTool({
    name: FIND_PASSAGES,
    description: "The passages that are most likely to answer a question. Begin with this tool.",
    schema: z.object({
      question: z.string().min(1).max(8_000).describe("A whole question that names what it is about"),
      titles: z.array(z.string().min(1).max(300)).max(5).optional().describe("Look in these articles only"),
    }),
    async use({ question, titles }, run) {
      run.emit({ type: "status", text: run.texts.lookingUp(wiki.source.name) });
      const { chosen, subject, mentioned, earlier } = run.topic;
      const cached = await wiki.passages.find(question, {
        titles: chosen === undefined ? titles : [chosen, ...(titles ?? [])],
        subject: chosen ?? subject,
        mentioned,
        earlier,
        ...run.lookup,
      });
      const found = take(run, cached);
      found.titles.forEach((title) => run.titles.add(title));
      run.offer(found.choices);
      const sources = found.passages.map(({ source }) => source);
      const artifact: ToolArtifact = {
        relevant: found.relevant,
        passages: found.passages.map((passage) => ({ n: run.sources.add(passage.source), passage })),
      };
      run.quotable.push(artifact);
      const notes = [
        ...(found.choices.length === 0 ? [] : [`It may be ambiguous: ${found.choices.map(inert).join("; ")}`]),
        ...(found.passages.length === 0 ? ["No passage found. Try search_wikipedia with other words."] : []),
      ];
      return { text: [fenceAll(run, sources), ...notes].join("\n"), artifact };
    },
  });
