import type { FoundPassage } from "../core/wiki.ts";

/** What `find_passages` hands on to the quoting model, which cannot read prose. */
export interface ToolArtifact {
  readonly passages: readonly { readonly n: number; readonly passage: FoundPassage }[];
  readonly relevant: boolean;
}

/** Other tools' messages carry none. */
export function isToolArtifact(artifact: unknown): artifact is ToolArtifact {
  return typeof artifact === "object" && artifact !== null && "passages" in artifact && "relevant" in artifact;
}
