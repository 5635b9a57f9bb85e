import type { RunnableConfig } from "@langchain/core/runnables";
import { type StructuredToolInterface, tool } from "@langchain/core/tools";
import type { z } from "zod";
import type { Article, NoArticle, Source } from "../../core/article.ts";
import { sourcesOf } from "../../core/article.ts";
import type { Cached } from "../../core/cache.ts";
import { Failure, toFailure } from "../../core/failure.ts";
import type { PassageFinder, WikiSource } from "../../core/wiki.ts";
import { inert, fence } from "../fence.ts";
import { AgentRun } from "../run.ts";
import type { ToolArtifact } from "../tool-artifact.ts";

export interface Wiki {
  readonly source: WikiSource;
  readonly passages: PassageFinder;
}

export interface ToolResult {
  readonly text: string;
  readonly artifact?: ToolArtifact;
}

/** Characters of wiki text that one result holds at the most, so that six results fit any model. */
const MAX_RESULT_LENGTH = 8_000;

/**
 * A tool of the agent's. Its failures are sentences for the model, except when the whole run has ended.
 * `use` finds the run it works for in its second argument.
 */
export function wikiTool<Schema extends z.ZodObject>(options: {
  readonly name: string;
  readonly description: string;
  readonly schema: Schema;
  readonly use: (input: z.output<Schema>, run: AgentRun) => Promise<ToolResult>;
}): StructuredToolInterface {
  const { name, description, schema, use } = options;
  return tool(
    async (input: z.output<Schema>, config: RunnableConfig): Promise<[string, ToolArtifact | undefined]> => {
      const run = runOf(config);
      try {
        const { text, artifact } = await use(input, run);
        return [text, artifact];
      } catch (error) {
        run.signal.throwIfAborted();
        const failure = toFailure(error);
        run.wikiFailure = failure;
        return [excuse(failure), undefined];
      }
    },
    { name, description, schema, responseFormat: "content_and_artifact" },
  );
}

export function runOf(config: RunnableConfig): AgentRun {
  const run: unknown = config.configurable?.["run"];
  if (!(run instanceof AgentRun)) throw new Failure("bug", "no run in the configuration");
  return run;
}

function excuse({ kind }: Failure): string {
  if (kind === "over-budget") return "The wiki may not be asked more often at present. Answer from what you have.";
  if (kind === "bug") return "This tool failed. Try another one, or answer from what you have.";
  return "The wiki cannot be reached at present. Answer from what you have, or say that it cannot be reached.";
}

/** Notes a result's cache outcome, and returns its value. */
export function take<T>(run: AgentRun, cached: Cached<T>): T {
  run.outcomes.push(cached.outcome);
  return cached.value;
}

/** When the text was fetched, if it is served during an outage. */
function staleSince(cached: Cached<unknown>): string | undefined {
  return cached.outcome === "stale" ? cached.loadedAt : undefined;
}

/** Sources numbered and fenced, as many as one result may hold. */
export function fenceAll(run: AgentRun, sources: readonly Source[]): string {
  let length = 0;
  const fitting = sources.filter(
    (source) => (length += source.text.length) <= MAX_RESULT_LENGTH || length === source.text.length,
  );
  return fitting.map((source) => fence(run.sources.add(source), source)).join("\n");
}

/** The article, or else what to tell the model. A redirect is told as well. */
export async function readArticle(
  wiki: Wiki,
  run: AgentRun,
  title: string,
): Promise<{ readonly article: Article; readonly sources: Source[] } | { readonly text: string }> {
  run.emit({ type: "status", text: run.texts.reading(title) });
  const cached = await wiki.source.article(title, { ...run.lookup });
  const found = take(run, cached);
  if (!isArticle(found)) return { text: `There is no article titled “${inert(title)}”. Use search_wikipedia.` };
  if (found.kind === "disambiguation") {
    const { chosen } = run.topic;
    if (chosen !== undefined && chosen !== title && found.choices.includes(chosen))
      return readArticle(wiki, run, chosen);
    run.offer(found.choices);
    return {
      text: `“${inert(found.title)}” can mean: ${found.choices.map(inert).join("; ")}. Choose one by its title.`,
    };
  }
  run.titles.add(found.title);
  return { article: found, sources: sourcesOf(found, { staleSince: staleSince(cached) }) };
}

function isArticle(found: Article | NoArticle): found is Article {
  return found.kind === "article" || found.kind === "disambiguation";
}

/** “Title”, and where the wiki redirected from. */
export function heading(article: Article): string {
  const from = article.redirectedFrom === undefined ? "" : ` (redirected from “${inert(article.redirectedFrom)}”)`;
  return `“${inert(article.title)}”${from}`;
}
