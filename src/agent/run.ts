import type { CacheOutcome } from "../core/cache.ts";
import type { Failure } from "../core/failure.ts";
import type { LookupOptions } from "../core/wiki.ts";
import { type AnswerTexts, textsFor } from "./answer-texts.ts";
import { CitationGate, type GateEvent } from "./citation-gate.ts";
import { DraftReader } from "./draft.ts";
import { quotesFrom } from "./quotations.ts";
import { SourceList } from "./source-list.ts";
import type { ToolArtifact } from "./tool-artifact.ts";
import type { Topic } from "./topic.ts";

export type RunEvent = { readonly type: "status"; readonly text: string } | GateEvent;

/** What one question gathers on its way through the graph. */
export class AgentRun {
  readonly topic: Topic;
  /** In the asker's language. */
  readonly texts: AnswerTexts;
  readonly signal: AbortSignal;
  /** How the wiki is asked. */
  readonly lookup: LookupOptions;
  readonly emit: (event: RunEvent) => void;
  readonly sources = new SourceList();
  readonly gate = new CitationGate(this.sources);
  readonly outcomes: CacheOutcome[] = [];
  /** Titles the wiki offered, best first. */
  readonly titles = new Set<string>();
  readonly choices = new Set<string>();
  readonly tokens = { input: 0, output: 0 };
  /** What could be quoted if nobody finds better words. */
  readonly quotable: ToolArtifact[] = [];
  toolRounds = 0;
  /** Why the wiki did not serve, if it did not. */
  wikiFailure: Failure | undefined;
  /** The quoting model speaks, from the beginning or in the language model's place. */
  isQuoting = false;
  /** The language model could not be reached, or not to the end. */
  modelFailed = false;
  /** The language model's tokens of the day are spent. */
  isOverTokens = false;
  /** The language model ended in the middle of its answer. */
  brokeOff = false;
  #draft = new DraftReader();

  constructor(options: {
    readonly topic: Topic;
    readonly question: string;
    readonly language?: string | undefined;
    readonly signal: AbortSignal;
    readonly emit: (event: RunEvent) => void;
  }) {
    this.topic = options.topic;
    this.texts = textsFor(options.question);
    this.signal = options.signal;
    this.lookup = { signal: options.signal, ...(options.language === undefined ? {} : { language: options.language }) };
    this.emit = options.emit;
    if (this.topic.chosen !== undefined) this.titles.add(this.topic.chosen);
  }

  /** Meanings for the asker to choose from, who is asked only once. */
  offer(choices: readonly string[]): void {
    if (this.topic.chosen === undefined) for (const choice of choices) this.choices.add(choice);
  }

  /** A piece of the model's text. */
  write(delta: string): void {
    for (const draft of this.#draft.push(delta)) this.gate.push(draft).forEach(this.emit);
  }

  /** The best sentences of what was found, word for word; nothing when none is relevant. */
  quote(): void {
    this.gate.quote(quotesFrom(this.quotable)).forEach(this.emit);
  }

  /** The model has finished its turn, to call tools or for good. */
  endTurn(turn: "calls-tools" | "answers" | "broke-off"): void {
    // Half a sentence is no sentence.
    const rest = turn === "broke-off" ? [] : this.#draft.end();
    this.#draft = new DraftReader();
    for (const draft of rest) this.gate.push(draft).forEach(this.emit);
    if (turn === "answers") this.gate.end().forEach(this.emit);
    else this.gate.drop();
    this.brokeOff ||= turn === "broke-off";
  }
}
