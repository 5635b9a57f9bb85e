import { setTimeout as sleep } from "node:timers/promises";
import { RESTJSONErrorCodes } from "discord.js";
import type { Citation } from "../../core/article.ts";
import { Failure, type FailureKind } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import type { Answer, CitedSentence, ReplyProgress, ReplySink } from "../../core/reply.ts";
import { createShowing, type Pace } from "../showing.ts";
import { type PartLimits, splitMarkdown, steadyStart } from "../splitter.ts";
import { tablesAsText } from "../table.ts";
import type { Texts } from "../texts.ts";
import { apologyButtons, stopButton } from "./answer-components.ts";
import { sentenceMarkdown, statusMarkdown } from "./answer-text.ts";
import { answerVersions, type Version } from "./answer-versions.ts";
import { DiscordRefusal, isRefusal } from "./discord-error.ts";
import { ReplyMessages, type ReplyMessagesParts } from "./reply-messages.ts";

/** Discord: 2,000 characters of content. */
const LIMITS: PartLimits = { soft: 1_500, hard: 1_990 };

export interface ReplySinkParts extends Omit<ReplyMessagesParts, "writing"> {
  /** What stands above the answer: the question, where nobody sees it. `""` for nothing. */
  readonly lead: string;
  /** The question is a remark that may be meant for others: nothing is shown of looking it up in vain. */
  readonly isRemark: boolean;
  readonly pace: Pace;
  /** Milliseconds until something is shown though there is nothing to show yet: a language model may think for a minute. */
  readonly firstSignMs: number;
  /** In the language of whoever asked. */
  readonly texts: Texts;
  /** Tells the asker by another way that the reply could not be written. */
  readonly tellAsker: (refusal: DiscordRefusal) => Promise<void>;
  readonly log: Log;
}

/** One reply: status, then sentences as they come, in one message or several, and the sources below. */
export function createReplySink(parts: ReplySinkParts): ReplySink {
  const { lead, pace, resume, texts, signal, log } = parts;
  const exchange = { id: parts.exchange, revision: resume.revision };
  const messages = new ReplyMessages({ ...parts, writing: { embeds: [], components: stopButton(exchange, texts) } });
  const urls = new Map<number, string>();
  // The messages show an answer that is to be replaced.
  const isLookedUpAgain = resume.messages.length > 0 && resume.messages.every((message) => message.shown === 0);
  let note = isLookedUpAgain ? statusMarkdown(texts.lookingAgain) : "";
  let markdown = parts.lead;
  let lastShownAt = 0;
  const opened = new AbortController();
  const showing = createShowing({ pace, prepare, wanted, show, signal, log });

  function wanted(): string {
    return markdown === lead ? note : markdown;
  }

  async function prepare(): Promise<void> {
    await untilRefused(messages.showTyping());
  }

  async function show(text: string): Promise<boolean> {
    const isShown = await untilRefused(markdown === lead ? messages.showStatus(text) : showParts(text));
    lastShownAt = Date.now();
    return isShown;
  }

  /** A refusal, again and again, would be held against us. */
  async function untilRefused<T>(step: Promise<T>): Promise<T> {
    try {
      return await step;
    } catch (error) {
      if (error instanceof DiscordRefusal) showing.stop();
      throw error;
    }
  }

  async function showParts(text: string): Promise<boolean> {
    const all = partsOf(text);
    for (const [index, part] of all.slice(0, -1).entries()) await messages.complete(index, part);
    const last = steadyStart(all.at(-1) ?? "", LIMITS);
    return last === "" || messages.show(all.length - 1, last);
  }

  function partsOf(text: string): string[] {
    const all = splitMarkdown(tablesAsText(text), LIMITS);
    const most = parts.route.maxMessages;
    return all.length <= most ? all : [...all.slice(0, most - 1), `${all[most - 1]}\n…`];
  }

  /** Typing, and what stops it. */
  async function showSign(): Promise<void> {
    const ended = AbortSignal.any([opened.signal, ...(signal === undefined ? [] : [signal])]);
    await sleep(parts.firstSignMs, undefined, { signal: ended, ref: false });
    if (wanted() === "") note = SIGN;
    showing.begin();
  }

  async function close(): Promise<void> {
    opened.abort();
    showing.stop();
    await showing.atRest();
    await sleep(Math.max(0, lastShownAt + pace.nextTextMs - Date.now()), undefined, { signal });
  }

  /** Completes the reply with the first of these that Discord takes. @throws {Failure} `delivery-failed` */
  async function deliver(versions: readonly Version[]): Promise<ReplyProgress> {
    await close();
    try {
      await deliverFirst(versions);
      return { ...messages.state };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Failure) throw error;
      if (error instanceof DiscordRefusal) await parts.tellAsker(error);
      throw new Failure("delivery-failed", "Discord did not take the reply", { cause: error });
    }
  }

  async function deliverFirst([version, ...others]: readonly Version[]): Promise<void> {
    if (version === undefined) return;
    try {
      await deliverParts(version);
    } catch (error) {
      if (others.length === 0 || !isRefusal(error, REFUSED_EMBEDS)) throw error;
      await deliverFirst(others);
    }
  }

  async function deliverParts({ text, tail }: Version): Promise<void> {
    const all = partsOf(text);
    for (const [index, part] of all.slice(0, -1).entries()) await messages.complete(index, part);
    await messages.complete(all.length - 1, all.at(-1) ?? "", tail);
    await messages.removeFrom(all.length);
  }

  async function retract(): Promise<void> {
    await close();
    await messages.removeFrom(0);
  }

  if (isLookedUpAgain) showing.begin();
  // Whoever ends the reply ends the wait.
  if (!parts.isRemark) void showSign().catch(() => undefined);

  return {
    async status(text) {
      if (parts.isRemark) return;
      note = statusMarkdown(text);
      if (markdown === lead) showing.begin();
    },
    async source({ n, source }: Citation) {
      urls.set(n, source.url);
    },
    async append(sentence: CitedSentence) {
      markdown += sentenceMarkdown(sentence, (n) => urls.get(n), texts);
      showing.begin();
    },
    async finish(answer: Answer) {
      if (parts.isRemark && answer.outcome === "no-source") {
        await retract();
        return { ...messages.state };
      }
      return deliver(answerVersions(exchange, answer, lead, texts));
    },
    fail(kind: FailureKind) {
      const gap = markdown === lead ? "" : "\n\n";
      const text = `${markdown.trimEnd()}${gap}${texts.apology(kind)}`;
      return deliver([{ text, tail: { embeds: [], components: apologyButtons(exchange, kind, texts) } }]);
    },
    retract,
  };
}

/** Understood in every language. */
const SIGN = statusMarkdown("…");

const REFUSED_EMBEDS: readonly number[] = [
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.InvalidFormBodyOrContentType,
];
