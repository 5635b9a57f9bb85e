import { RESTJSONErrorCodes } from "discord.js";
import { z } from "zod";
import { untilAnswered } from "../until-answered.ts";
import type { DiscordApi, DiscordRequest } from "./discord-api.ts";
import { DiscordRefusal, isRefusal } from "./discord-error.ts";
import { findLostPost } from "./lost-post.ts";
import { bodyOf, NO_TAIL, nonceOf, type Tail } from "./message-body.ts";
import { openThread } from "./open-thread.ts";
import type { ReplyMessage, ReplyState } from "./reply-progress.ts";
import type { ReplyRoute } from "./reply-route.ts";

export interface ReplyMessagesParts {
  readonly api: DiscordApi;
  readonly route: ReplyRoute;
  readonly exchange: string;
  readonly resume: ReplyState;
  /** Under the last message as long as it is not complete. */
  readonly writing: Tail;
  readonly save: (state: ReplyState) => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

type Message = { -readonly [K in keyof ReplyMessage]: ReplyMessage[K] } & {
  /** What it shows, and with which tail; unknown after a crash. */
  text?: string;
  tail?: Tail;
};

const shownSchema = z.object({ embeds: z.array(z.unknown()), components: z.array(z.unknown()) });
const postedSchema = shownSchema.extend({ id: z.string(), channel_id: z.string(), content: z.string() });

/** The messages of one reply. None is posted twice, and a message is completed by one edit that sets its whole text. */
export class ReplyMessages {
  readonly #parts: ReplyMessagesParts;
  readonly #messages: Message[];
  #posted: number;
  #postingSince: number | undefined;

  constructor(parts: ReplyMessagesParts) {
    this.#parts = parts;
    this.#messages = parts.resume.messages.map((message) => ({ ...message }));
    this.#posted = parts.resume.posted;
    this.#postingSince = parts.resume.postingSince;
  }

  get state(): ReplyState {
    return {
      revision: this.#parts.resume.revision,
      messages: this.#messages.map(({ channel, id, shown }) => ({ channel, id, shown })),
      posted: this.#posted,
      ...(this.#postingSince !== undefined && { postingSince: this.#postingSince }),
    };
  }

  /** A courtesy: no limit is waited for. @throws {DiscordRefusal} @throws {Silence} */
  async showTyping(): Promise<void> {
    const { api, route, signal } = this.#parts;
    if (this.#messages.length > 0) return;
    const request = await route.typing();
    if (request !== undefined) await api.ifFree(request, signal);
  }

  /** Shows what Footnote is doing where the text will be. False when it is not shown for now. */
  async showStatus(note: string): Promise<boolean> {
    const [first] = this.#messages;
    if (first === undefined) return this.#postIfFree(note, 0);
    if (first.shown > 0 || first.text === note) return true;
    // What is left of an answer to the question as it was.
    if (first.text === undefined) await this.removeFrom(1);
    return this.#editIfFree(first, note, 0);
  }

  /** Shows the part as far as it has come; `text` only ever grows. False when a limit of calls stands against it for now. */
  async show(index: number, text: string): Promise<boolean> {
    const message = this.#messages[index];
    if (message === undefined) return this.#postIfFree(text, text.length);
    // After a crash it may show more than has been said again by now, and nothing shown is taken back.
    if (message.text === text || (message.text === undefined && text.length < message.shown)) return true;
    return this.#editIfFree(message, text, text.length);
  }

  /** Shows the whole part, for good. Can be repeated. @throws {DiscordRefusal} */
  async complete(index: number, text: string, tail: Tail = NO_TAIL): Promise<void> {
    const { api, route, signal } = this.#parts;
    const message = this.#messages[index];
    if (message === undefined) return this.#post(index, text, tail);
    if (message.text === text && message.tail === tail) return;
    try {
      const result = await this.#anyWay(() => api.again(route.edit(message, bodyOf(text, tail)), signal));
      // Where embeds are not allowed a post is refused, and an edit loses them without a word (discord-api-docs#2601).
      const isWhole = shownSchema.parse(result).embeds.length >= tail.embeds.length;
      if (!isWhole) throw new DiscordRefusal(RESTJSONErrorCodes.MissingPermissions, 403);
    } catch (error) {
      if (!isRefusal(error, GONE)) throw error;
      return this.#follow(message, index, text, tail);
    }
    await this.#noteShown(message, text, tail);
  }

  /** Takes away the messages from `first` on. Can be repeated. @throws {DiscordRefusal} */
  async removeFrom(first: number): Promise<void> {
    const { api, route, signal } = this.#parts;
    for (const message of this.#messages.slice(first)) {
      try {
        await this.#anyWay(() => api.again(route.remove(message), signal));
      } catch (error) {
        if (!isRefusal(error, GONE)) throw error;
      }
    }
    if (this.#messages.splice(first).length > 0) await this.#save();
  }

  async #postIfFree(text: string, shown: number): Promise<boolean> {
    const { api, signal, writing } = this.#parts;
    const result = await this.#postOnce({ text, tail: writing }, (request) => api.ifFree(request, signal));
    if (result !== undefined) await this.#add(result, { text, tail: writing, shown });
    return result !== undefined;
  }

  async #editIfFree(message: Message, text: string, shown: number): Promise<boolean> {
    const { api, route, signal, writing } = this.#parts;
    const result = await this.#anyWay(() => api.ifFree(route.edit(message, bodyOf(text, writing)), signal));
    if (result !== undefined) await this.#noteShown(message, text, writing, shown);
    return result !== undefined;
  }

  async #post(index: number, text: string, tail: Tail): Promise<void> {
    const { api, signal } = this.#parts;
    const once = (request: DiscordRequest): Promise<object> => api.once(request, signal);
    const result = await untilAnswered(() => this.#postOnce({ text, tail }, once), signal);
    await this.#add(result, { text, tail, shown: text.length });
    if (this.#messages[index]?.text === undefined) await this.complete(index, text, tail);
  }

  /** The message is gone: what it did not show yet is posted, and stands in its place from now on. */
  async #follow(message: Message, index: number, text: string, tail: Tail): Promise<void> {
    const rest = text.slice(message.shown).trim();
    const [, ...later] = this.#messages.splice(index);
    if (rest !== "") await this.#post(index, rest, tail);
    this.#messages.push(...later);
  }

  async #anyWay<T>(send: () => Promise<T>, { embeds } = NO_TAIL): Promise<T> {
    try {
      return await send();
    } catch (error) {
      // It may be the embeds alone that are not allowed.
      const isOfEmbeds = embeds.length > 0 && isRefusal(error, [RESTJSONErrorCodes.MissingPermissions]);
      if (!(error instanceof DiscordRefusal) || isOfEmbeds) throw error;
      const channel = this.#messages[0]?.channel;
      const canRetry =
        this.#parts.route.reroute(error, this.#messages) || (await openThread(channel, error, this.#parts));
      if (!canRetry) throw error;
      return await send();
    }
  }

  /** Posts the next message, unless an earlier attempt has, in this process or in one that was killed: then it is the earlier one. */
  async #postOnce<T>(
    { text, tail }: { readonly text: string; readonly tail: Tail },
    send: (request: DiscordRequest) => Promise<T>,
  ): Promise<T | object> {
    const { route, exchange } = this.#parts;
    if (this.#postingSince === undefined) {
      this.#postingSince = Date.now();
      await this.#save();
    } else {
      const sought = { exchange, text, known: this.#messages.map(({ id }) => id) };
      const lost = await findLostPost(sought, this.#postingSince, this.#parts);
      if (lost !== undefined) return lost;
    }
    const nonce = nonceOf(exchange, this.#posted);
    return this.#anyWay(async () => send(await route.post(bodyOf(text, tail), nonce, this.#messages)), tail);
  }

  /** Discord may have returned a message that was posted before a crash: it shows something else. */
  async #add(
    result: object,
    sent: { readonly text: string; readonly tail: Tail; readonly shown: number },
  ): Promise<void> {
    const { id, channel_id: channel, content, embeds, components } = postedSchema.parse(result);
    const { tail } = sent;
    const isSent =
      content === sent.text && embeds.length === tail.embeds.length && components.length === tail.components.length;
    this.#messages.push({ id, channel, ...(isSent ? sent : { shown: 0 }) });
    this.#posted += 1;
    this.#postingSince = undefined;
    await this.#save();
  }

  async #noteShown(message: Message, text: string, tail: Tail, shown = text.length): Promise<void> {
    Object.assign(message, { text, tail, shown });
    await this.#save();
  }

  async #save(): Promise<void> {
    await untilAnswered(() => this.#parts.save(this.state), this.#parts.signal);
  }
}

/** The message was deleted, or the thread it was in. */
const GONE: readonly number[] = [RESTJSONErrorCodes.UnknownMessage, RESTJSONErrorCodes.UnknownChannel];
