import { EventEmitter } from "node:events";
import type { Block, Channel, Message, Team, Token, User } from "./entities.ts";
import { threadOf } from "./entities.ts";
import { pingsIn } from "./pings.ts";
import { renderMessage } from "./render-message.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** One version of one message, or of a thread's status line, as it came to be seen. */
export interface Frame {
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  readonly change: "posted" | "edited" | "appended" | "stopped" | "deleted" | "status" | "reacted";
  readonly channel: string;
  readonly thread: string;
  /** Of the message; `""` for a status. */
  readonly ts: string;
  readonly author: string;
  /** What is seen from now on; `""` when it is gone. */
  readonly text: string;
  /** Whether Slack shows "(edited)" behind it. */
  readonly isEdited: boolean;
  readonly onlyFor?: string;
}

export type NewMessage = Omit<Message, "ts" | "reactions">;

/** Everything Slack remembers: who there is, what was said, and every version of it. */
export class World {
  readonly teams = new Map<string, Team>();
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly tokens = new Map<string, Token>();
  readonly frames: Frame[] = [];
  /** Whom apps called with what they wrote: `<!here>`, `<@U1>`, a bare `@everyone`. */
  readonly pings: { readonly channel: string; readonly ts: string; readonly ping: string }[] = [];
  readonly changes = new EventEmitter().setMaxListeners(0);
  readonly #messages = new Map<string, Message>();
  readonly #clock: VirtualClock;
  #lastTs = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** A timestamp that no message has. */
  nextTs(): string {
    this.#lastTs = Math.max(this.#lastTs + 1, Math.floor(this.#clock.now() * 1000));
    const digits = String(this.#lastTs);
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  }

  message(channel: string, ts: string): Message | undefined {
    return this.#messages.get(`${channel}:${ts}`);
  }

  /** Oldest first, as they were posted. */
  messagesIn(channel: string): Message[] {
    return [...this.#messages.values()].filter((message) => message.channel === channel);
  }

  /** The thread's messages, the one that began it first. */
  thread(channel: string, ts: string): Message[] {
    return this.messagesIn(channel).filter((message) => threadOf(message) === ts);
  }

  post(draft: NewMessage): Message {
    return this.#put({ ...draft, ts: this.nextTs(), reactions: [] }, "posted");
  }

  revise(message: Message, change: Partial<Message>, how: "edited" | "appended" | "stopped" | "reacted"): Message {
    return this.#put({ ...message, ...change }, how);
  }

  remove(message: Message): void {
    this.#messages.delete(`${message.channel}:${message.ts}`);
    this.#show(message, "deleted", "");
  }

  showStatus(channel: string, thread: string, author: string, text: string): void {
    this.#record({ change: "status", channel, thread, ts: "", author, text, isEdited: false });
  }

  nameOf(id: string): string {
    return this.users.get(id)?.name ?? id;
  }

  #put(given: Message, change: Frame["change"]): Message {
    const message = { ...given, blocks: given.blocks.map(identified) };
    this.#messages.set(`${message.channel}:${message.ts}`, message);
    if (this.users.get(message.user)?.bot !== undefined) {
      for (const ping of pingsIn(message)) this.pings.push({ channel: message.channel, ts: message.ts, ping });
    }
    this.#show(
      message,
      change,
      renderMessage(message, (id) => this.nameOf(id)),
    );
    return message;
  }

  #show(message: Message, change: Frame["change"], text: string): void {
    this.#record({
      change,
      channel: message.channel,
      thread: threadOf(message),
      ts: message.ts,
      author: message.user,
      text,
      isEdited: message.edited !== undefined,
      ...(message.onlyFor === undefined ? {} : { onlyFor: message.onlyFor }),
    });
  }

  #record(frame: Omit<Frame, "at">): void {
    this.frames.push({ at: this.#clock.now(), ...frame });
    this.changes.emit("change");
  }
}

/** Slack names every block that its author has not named. */
function identified(block: Block, index: number): Block {
  return { block_id: `b${index}`, ...block };
}
