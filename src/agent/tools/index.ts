import type { StructuredToolInterface } from "@langchain/core/tools";
import { fetchWikipediaInfo } from "./fetch-wikipedia-info.ts";
import { findPassages } from "./find-passages.ts";
import { getSectionContent } from "./get-section-content.ts";
import { listWikipediaSections } from "./list-wikipedia-sections.ts";
import { searchWikipedia } from "./search-wikipedia.ts";
import type { Wiki } from "./wiki-tool.ts";

export function wikiTools(wiki: Wiki): StructuredToolInterface[] {
  return [findPassages, searchWikipedia, fetchWikipediaInfo, listWikipediaSections, getSectionContent].map((create) =>
    create(wiki),
  );
}
