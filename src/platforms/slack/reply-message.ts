import type { ExchangeRevision } from "../../core/exchange.ts";
import { bodiesOf, firstAccepted, type MessageBody, metadataOf, NO_TAIL, type Tails } from "./message-body.ts";
import type { MessageState } from "./reply-progress.ts";
import type { ReplyPlace } from "./reply-place.ts";
import type { SlackApi } from "./slack-api.ts";
import { SlackRefusal, SlackSilence } from "./slack-error.ts";

export interface ReplyMessageParts {
  readonly api: SlackApi;
  readonly place: ReplyPlace;
  readonly exchange: ExchangeRevision;
  /** What stands below a part that is not whole yet, where it is not streamed. */
  readonly whileWriting: Promise<Tails>;
  readonly signal: AbortSignal | undefined;
  /** Called when a stream did not go on as it should. */
  readonly onStreamLost?: () => void;
}

/** What a message has been given to show. */
interface Shown {
  readonly text: string;
  readonly tails: Tails;
}

/** One message of a reply: streamed as long as Slack lets us, edited from then on. */
export class ReplyMessage {
  readonly #parts: ReplyMessageParts;
  /** Which part of the reply it holds. */
  readonly #part: number;
  #state: MessageState;
  /** What it shows; unknown after a crash. */
  #text: string | undefined;
  #tails: Tails;

  constructor(parts: ReplyMessageParts, part: number, state: MessageState, shown?: Shown) {
    this.#parts = parts;
    this.#part = part;
    this.#state = state;
    this.#text = shown?.text;
    this.#tails = shown?.tails ?? NO_TAIL;
  }

  get state(): MessageState {
    return this.#state;
  }

  /** Whether it is known what it shows. */
  get isKnown(): boolean {
    return this.#text !== undefined;
  }

  /** Shows the part as far as it has come; `text` only ever grows. False when a limit of calls stands against it for now. */
  async show(text: string): Promise<boolean> {
    // After a crash it may show more than has been said again by now, and nothing shown is taken back.
    if (this.#text === text || (!this.isKnown && text.length < this.#state.shown)) return true;
    const isAppended = await this.#append(text);
    if (isAppended === true) this.#note({ text, tails: NO_TAIL });
    if (isAppended !== undefined) return isAppended;
    const isEdited = await this.#edit(text);
    if (isEdited) this.#note({ text, tails: await this.#parts.whileWriting });
    return isEdited;
  }

  /** Shows this for the time being, in place of all it shows; unless a limit of calls stands against it. @throws {SlackRefusal} */
  async makeRoom(note: string): Promise<void> {
    await this.#edit(note);
    this.#text = undefined;
  }

  /** Shows the whole part, for good. Can be repeated. @throws {SlackRefusal} */
  async complete(text: string, tails: Tails): Promise<void> {
    if (this.#text === text && this.#tails === tails && !this.#state.isStreaming) return;
    if (!(await this.#stop(text, tails))) await this.#update(text, tails);
    this.#note({ text, tails });
  }

  /** Takes it away. Can be repeated. @throws {SlackRefusal} */
  async delete(): Promise<void> {
    await this.#endStream();
    const { api, signal } = this.#parts;
    try {
      await api.again("chat.delete", this.#address, signal);
    } catch (error) {
      if (!(error instanceof SlackRefusal) || error.code !== "message_not_found") throw error;
    }
  }

  /** Whether the stream goes on to `text` already; `undefined` when it is over. */
  async #append(text: string): Promise<boolean | undefined> {
    const rest = this.#continuation(text);
    if (rest === undefined) return undefined;
    const { api, signal } = this.#parts;
    try {
      const args = { ...this.#address, markdown_text: rest };
      return (await api.ifFree("chat.appendStream", args, signal)) !== undefined;
    } catch (error) {
      if (!isSlacks(error)) throw error;
      await this.#endStream();
      return undefined;
    }
  }

  async #edit(text: string): Promise<boolean> {
    await this.#endStream();
    const { api, whileWriting, signal } = this.#parts;
    const updated = await firstAccepted(bodiesOf(text, await whileWriting), (body) =>
      api.ifFree("chat.update", { ...this.#address, ...this.#content(body) }, signal),
    );
    return updated !== undefined;
  }

  /** Whether the stream ended with `text` and a tail. */
  async #stop(text: string, [blocks = []]: Tails): Promise<boolean> {
    if (!this.#state.isStreaming) return false;
    const rest = this.#continuation(text);
    const { api, exchange, signal } = this.#parts;
    if (rest !== undefined) {
      const body = { ...(rest !== "" && { markdown_text: rest }), ...(blocks.length > 0 && { blocks }) };
      try {
        const args = { ...this.#address, ...body, metadata: metadataOf(exchange.id, this.#part) };
        await api.once("chat.stopStream", args, signal);
        this.#state = { ...this.#state, isStreaming: false };
        return true;
      } catch (error) {
        if (!isSlacks(error)) throw error;
      }
    }
    await this.#endStream();
    return false;
  }

  /** As long as it is open a stream cannot be edited. That it is closed already is all right. */
  async #endStream(): Promise<void> {
    if (!this.#state.isStreaming) return;
    const { api, signal, onStreamLost } = this.#parts;
    try {
      await api.again("chat.stopStream", this.#address, signal);
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
    }
    this.#state = { ...this.#state, isStreaming: false };
    onStreamLost?.();
  }

  async #update(text: string, tails: Tails): Promise<void> {
    const { api, signal } = this.#parts;
    await firstAccepted(bodiesOf(text, tails), (body) =>
      api.again("chat.update", { ...this.#address, ...this.#content(body) }, signal),
    );
  }

  #note({ text, tails }: Shown): void {
    this.#text = text;
    this.#tails = tails;
    this.#state = { ...this.#state, shown: text.length };
  }

  #content(body: MessageBody) {
    return { ...body, metadata: metadataOf(this.#parts.exchange.id, this.#part) };
  }

  /** What the stream lacks of `text`; `undefined` when it is none, or does not begin like it. */
  #continuation(text: string): string | undefined {
    if (!this.#state.isStreaming || this.#text === undefined || !text.startsWith(this.#text)) return undefined;
    return text.slice(this.#text.length);
  }

  get #address() {
    return { channel: this.#parts.place.channel, ts: this.#state.ts };
  }
}

function isSlacks(error: unknown): error is SlackRefusal | SlackSilence {
  return error instanceof SlackRefusal || error instanceof SlackSilence;
}
