import type { Citation, Thumbnail } from "./article.ts";
import type { CacheOutcome } from "./cache.ts";
import type { FailureKind } from "./failure.ts";

/** One sentence of an answer that has passed the gate: nothing shown is ever taken back. */
export interface CitedSentence {
  /** White space and list or heading marks between the sentence before and this one. */
  readonly before: string;
  /** Markdown without footnote marks. */
  readonly text: string;
  /** Numbers of the citations behind it, in order. */
  readonly footnotes: readonly number[];
  /** `structural`: a heading, an introduction or a remark on the sources, which claims nothing. `unsupported` is shown as "(not in the sources)". */
  readonly verdict: "supported" | "unsupported" | "structural";
}

export interface Answer {
  readonly sentences: readonly CitedSentence[];
  readonly citations: readonly Citation[];
  /** Titles offered when there is nothing to cite, or meanings when the question is ambiguous. */
  readonly suggestions: readonly string[];
  readonly outcome: "answered" | "no-source" | "ambiguous";
  /** Why the answer is only the best so far; absent when it is whole. `broke-off`: the language model ended in the middle of it; `tokens`: it was not asked, for its tokens of the day are spent. */
  readonly limit?: "rounds" | "deadline" | "model-unavailable" | "broke-off" | "tokens";
  readonly model: string;
  /** Tokens as the model's server counted them; 0 for the quoting model. */
  readonly tokens: { readonly input: number; readonly output: number };
  readonly cache: CacheOutcome;
  readonly thumbnail?: Thumbnail;
}

/** Shown behind a sentence that no source supports. */
const NOT_IN_THE_SOURCES = "(not in the sources)";

/** The last pipe of a table's row: no formula's, such as `|x|` within a sentence. */
const END_OF_ROW = /\|$(?<=^\|.*[^\\]\||\s\|)/s;

/** The sentence as text, marks and footnotes included: `Text. [1][2]`. In a table they stand in the row's last cell: GFM drops what is behind it. */
export function renderSentence({ before, text, footnotes, verdict }: CitedSentence): string {
  const [end = ""] = END_OF_ROW.exec(text) ?? [];
  const body = text.slice(0, text.length - end.length).trimEnd();
  const marks = footnotes.map((n) => `[${n}]`).join("");
  const remark = verdict === "unsupported" ? NOT_IN_THE_SOURCES : "";
  return before + [body, marks, remark, end].filter((part) => part !== "").join(" ");
}

/** The whole answer as Markdown text with footnote marks, without the list of sources. */
export function renderAnswer(answer: Pick<Answer, "sentences">): string {
  return answer.sentences.map(renderSentence).join("").trim();
}

/** JSON that only its platform reads: which messages hold the reply so far, and up to where. */
export type ReplyProgress = { readonly [key: string]: unknown };

/** Writes one reply. Calls come one after another; each resolves when the platform has taken over the piece or remembered it for the next edit. */
export interface ReplySink {
  /** What Footnote is doing, in a few words; replaced by the next. */
  status(note: string): Promise<void>;
  /** The sentence's citations come first, through `source`. */
  append(sentence: CitedSentence): Promise<void>;
  source(citation: Citation): Promise<void>;
  /** Completes the reply; also the only call when a stored answer is delivered after a crash. @throws {Failure} `delivery-failed` */
  finish(answer: Answer): Promise<ReplyProgress>;
  fail(kind: FailureKind): Promise<ReplyProgress>;
  /** Takes the reply away, with all its messages: its question was taken back. Can be repeated. */
  retract(): Promise<void>;
}
