import { setTimeout as sleep } from "node:timers/promises";
import type { Citation } from "../../core/article.ts";
import { Failure, type FailureKind } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import type { Answer, CitedSentence, ReplyProgress, ReplySink } from "../../core/reply.ts";
import { looksLikeQuestion } from "../../core/small-talk.ts";
import { createShowing, type Pace } from "../showing.ts";
import { type PartLimits, splitMarkdown, steadyStart } from "../splitter.ts";
import { answerBody, apologyTails } from "./answer-body.ts";
import { sentenceMarkdown } from "./answer-text.ts";
import type { Tails } from "./message-body.ts";
import { ReplyMessages, type ReplyMessagesParts } from "./reply-messages.ts";
import type { ReplyTurns } from "./reply-turns.ts";
import { SlackRefusal } from "./slack-error.ts";
import { createStatusLine } from "./status-line.ts";

/** Together with the sources below what Slack takes in one message: 12,000 characters of Markdown, 13,200 of all blocks. */
const LIMITS: PartLimits = { soft: 7_500, hard: 9_000 };
/** Where Slack counts otherwise than we do, parts are halved down to this. */
const SMALLEST_PART = 1_000;
const TOO_LONG: readonly string[] = ["msg_too_long", "msg_blocks_too_long"];

export interface ReplySinkParts extends ReplyMessagesParts {
  readonly pace: Pace;
  /** Milliseconds until somebody who asked sees that the question was heard, if nothing else has shown it. */
  readonly firstSignMs: number;
  /** The exchange's question; `undefined` when it was erased. */
  readonly question: () => Promise<string | undefined>;
  readonly turns: ReplyTurns;
  readonly log: Log;
}

/** One reply in a thread: status, then sentences as they come, in one message or several, and the sources below. */
export function createReplySink(parts: ReplySinkParts): ReplySink {
  const { api, place, exchange, texts, pace, turns, signal, log } = parts;
  const messages = new ReplyMessages(parts);
  const status = createStatusLine({ api, place, signal, log });
  const urls = new Map<number, string>();
  const silent = new AbortController();
  let markdown = "";
  let makingRoom: Promise<void> | undefined;
  let ended: Promise<unknown> | undefined;
  const showing = createShowing({ pace, prepare, wanted: () => markdown, show, signal, log });
  const turn = turns.take(exchange.id, () => Promise.allSettled([makingRoom, showing.atRest(), ended]));

  /** A model may think long before its first tool call. */
  async function showSign(): Promise<void> {
    const broken = AbortSignal.any([silent.signal, ...(signal === undefined ? [] : [signal])]);
    await sleep(parts.firstSignMs, undefined, { signal: broken, ref: false });
    if (messages.isEmpty) status.show(SIGN);
  }

  /** In place of an earlier answer until the next begins. */
  async function makeRoom(): Promise<void> {
    await turn.begun;
    const { lookingAgain } = await texts;
    try {
      await messages.makeRoom(`_${lookingAgain}_`);
    } catch (error) {
      log.debug({ err: error }, "earlier answer not taken down");
    }
  }

  async function prepare(): Promise<void> {
    await turn.begun;
    await makingRoom;
  }

  async function show(text: string): Promise<boolean> {
    await status.end();
    return showParts(text);
  }

  async function showParts(text: string): Promise<boolean> {
    const all = splitMarkdown(text, LIMITS);
    for (const [index, part] of all.slice(0, -1).entries()) await messages.complete(index, part);
    const last = steadyStart(all.at(-1) ?? "", LIMITS);
    return last === "" || messages.show(all.length - 1, last);
  }

  /** Resolves when nothing is on its way to Slack any more. */
  async function close(): Promise<void> {
    silent.abort();
    showing.stop();
    await turn.begun;
    await showing.atRest();
    await makingRoom;
    await status.end();
  }

  /** Completes the reply with this text. @throws {Failure} `delivery-failed` */
  async function deliver(text: string, tails: Tails): Promise<ReplyProgress> {
    await close();
    try {
      await trim(await deliverParts(text, tails, LIMITS));
      return { ...messages.state };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Failure) throw error;
      throw new Failure("delivery-failed", "Slack did not take the reply", { cause: error });
    }
  }

  /** What an earlier answer had more of. It is an eyesore where Slack lets it not be deleted, and no reason to have failed. */
  async function trim(length: number): Promise<void> {
    try {
      await messages.keep(length);
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      log.warn({ err: error }, "rest of an earlier answer not deleted");
    }
  }

  /** @returns the number of messages it takes */
  async function deliverParts(text: string, tails: Tails, limits: PartLimits): Promise<number> {
    const all = splitMarkdown(text, limits);
    try {
      for (const [index, part] of all.slice(0, -1).entries()) await messages.complete(index, part);
      await messages.complete(all.length - 1, all.at(-1) ?? "", tails);
      return all.length;
    } catch (error) {
      const isTooLong = error instanceof SlackRefusal && TOO_LONG.includes(error.code);
      if (!isTooLong || limits.hard / 2 < SMALLEST_PART) throw error;
      return deliverParts(text, tails, { soft: limits.soft / 2, hard: limits.hard / 2 });
    }
  }

  /** Whether to say nothing of having found nothing: people talked to each other, and asked nothing. */
  async function isUnasked({ outcome }: Answer): Promise<boolean> {
    if (place.isAddressed !== false || outcome !== "no-source" || !messages.isEmpty) return false;
    const question = await parts.question();
    return question !== undefined && !looksLikeQuestion(question);
  }

  async function retract(): Promise<void> {
    await close();
    await status.clear();
    await messages.keep(0);
  }

  async function end<T>(last: Promise<T>): Promise<T> {
    ended = last;
    try {
      return await last;
    } finally {
      turn.end();
    }
  }

  async function finish(answer: Answer): Promise<ReplyProgress> {
    if (await isUnasked(answer)) {
      await retract();
      return { ...messages.state };
    }
    const { markdown: text, tails } = answerBody(exchange, answer, await texts);
    return deliver(text, tails);
  }

  async function apologise(kind: FailureKind): Promise<ReplyProgress> {
    const known = await texts;
    const said = markdown.trim();
    const apology = known.apology(kind);
    return deliver(said === "" ? apology : `${said}\n\n${apology}`, apologyTails(exchange, kind, known));
  }

  // Whoever has something to show ends the wait.
  if (place.isAddressed !== false) void showSign().catch(() => undefined);

  return {
    async status(note) {
      silent.abort();
      if (markdown !== "") return;
      if (messages.isOutdated) makingRoom ??= makeRoom();
      else if (messages.isEmpty) status.show(note);
    },
    async source({ n, source }: Citation) {
      urls.set(n, source.url);
    },
    async append(sentence: CitedSentence) {
      silent.abort();
      const known = await texts;
      markdown += sentenceMarkdown(sentence, (n) => urls.get(n), known);
      showing.begin();
    },
    finish: (answer: Answer) => end(finish(answer)),
    fail: (kind: FailureKind) => end(apologise(kind)),
    retract: () => end(retract()),
  };
}

/** Understood in every language. */
const SIGN = "…";
