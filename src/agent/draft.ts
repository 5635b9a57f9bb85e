import { splitSentences } from "../core/sentences.ts";
import { LIST_OF_MARKS, tidy } from "./draft-line.ts";
import { WithoutThoughts } from "./without-thoughts.ts";

/** A sentence as the model wrote it, before its footnotes are checked. */
export interface DraftSentence {
  /** White space and Markdown marks in front of it. */
  readonly before: string;
  /** Without footnote marks, links and raw addresses. Empty for footnotes on a line of their own, which are the sentence's before. */
  readonly text: string;
  /** Numbers in `[n]` behind or inside it. */
  readonly marks: readonly number[];
  readonly isHeading: boolean;
}

// Each begins where no character of its own kind stands before: a model that repeats one for ever would else be read again from each.
const MARK = new RegExp(String.raw`(?<!\s)\s*\[(${LIST_OF_MARKS})\]`, "g");
/** A full stop that comes before its footnotes: `1856.[3] He` is `1856[3]. He`. */
const STOP_BEFORE_MARKS = new RegExp(
  String.raw`(?<![.!?…。！？])([.!?…。！？]+["'”’»)\]*_]*)((?:\s*\[${LIST_OF_MARKS}\])+)`,
  "g",
);
const BLOCK_MARK = /^\s*(?:(?:[-*+•]|\d{1,2}[.)]|>|#{1,6})\s+)*/;

/** The beginning of a footnote, or of a word that will tell whether the full stop before it ended a sentence or a short form. */
const MAY_BELONG_BEFORE = /^\P{L}*[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]*$/u;

/** Begins or ends a code block, perhaps with the name of its language. One that is left open would swallow all that follows. */
const FENCE = /^\s*(?:`{3,}|~{3,})(?:\s*[\w+#.-]*\s*$|(?!.*(?:`{3}|~{3})))/;

/** Below a table's head. */
const TABLE_RULE = /^\|[\s:|-]+$/;

/** Begins the model's own list of sources, which is no part of the answer: Footnote makes one. */
const LIST_OF_SOURCES =
  /^[\s#*_>-]*(?:sources?|references?|footnotes?|citations?|quellen|einzelnachweise|fuentes|referencias|références|fonti|bronnen|出典|参考文献|来源)\s*[:：]?[*_\s]*[:：]?(?:[\s,;]*\[[^\]]*\])*[\s.]*$/iu;

/** What came before was no part of the answer. */
export const NOTHING_YET: DraftSentence = { before: "", text: "", marks: [], isHeading: false };

/** A link's address, or what may be one, whose end has not come. */
const UNFINISHED_LINK = /\](?:\([^)]*)?$/;

const ENDS_SENTENCE = /[.!?…。！？]/;

/** Characters of a line that is read as a whole. Nobody writes longer sentences, but a model may go on for ever. */
const LONGEST_LINE = 3_000;

/** The same few characters again and again, as of a model that has lost its way: ten of them say as much. */
const STUTTER = /([^\n]{1,4}?)\1{30,}/gu;

/** Numbers that a range such as `[2-5]` may stand for. */
const LONGEST_RANGE = 20;

/** Cuts a model's text into sentences while it arrives. */
export class DraftReader {
  readonly #thoughts = new WithoutThoughts();
  #buffer = "";
  #before = "";
  #isOver = false;

  /** The sentences that are whole now that `delta` has come. */
  push(delta: string): DraftSentence[] {
    this.#thoughts.push(delta);
    if (this.#thoughts.takesBack()) return [this.#restart(), ...this.push("")];
    this.#buffer = (this.#buffer + this.#thoughts.said()).replace(STUTTER, (_, piece: string) => piece.repeat(10));
    const drafts: DraftSentence[] = [];
    for (let end = this.#buffer.indexOf("\n"); end >= 0; end = this.#buffer.indexOf("\n")) {
      drafts.push(...this.#line(this.#buffer.slice(0, end)));
      this.#before += "\n";
      this.#buffer = this.#buffer.slice(end + 1);
    }
    return [...drafts, ...(this.#buffer.length > LONGEST_LINE ? this.#cutLine() : this.#wholeSentences())];
  }

  #restart(): DraftSentence {
    this.#buffer = "";
    this.#before = "";
    this.#isOver = false;
    return NOTHING_YET;
  }

  #cutLine(): DraftSentence[] {
    const line = this.#buffer.slice(0, LONGEST_LINE);
    this.#buffer = this.#buffer.slice(LONGEST_LINE);
    return this.#line(line);
  }

  /** What is left at the end of the text. */
  end(): DraftSentence[] {
    const rest = this.#buffer + this.#thoughts.end();
    this.#buffer = "";
    return this.#line(rest);
  }

  /** Sentences of an unfinished line that are followed by the beginning of the next one. */
  #wholeSentences(): DraftSentence[] {
    if (!ENDS_SENTENCE.test(this.#buffer) || isUnfinished(this.#buffer)) return [];
    const line = tidy(this.#buffer).replace(STOP_BEFORE_MARKS, "$2$1");
    const pieces = splitSentences(line.slice(blockMark(line).length));
    const last = pieces.at(-1);
    if (last === undefined || pieces.length < 2 || MAY_BELONG_BEFORE.test(last)) return [];
    const start = line.lastIndexOf(last);
    this.#buffer = line.slice(start);
    return this.#line(line.slice(0, start));
  }

  #line(line: string): DraftSentence[] {
    const tidied = tidy(line);
    this.#isOver ||= LIST_OF_SOURCES.test(tidied);
    if (this.#isOver) return [];
    const moved = tidied.replace(FENCE, "").replace(STOP_BEFORE_MARKS, "$2$1");
    const mark = blockMark(moved);
    const body = moved.slice(mark.length);
    const isHeading = mark.includes("#") || /^(\*\*|__)(?:(?!\1).)*[^.!?]\1:?\s*$/.test(body);
    this.#before += mark;
    let at = 0;
    const drafts: DraftSentence[] = [];
    for (const piece of splitSentences(body)) {
      const start = body.indexOf(piece, at);
      const before = this.#before + body.slice(at, start);
      at = start + piece.length;
      const text = piece.replace(MARK, "").trim();
      this.#before = "";
      const last = drafts.at(-1);
      const marks = marksOf(piece);
      if (/[\p{L}\p{N}]/u.test(text)) drafts.push({ before, text, marks, isHeading });
      // What has no letters, `[3].` behind `(in the U.S.)`, ends the sentence before it.
      else if (last !== undefined)
        drafts[drafts.length - 1] = { ...last, text: last.text + text, marks: [...last.marks, ...marks] };
      else if (marks.length > 0) drafts.push({ before: "", text: "", marks, isHeading: false });
      else this.#before = before + (TABLE_RULE.test(text) ? text : "");
    }
    this.#before += body.slice(at);
    return drafts;
  }
}

function isUnfinished(line: string): boolean {
  const lastWord = line.slice(Math.max(line.lastIndexOf(" "), line.lastIndexOf("\t")) + 1);
  return (
    /[/:@]/.test(lastWord) ||
    isOpen(line, "[", "]") ||
    isOpen(line, "【", "】") ||
    (isOpen(line, "<", ">") && /^<\S/.test(line.slice(line.lastIndexOf("<")))) ||
    UNFINISHED_LINK.test(line)
  );
}

/** Whether the last of these brackets has not been closed. */
function isOpen(line: string, opening: string, closing: string): boolean {
  return line.lastIndexOf(opening) > line.lastIndexOf(closing);
}

function blockMark(line: string): string {
  return BLOCK_MARK.exec(line)?.[0] ?? "";
}

function marksOf(piece: string): number[] {
  return [...piece.matchAll(MARK)].flatMap((match) => (match[1] ?? "").split(/[,;]/).flatMap(rangeOf));
}

/** `2-5` is 2, 3, 4, 5. */
function rangeOf(mark: string): number[] {
  const [from = 0, to = from] = mark.split(/[-–]/).map(Number);
  return Array.from({ length: Math.min(Math.max(to - from + 1, 1), LONGEST_RANGE) }, (_, i) => from + i);
}
