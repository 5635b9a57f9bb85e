import type { Fields } from "./entities.ts";
import type { GatewayEvent } from "./gateway.ts";
import type { Invoked } from "./interactions.ts";

/** What somebody did, and what the app is told about it. */
export interface Sent {
  readonly channel: string;
  readonly id: string;
  /** Empty when the app may not hear of it at all; whether it does depends on its intents. */
  readonly events: readonly GatewayEvent[];
}

export type MessageAt = Pick<Sent, "channel" | "id">;

export interface Writing {
  /** The message it replies to. */
  readonly replyTo?: MessageAt;
  /** Whether the reply calls the author of the other message. Default yes, as in Discord's clients. */
  readonly pingsReplied?: boolean;
}

/** What somebody types into a command: by option name. Users and channels are given by their ids. */
export type CommandOptions = Readonly<Record<string, string | number | boolean>>;

/** Somebody on Discord. Interactions resolve once the app has responded, or when Discord has given up on it. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Id of the direct messages with the bot. */
  readonly direct: string;
  /** Writes a message, which may hold tokens such as `<@1>`. */
  say(channel: string, text: string, writing?: Writing): Sent;
  /** Writes a message that begins with a mention of the bot. */
  mention(channel: string, text: string, writing?: Writing): Sent;
  /** Writes to the bot in the direct messages with it. */
  dm(text: string, writing?: Writing): Sent;
  edit(message: MessageAt, text: string): Sent;
  delete(message: MessageAt): Sent;
  /** Pins a message, which leaves a system message. */
  pin(message: MessageAt): Sent;
  /** Joins a guild, which leaves a system message in its first channel. */
  join(guild: string): Sent;
  type(channel: string): void;
  /** Starts a thread from a message, or in a channel, where it leaves a system message. Returns the thread's id. */
  startThread(name: string, where: { readonly message: MessageAt } | { readonly channel: string }): string;
  /** Starts a post in a forum; its first message has the post's id. */
  post(forum: string, name: string, text: string): Sent;
  /** From now on the bot may not, or may again, write to this person directly. */
  setDirectOpen(isOpen: boolean): void;

  /** Runs a slash command (`wiki ask`); throws unless it is registered, open to this person here, and given what it takes. */
  slash(channel: string, command: string, options?: CommandOptions): Promise<Invoked>;
  /** Types into one option of a command, the others being filled in; resolves with what is offered. */
  autocomplete(
    channel: string,
    command: string,
    focused: Readonly<Record<string, string>>,
    others?: CommandOptions,
  ): Promise<readonly { readonly name: string; readonly value: string | number }[]>;
  /** Chooses a message command from a message's menu. */
  menu(message: MessageAt, command: string): Promise<Invoked>;
  /** Presses the button with this label or `custom_id`. */
  click(message: MessageAt, button: string): Promise<Invoked>;
  /** Chooses in the message's only select menu, or the one with this placeholder or `custom_id`, by label or value. */
  select(message: MessageAt, choices: readonly string[], menu?: string): Promise<Invoked>;
  /** The modal that is open before this person, as the app sent it. */
  modal(): Fields | undefined;
  /** Sends the open modal; values by `custom_id`. */
  submit(values: Readonly<Record<string, string>>): Promise<Invoked>;
}

export interface Webhook {
  readonly id: string;
  say(text: string): Sent;
}
