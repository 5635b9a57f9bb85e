import type { Citation, Source } from "../core/article.ts";
import type { CitedSentence } from "../core/reply.ts";
import { isAboutSources, isFiller } from "./asides.ts";
import { type DraftSentence, NOTHING_YET } from "./draft.ts";
import { quotedText } from "./quoted-text.ts";
import type { Quotation } from "./quotations.ts";
import type { SourceList } from "./source-list.ts";
import { Support } from "./support.ts";

export type GateEvent =
  | { readonly type: "source"; readonly citation: Citation }
  | { readonly type: "sentence"; readonly sentence: CitedSentence };

interface Waiting extends DraftSentence {
  readonly paragraph: number;
}

/**
 * Lets a sentence through with the footnotes that hold, deterministically and without a model. A footnote holds when it
 * names a source of this exchange, and the sentence's numbers, dates and names stand in what its footnotes name together.
 *
 * Sentences without a footnote that holds wait until one with such a footnote follows, so that an answer without any
 * source is never shown, and what a model says before it calls a tool is not taken for an answer. If they had no
 * footnote at all, that of the sentence after or before them in the same paragraph is tried: many models write one
 * footnote for several sentences.
 */
export class CitationGate {
  readonly #sources: SourceList;
  readonly #support: Support;
  readonly #citations: Citation[] = [];
  readonly #sentences: CitedSentence[] = [];
  /** How many of the citations have been told of. */
  #told = 0;
  #waiting: Waiting[] = [];
  #hasRefused = false;
  #paragraph = 0;
  #last: { readonly paragraph: number; readonly marks: readonly number[] } | undefined;
  /** Footnotes of an introduction that hold for the list behind it too: `They are [1]:`. */
  #introduction: readonly number[] = [];

  constructor(sources: SourceList) {
    this.#sources = sources;
    this.#support = new Support(sources);
  }

  get citations(): readonly Citation[] {
    return this.#citations;
  }

  /** What has been let through so far. */
  get sentences(): readonly CitedSentence[] {
    return this.#sentences;
  }

  /** Whether an answer ended without anything to show though it named sources: they do not say what it says. */
  get hasRefused(): boolean {
    return this.#hasRefused;
  }

  push(draft: DraftSentence): GateEvent[] {
    if (draft === NOTHING_YET) {
      this.drop();
      return [];
    }
    if (draft.text === "") return this.#markLast(draft.marks);
    if (isFiller(draft.text)) return [];
    if (draft.before.includes("\n")) this.#paragraph += 1;
    return this.#weigh({ ...draft, marks: this.#marksFor(draft), paragraph: this.#paragraph });
  }

  #weigh(draft: Waiting): GateEvent[] {
    const marked = this.#joined(draft);
    const sources = this.#bearing(marked.text, marked.marks);
    if (sources.length === 0) {
      this.#waiting.push(marked);
      return [];
    }
    const events = [...this.#release(marked), ...this.#pass(marked, sources)];
    this.#last = marked;
    return events;
  }

  /** Sentences of sources, word for word: they need no proof, and no tidying. */
  quote(quotations: readonly Quotation[]): GateEvent[] {
    return quotations.flatMap(({ before, text, n }) => {
      const source = this.#sources.at(n);
      return source === undefined ? [] : this.#show({ before, text: quotedText(text) }, [this.#note(source, text)]);
    });
  }

  /** The text was the answer's: what waits is shown too, if anything was. */
  end(): GateEvent[] {
    const events = this.#sentences.length === 0 ? this.#findFootnotes() : [];
    if (this.#sentences.length === 0) {
      this.#hasRefused = this.#waiting.some(({ marks }) => marks.length > 0);
      this.#waiting = [];
    }
    // A heading or an introduction with nothing behind it is left out.
    while (this.#waiting.length > 0 && this.#isStructure(this.#waiting.at(-1)!)) this.#waiting.pop();
    return [...events, ...this.#release()];
  }

  /** An answer without any footnote, as of a model that has its own way to write them: a sentence gets that of the first source that bears it. */
  #findFootnotes(): GateEvent[] {
    const waiting = this.#waiting;
    if (waiting.some(({ marks }) => marks.length > 0)) return [];
    this.#waiting = [];
    return waiting.flatMap(({ text, ...rest }) => {
      const draft = { ...rest, text: text.replace(OWN_MARK, "") };
      const source = isAboutSources(draft.text)
        ? undefined
        : [...this.#sources].find((one) => this.#support.bearing(draft.text, [one]).length > 0);
      return this.#weigh(source === undefined ? draft : { ...draft, marks: [this.#sources.add(source)] });
    });
  }

  /** The text only led to a tool call: what waits is dropped. */
  drop(): void {
    this.#waiting = [];
    this.#introduction = [];
    this.#paragraph += 1;
  }

  /** Footnotes on a line of their own belong to the sentence above. */
  #markLast(marks: readonly number[]): GateEvent[] {
    const last = this.#waiting.at(-1);
    if (last === undefined || last.marks.length > 0) return [];
    this.#waiting.pop();
    return this.#weigh({ ...last, marks });
  }

  #marksFor({ before, text, marks }: DraftSentence): readonly number[] {
    const isItem = /[-*+•.)]\s+$/.test(before);
    if (isIntroduction(text)) this.#introduction = marks;
    else if (!isItem) this.#introduction = [];
    return marks.length === 0 && isItem ? this.#introduction : marks;
  }

  /** A quotation is one sentence again where the reader has cut it, at a short form of a language it does not know. */
  #joined(draft: Waiting): Waiting {
    let whole = draft;
    for (const part of this.#waiting.toReversed()) {
      if (part.marks.length > 0 || part.paragraph !== whole.paragraph) break;
      whole = { ...part, text: part.text + whole.before + whole.text, marks: whole.marks };
      if (this.#named(whole.marks).some((source) => this.#support.isVerbatim(whole.text, source))) {
        this.#waiting.splice(this.#waiting.indexOf(part));
        return whole;
      }
    }
    return draft;
  }

  /** Lets go of what waits, before a sentence that holds or at the end. */
  #release(next?: Waiting): GateEvent[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting.flatMap((draft) => {
      const isStructure = this.#isStructure(draft);
      // A heading that claims what no source says is no loss.
      if (draft.isHeading && draft.marks.length === 0 && !isStructure) return [];
      const claimsNothing = isStructure || isAboutSources(draft.text);
      return this.#pass(draft, claimsNothing ? [] : this.#neighbouring(draft, next), claimsNothing);
    });
  }

  /** Sources of the footnotes beside a sentence that has none. */
  #neighbouring({ text, marks, paragraph }: Waiting, next: Waiting | undefined): Source[] {
    if (marks.length > 0) return [];
    for (const neighbour of [next, this.#last]) {
      const isItsList = neighbour === next && isIntroduction(text);
      if (neighbour === undefined || (neighbour.paragraph !== paragraph && !isItsList)) continue;
      const sources = this.#bearing(text, neighbour.marks);
      if (sources.length > 0) return sources;
    }
    return [];
  }

  #pass({ before, text }: DraftSentence, sources: readonly Source[], claimsNothing = false): GateEvent[] {
    const footnotes = [...new Set(sources.map((source) => this.#cite(source, text)))].toSorted((a, b) => a - b);
    return this.#show({ before, text }, footnotes, claimsNothing ? "structural" : "unsupported");
  }

  /** @param without its verdict when it has no footnote */
  #show(
    { before, text }: Pick<CitedSentence, "before" | "text">,
    footnotes: readonly number[],
    without: CitedSentence["verdict"] = "unsupported",
  ): GateEvent[] {
    const sentence: CitedSentence = { before, text, footnotes, verdict: footnotes.length > 0 ? "supported" : without };
    this.#sentences.push(sentence);
    const news = this.#citations.slice(this.#told);
    this.#told = this.#citations.length;
    return [...news.map((citation) => ({ type: "source", citation }) as const), { type: "sentence", sentence }];
  }

  /** Headings, introductions and heads of tables that claim nothing. */
  #isStructure({ text, marks, isHeading }: DraftSentence): boolean {
    if (marks.length > 0) return false;
    const isTableHead = text.startsWith("|") && !/\d/.test(text);
    return (isHeading || isIntroduction(text) || isTableHead) && this.#support.isLabel(text);
  }

  #named(marks: readonly number[]): Source[] {
    return [...new Set(marks)].map((mark) => this.#sources.at(mark)).filter((source) => source !== undefined);
  }

  #bearing(text: string, marks: readonly number[]): Source[] {
    return this.#support.bearing(text, this.#named(marks));
  }

  #cite(source: Source, sentence: string): number {
    return this.#note(source, this.#support.quote(sentence, source));
  }

  #note(source: Source, quote: string): number {
    const known = this.#citations.find((citation) => citation.source.id === source.id && citation.quote === quote);
    if (known !== undefined) return known.n;
    const n = this.#citations.length + 1;
    this.#citations.push({ n, source, quote });
    return n;
  }
}

/** A footnote as some write it at the end of a sentence: `1856 (1).`, `1856.¹` */
const OWN_MARK = /\s*(?:\(\d{1,2}\)|[⁰¹²³⁴-⁹]{1,2})(?=[.!?。！？]*$)/u;

/** Of a list: `There are three:`. */
function isIntroduction(text: string): boolean {
  return /[:：]$/.test(text);
}
