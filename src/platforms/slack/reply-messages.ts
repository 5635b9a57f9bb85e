import { isDeepStrictEqual } from "node:util";
import { untilAnswered } from "../until-answered.ts";
import { findReply } from "./find-reply.ts";
import type { Identity } from "./inbound.ts";
import { NO_TAIL, type Tails } from "./message-body.ts";
import { postMessage, streamMessage } from "./new-message.ts";
import { stopButtons } from "./reply-buttons.ts";
import { ReplyMessage, type ReplyMessageParts } from "./reply-message.ts";
import type { ReplyState } from "./reply-progress.ts";
import { SlackRefusal, SlackSilence } from "./slack-error.ts";
import type { SlackTexts } from "./texts/slack-texts.ts";

export interface ReplyMessagesParts extends Omit<ReplyMessageParts, "onStreamLost" | "whileWriting"> {
  /** Known once Slack can be reached. */
  readonly self: Promise<Identity>;
  /** In the asker's language; never rejects. */
  readonly texts: Promise<SlackTexts>;
  readonly resume: ReplyState;
  readonly save: (state: ReplyState) => Promise<void>;
}

/** Slack lets these be said of a message that cannot be changed any more: what it lacks follows in a new one. */
const CANNOT_CHANGE: readonly string[] = ["message_not_found", "cant_update_message", "edit_window_closed"];

/**
 * The messages of one reply. A part is streamed where Slack lets us, else posted and edited. Whatever goes wrong, a message is
 * completed by one edit that sets its whole text, and none is posted twice: what is in doubt is looked for first.
 */
export class ReplyMessages {
  readonly #parts: ReplyMessagesParts;
  readonly #ofMessage: ReplyMessageParts;
  readonly #messages: ReplyMessage[];
  #saved: ReplyState;
  #isPosting: boolean;
  /** A message may be there that is not in the list. */
  #isInDoubt: boolean;
  #canStream = true;
  /** Messages that could not be changed any more. */
  readonly #left = new Set<string>();

  constructor(parts: ReplyMessagesParts) {
    const { exchange, resume } = parts;
    this.#parts = parts;
    const whileWriting = parts.texts.then((texts) => [stopButtons(exchange, texts), []]);
    this.#ofMessage = { ...parts, whileWriting, onStreamLost: () => (this.#canStream = false) };
    // What they show of an earlier revision is nothing of this one.
    const messages =
      resume.revision === exchange.revision
        ? resume.messages
        : resume.messages.map((state) => ({ ...state, shown: 0 }));
    this.#messages = messages.map((state, part) => new ReplyMessage(this.#ofMessage, part, state));
    this.#saved = resume;
    this.#isPosting = resume.isPosting;
    this.#isInDoubt = resume.isPosting;
  }

  get state(): ReplyState {
    const { revision } = this.#parts.exchange;
    return { revision, messages: this.#messages.map(({ state }) => state), isPosting: this.#isPosting };
  }

  /** Whether no message is there, nor may be. */
  get isEmpty(): boolean {
    return this.#messages.length === 0 && !this.#isInDoubt;
  }

  /** Whether the messages show an earlier revision's answer. */
  get isOutdated(): boolean {
    return this.#messages.length > 0 && this.#saved.revision !== this.#parts.exchange.revision;
  }

  /** Shows a note in place of an earlier revision's answer. @throws {SlackRefusal} */
  async makeRoom(note: string): Promise<void> {
    await this.#messages[0]?.makeRoom(note);
    await this.#save();
  }

  /** Shows the part as far as it has come; `text` only ever grows. False when a limit of calls stands against it for now. */
  async show(index: number, text: string): Promise<boolean> {
    const message = this.#messages[index];
    if (message === undefined) {
      await this.#open(index, text);
      return true;
    }
    const isShown = await message.show(text);
    await this.#save();
    return isShown;
  }

  /** Shows the whole part, for good. Can be repeated. @throws {SlackRefusal} */
  async complete(index: number, text: string, tails: Tails = NO_TAIL): Promise<void> {
    const message = this.#messages[index];
    if (message === undefined) return this.#post(index, text, tails);
    try {
      await message.complete(text, tails);
    } catch (error) {
      if (!(error instanceof SlackRefusal) || !CANNOT_CHANGE.includes(error.code)) throw error;
      return this.#follow(message, index, text, tails);
    }
    await this.#save();
  }

  /** Takes all messages away but so many, also one that may have been posted. Can be repeated. @throws {SlackRefusal} when one stays */
  async keep(count: number): Promise<void> {
    if (this.#isInDoubt) await this.#settleDoubt();
    let refusal: SlackRefusal | undefined;
    for (const message of this.#messages.slice(count)) {
      try {
        await message.delete();
      } catch (error) {
        if (!(error instanceof SlackRefusal)) throw error;
        refusal = error;
      }
      this.#messages.splice(count, 1);
      await this.#save();
    }
    if (refusal !== undefined) throw refusal;
  }

  async #open(index: number, text: string): Promise<void> {
    const whileWriting = await this.#ofMessage.whileWriting;
    if (!this.#canStream || this.#isInDoubt) return this.#post(index, text, whileWriting);
    await this.#setPosting(true);
    try {
      const started = await streamMessage(this.#ofMessage, index, text);
      if (started !== undefined) return await this.#add(started);
    } catch (error) {
      if (error instanceof SlackSilence) this.#isInDoubt = true;
      else if (!(error instanceof SlackRefusal)) throw error;
    }
    this.#canStream = false;
    await this.#post(index, text, whileWriting);
  }

  /** Posts the part, unless it is found to be there: then that message is completed. */
  async #post(index: number, text: string, tails: Tails): Promise<void> {
    await this.#setPosting(true);
    try {
      await untilAnswered(async () => {
        const found = this.#isInDoubt ? await this.#find(index) : undefined;
        if (found !== undefined) return this.#add(new ReplyMessage(this.#ofMessage, index, { ...found, shown: 0 }));
        this.#isInDoubt = true;
        await this.#add(await postMessage(this.#ofMessage, index, text, tails));
      }, this.#parts.signal);
    } catch (error) {
      if (error instanceof SlackRefusal) {
        this.#isInDoubt = false;
        await this.#setPosting(false);
      }
      throw error;
    }
    if (this.#messages[index]?.isKnown !== true) await this.complete(index, text, tails);
  }

  /** The message cannot be changed: what it does not show yet is posted below it, and stands in its place from now on. */
  async #follow({ state }: ReplyMessage, index: number, text: string, tails: Tails): Promise<void> {
    const rest = text.slice(state.shown).trim();
    if (rest === "") return;
    this.#left.add(state.ts);
    const [, ...later] = this.#messages.splice(index);
    await this.#post(index, rest, tails);
    this.#messages.push(...later);
  }

  /** The message that may be there is the next one, if it is. */
  async #settleDoubt(): Promise<void> {
    const part = this.#messages.length;
    const found = await this.#find(part);
    if (found !== undefined) return this.#add(new ReplyMessage(this.#ofMessage, part, { ...found, shown: 0 }));
    this.#isInDoubt = false;
    await this.#setPosting(false);
  }

  #find(part: number) {
    const { api, place, exchange, self, signal } = this.#parts;
    const known = new Set([...this.#left, ...this.#messages.map(({ state }) => state.ts)]);
    return findReply(api, { place, exchange: exchange.id, part, self, known }, signal);
  }

  async #add(message: ReplyMessage): Promise<void> {
    this.#messages.push(message);
    this.#isPosting = false;
    this.#isInDoubt = false;
    await this.#save();
  }

  async #setPosting(isPosting: boolean): Promise<void> {
    this.#isPosting = isPosting;
    await this.#save();
  }

  async #save(): Promise<void> {
    const { state } = this;
    if (isDeepStrictEqual(state, this.#saved)) return;
    await untilAnswered(() => this.#parts.save(state), this.#parts.signal);
    this.#saved = state;
  }
}
