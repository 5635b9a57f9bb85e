import { setTimeout as sleep } from "node:timers/promises";
import type { Citation } from "../../core/article.ts";
import { apology, Failure, type FailureKind } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import type { Answer, CitedSentence, ReplyProgress, ReplySink } from "../../core/reply.ts";
import { openFenceStart, type PartLimits, splitMarkdown } from "../splitter.ts";
import { answerMarkdown, sentenceMarkdown } from "./answer-text.ts";
import type { Tails } from "./message-body.ts";
import { ReplyMessages, type ReplyMessagesParts } from "./reply-messages.ts";
import { SlackRefusal } from "./slack-error.ts";
import { sourcesBlocks } from "./sources-block.ts";
import { createStatusLine } from "./status-line.ts";

/** Together with the sources below what Slack takes in one message: 12,000 characters of Markdown, 13,200 of all blocks. */
const LIMITS: PartLimits = { soft: 7_500, hard: 9_000 };
/** Where Slack counts otherwise than we do, parts are halved down to this. */
const SMALLEST_PART = 1_000;
const TOO_LONG: readonly string[] = ["msg_too_long", "msg_blocks_too_long"];

/** When a reply's text is shown. */
export interface Pace {
  /** Milliseconds from the first sentence to the first text: an answer that is whole by then is posted in one piece. */
  readonly firstTextMs: number;
  /** Milliseconds between two pieces of text. */
  readonly nextTextMs: number;
}

export interface ReplySinkParts extends ReplyMessagesParts {
  readonly pace: Pace;
  readonly log: Log;
}

/** One reply in a thread: status, then sentences as they come, in one message or several, and the sources below. */
export function createReplySink(parts: ReplySinkParts): ReplySink {
  const { api, place, pace, signal, log } = parts;
  const messages = new ReplyMessages(parts);
  const status = createStatusLine({ api, place, signal, log });
  const urls = new Map<number, string>();
  const closing = new AbortController();
  let markdown = "";
  let shown = "";
  let showing: Promise<void> | undefined;

  /** Shows what has been said until there is nothing new, or until the reply is closed. */
  async function keepShowing(): Promise<void> {
    await pause(pace.firstTextMs);
    while (!closing.signal.aborted && shown !== markdown) {
      const text = markdown;
      try {
        await status.end();
        if (await showParts(text)) shown = text;
      } catch (error) {
        // It is shown with the next piece, or at the end.
        log.debug({ err: error }, "reply piece not shown");
      }
      await pause(pace.nextTextMs);
    }
    showing = undefined;
  }

  async function showParts(text: string): Promise<boolean> {
    const all = splitMarkdown(text, LIMITS);
    for (const [index, part] of all.slice(0, -1).entries()) await messages.complete(index, part);
    const last = steadyPart(all.at(-1) ?? "");
    return last === "" || messages.show(all.length - 1, last);
  }

  async function pause(milliseconds: number): Promise<void> {
    const interrupted = AbortSignal.any([closing.signal, ...(signal === undefined ? [] : [signal])]);
    await sleep(milliseconds, undefined, { signal: interrupted }).catch(() => undefined);
  }

  /** Completes the reply with this text. @throws {Failure} `delivery-failed` */
  async function deliver(text: string, tails: Tails): Promise<ReplyProgress> {
    closing.abort();
    await showing;
    await status.end();
    try {
      await deliverParts(text, tails, LIMITS);
      return { ...messages.state };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Failure) throw error;
      throw new Failure("delivery-failed", "Slack did not take the reply", { cause: error });
    }
  }

  async function deliverParts(text: string, tails: Tails, limits: PartLimits): Promise<void> {
    const all = splitMarkdown(text, limits);
    try {
      for (const [index, part] of all.slice(0, -1).entries()) await messages.complete(index, part);
      await messages.complete(all.length - 1, all.at(-1) ?? "", tails);
    } catch (error) {
      const isTooLong = error instanceof SlackRefusal && TOO_LONG.includes(error.code);
      if (!isTooLong || limits.hard / 2 < SMALLEST_PART) throw error;
      await deliverParts(text, tails, { soft: limits.soft / 2, hard: limits.hard / 2 });
    }
  }

  return {
    async status(note) {
      if (markdown === "") status.show(note);
    },
    async source({ n, source }: Citation) {
      urls.set(n, source.url);
    },
    async append(sentence: CitedSentence) {
      markdown += sentenceMarkdown(sentence, (n) => urls.get(n));
      showing ??= keepShowing();
    },
    finish({ sentences, citations, thumbnail }: Answer) {
      const text = answerMarkdown(sentences, citations);
      return deliver(text, [sourcesBlocks(citations, thumbnail), sourcesBlocks(citations), []]);
    },
    fail(kind: FailureKind) {
      return deliver(markdown.trim() === "" ? apology(kind) : `${markdown.trim()}\n\n${apology(kind)}`, [[]]);
    },
    async retract() {
      closing.abort();
      await showing;
      await status.end();
      await messages.retract();
    },
  };
}

/** What of an unfinished part can be shown: the rest may still move to the next part. */
function steadyPart(part: string): string {
  if (part.length > LIMITS.soft) return "";
  return part.slice(0, openFenceStart(part) ?? part.length).trimEnd();
}
