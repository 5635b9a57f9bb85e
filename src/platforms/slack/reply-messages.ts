import { z } from "zod";
import { untilAnswered } from "../until-answered.ts";
import { findReply } from "./find-reply.ts";
import type { Identity } from "./inbound.ts";
import { bodyOf, firstAccepted, metadataOf, NO_TAIL, type Tails } from "./message-body.ts";
import type { ReplyMessage, ReplyState } from "./reply-progress.ts";
import type { ReplyPlace } from "./reply-place.ts";
import type { SlackApi } from "./slack-api.ts";
import { SlackRefusal, SlackSilence } from "./slack-error.ts";

export interface ReplyMessagesParts {
  readonly api: SlackApi;
  readonly place: ReplyPlace;
  readonly exchange: string;
  /** Known once Slack can be reached. */
  readonly self: Promise<Identity>;
  readonly resume: ReplyState;
  readonly save: (state: ReplyState) => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

type Message = { -readonly [K in keyof ReplyMessage]: ReplyMessage[K] } & {
  /** What it shows; unknown after a crash. */
  text?: string;
};

/** Slack lets these be said of a message that cannot be changed any more: what it lacks follows in a new one. */
const CANNOT_CHANGE: readonly string[] = ["message_not_found", "cant_update_message", "edit_window_closed"];

/**
 * The messages of one reply. A part is streamed where Slack lets us, else posted and edited. Whatever goes wrong, a message is
 * completed by one edit that sets its whole text, and none is posted twice: what is in doubt is looked for first.
 */
export class ReplyMessages {
  readonly #parts: ReplyMessagesParts;
  readonly #messages: Message[];
  #isPosting: boolean;
  /** A message may be there that is not in the list. */
  #isInDoubt: boolean;
  #canStream = true;
  /** Messages that could not be changed any more. */
  readonly #left = new Set<string>();

  constructor(parts: ReplyMessagesParts) {
    this.#parts = parts;
    this.#messages = parts.resume.messages.map((message) => ({ ...message }));
    this.#isPosting = parts.resume.isPosting;
    this.#isInDoubt = parts.resume.isPosting;
  }

  get state(): ReplyState {
    return {
      messages: this.#messages.map(({ ts, shown, isStreaming }) => ({ ts, shown, isStreaming })),
      isPosting: this.#isPosting,
    };
  }

  /** Shows the part as far as it has come; `text` only ever grows. False when a limit of calls stands against it for now. */
  async show(index: number, text: string): Promise<boolean> {
    const message = this.#messages[index];
    if (message === undefined) {
      await this.#open(index, text);
      return true;
    }
    // After a crash it may show more than has been said again by now, and nothing shown is taken back.
    if (message.text === text || (message.text === undefined && text.length < message.shown)) return true;
    const isShown = (await this.#append(message, text)) ?? (await this.#edit(message, index, text));
    if (isShown) await this.#noteShown(message, text);
    return isShown;
  }

  /** Shows the whole part, for good. Can be repeated. @throws {SlackRefusal} */
  async complete(index: number, text: string, tails: Tails = NO_TAIL): Promise<void> {
    const message = this.#messages[index];
    if (message === undefined) return this.#post(index, text, tails);
    if (message.text === text && !message.isStreaming && tails === NO_TAIL) return;
    if (!(await this.#stop(message, index, text, tails))) {
      try {
        await this.#update(message, index, text, tails);
      } catch (error) {
        if (!(error instanceof SlackRefusal) || !CANNOT_CHANGE.includes(error.code)) throw error;
        return this.#follow(message, index, text, tails);
      }
    }
    await this.#noteShown(message, text);
  }

  /** Takes all messages away. Can be repeated. @throws {SlackRefusal} */
  async retract(): Promise<void> {
    const { api, place, signal } = this.#parts;
    for (const message of this.#messages) {
      await this.#endStream(message);
      try {
        await api.again("chat.delete", { channel: place.channel, ts: message.ts }, signal);
      } catch (error) {
        if (!(error instanceof SlackRefusal) || error.code !== "message_not_found") throw error;
      }
    }
  }

  async #open(index: number, text: string): Promise<void> {
    if (!this.#canStream || this.#isInDoubt) return this.#post(index, text, NO_TAIL);
    await this.#setPosting(true);
    const { channel, threadTs: thread_ts, user, userTeam } = this.#parts.place;
    const recipient = { recipient_user_id: user, recipient_team_id: userTeam };
    try {
      const args = { channel, thread_ts, ...recipient, markdown_text: text };
      const started = await this.#parts.api.ifFree("chat.startStream", args, this.#parts.signal);
      if (started !== undefined)
        return await this.#add({ ts: tsOf(started), text, shown: text.length, isStreaming: true });
    } catch (error) {
      if (error instanceof SlackSilence) this.#isInDoubt = true;
      else if (!(error instanceof SlackRefusal)) throw error;
    }
    this.#canStream = false;
    await this.#post(index, text, NO_TAIL);
  }

  /** Posts the part, unless it is found to be there: then that message is completed. */
  async #post(index: number, text: string, tails: Tails): Promise<void> {
    const { api, place, signal } = this.#parts;
    const { channel, threadTs: thread_ts } = place;
    await this.#setPosting(true);
    try {
      await untilAnswered(async () => {
        const found = this.#isInDoubt ? await this.#find(index) : undefined;
        if (found !== undefined) return this.#add({ ...found, shown: 0 });
        this.#isInDoubt = true;
        const posted = await firstAccepted(tails, (tail) => {
          const body = { ...this.#body(index, text, tail), unfurl_links: false, unfurl_media: false };
          return api.once("chat.postMessage", { channel, thread_ts, ...body }, signal);
        });
        await this.#add({ ts: tsOf(posted), text, shown: text.length, isStreaming: false });
      }, signal);
    } catch (error) {
      if (error instanceof SlackRefusal) {
        this.#isInDoubt = false;
        await this.#setPosting(false);
      }
      throw error;
    }
    if (this.#messages[index]?.text === undefined) await this.complete(index, text, tails);
  }

  /** The message cannot be changed: what it does not show yet is posted below it, and stands in its place from now on. */
  async #follow(message: Message, index: number, text: string, tails: Tails): Promise<void> {
    const rest = text.slice(message.shown).trim();
    if (rest === "") return;
    this.#left.add(message.ts);
    const [, ...later] = this.#messages.splice(index);
    await this.#post(index, rest, tails);
    this.#messages.push(...later);
  }

  /** Whether the stream goes on to `text` already; `undefined` when it is over. */
  async #append(message: Message, text: string): Promise<boolean | undefined> {
    const rest = continuation(message, text);
    const { api, place, signal } = this.#parts;
    if (rest === undefined) return undefined;
    try {
      const args = { channel: place.channel, ts: message.ts, markdown_text: rest };
      return (await api.ifFree("chat.appendStream", args, signal)) !== undefined;
    } catch (error) {
      if (!isSlacks(error)) throw error;
      await this.#endStream(message);
      return undefined;
    }
  }

  async #edit(message: Message, index: number, text: string): Promise<boolean> {
    await this.#endStream(message);
    const { api, place, signal } = this.#parts;
    const args = { channel: place.channel, ts: message.ts, ...this.#body(index, text, []) };
    return (await api.ifFree("chat.update", args, signal)) !== undefined;
  }

  /** Whether the stream ended with `text` and a tail. */
  async #stop(message: Message, index: number, text: string, tails: Tails): Promise<boolean> {
    if (!message.isStreaming) return false;
    const rest = continuation(message, text);
    const { api, place, signal } = this.#parts;
    const [blocks = []] = tails;
    if (rest !== undefined) {
      const body = { ...(rest !== "" && { markdown_text: rest }), ...(blocks.length > 0 && { blocks }) };
      const args = {
        channel: place.channel,
        ts: message.ts,
        ...body,
        metadata: metadataOf(this.#parts.exchange, index),
      };
      try {
        await api.once("chat.stopStream", args, signal);
        message.isStreaming = false;
        return true;
      } catch (error) {
        if (!isSlacks(error)) throw error;
      }
    }
    await this.#endStream(message);
    return false;
  }

  /** As long as it is open a stream cannot be edited. That it is closed already is all right. */
  async #endStream(message: Message): Promise<void> {
    if (!message.isStreaming) return;
    const { api, place, signal } = this.#parts;
    try {
      await api.again("chat.stopStream", { channel: place.channel, ts: message.ts }, signal);
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
    }
    message.isStreaming = false;
    this.#canStream = false;
  }

  async #update(message: Message, index: number, text: string, tails: Tails): Promise<void> {
    await this.#endStream(message);
    const { api, place, signal } = this.#parts;
    await firstAccepted(tails, (tail) => {
      const args = { channel: place.channel, ts: message.ts, ...this.#body(index, text, tail) };
      return api.again("chat.update", args, signal);
    });
  }

  #body(part: number, text: string, tail: Tails[number]) {
    return { ...bodyOf(text, tail), metadata: metadataOf(this.#parts.exchange, part) };
  }

  #find(part: number) {
    const { api, place, exchange, self, signal } = this.#parts;
    const known = new Set([...this.#left, ...this.#messages.map(({ ts }) => ts)]);
    return findReply(api, { place, exchange, part, self, known }, signal);
  }

  async #add(message: Message): Promise<void> {
    this.#messages.push(message);
    this.#isPosting = false;
    this.#isInDoubt = false;
    await this.#save();
  }

  async #noteShown(message: Message, text: string): Promise<void> {
    message.text = text;
    message.shown = text.length;
    await this.#save();
  }

  async #setPosting(isPosting: boolean): Promise<void> {
    if (this.#isPosting === isPosting) return;
    this.#isPosting = isPosting;
    await this.#save();
  }

  async #save(): Promise<void> {
    await untilAnswered(() => this.#parts.save(this.state), this.#parts.signal);
  }
}

/** What a stream lacks of `text`; `undefined` when it is none, or does not begin like it. */
function continuation({ isStreaming, text: shown }: Message, text: string): string | undefined {
  return isStreaming && shown !== undefined && text.startsWith(shown) ? text.slice(shown.length) : undefined;
}

function isSlacks(error: unknown): error is SlackRefusal | SlackSilence {
  return error instanceof SlackRefusal || error instanceof SlackSilence;
}

function tsOf(result: Readonly<Record<string, unknown>>): string {
  return z.object({ ts: z.string() }).parse(result).ts;
}
