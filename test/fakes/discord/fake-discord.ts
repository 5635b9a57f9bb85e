import type { FrequentTrouble, Trouble } from "../slack/troubles.ts";
import type { VirtualClock } from "../slack/virtual-clock.ts";
import type { ChannelKind, Fields, Message } from "./entities.ts";
import type { Gateway, GatewayEvent } from "./gateway.ts";
import type { Permission } from "./permissions.ts";
import type { MessageAt, Person, Webhook } from "./person.ts";
import type { Rate } from "./rate-limits.ts";
import type { ApiCall, Fault } from "./rest-api.ts";
import type { Transcript } from "./transcript.ts";
import type { World } from "./world.ts";

export interface FakeDiscordOptions {
  /** Virtual milliseconds per real one: buckets and tokens' lives run so much faster. Default 1; see also `clock.advance`. */
  readonly speed?: number;
  /** The time an app has to answer an interaction, in real milliseconds. Default 3000; `clock.advance` shortens it. */
  readonly interactionMs?: number;
  /** How often the client is told to send a heartbeat, in real milliseconds. Default 41,250, as Discord says. */
  readonly heartbeatMs?: number;
  /** Buckets by route (`PATCH /channels/:channel/messages/:message`), instead of the fake's. */
  readonly rates?: Readonly<Record<string, Rate>>;
  /** Requests a second of the whole bot. Default 50. */
  readonly globalPerSecond?: number;
  /** Requests answered 401, 403 or 429 in ten minutes until the address is banned. Default 10,000. */
  readonly invalidRequests?: number;
  /** Privileged intents that are switched on in the developer portal. Default: `["MESSAGE_CONTENT"]`. */
  readonly privilegedIntents?: readonly PrivilegedIntent[];
  /** Identifies left for today. Default 1000. */
  readonly sessionStarts?: number;
  /** Identifies that may come at the same time. Default 1. */
  readonly maxConcurrency?: number;
  /** How far apart identifies must be, in virtual milliseconds (Discord: 5000). Default 0: no matter. */
  readonly identifyEveryMs?: number;
  /** How many shards `GET /gateway/bot` recommends. Default 1. */
  readonly shards?: number;
  /** What the bot's role may do in new guilds beside what everybody may. Default: nothing more. */
  readonly permissions?: readonly Permission[];
}

export type PrivilegedIntent = "GUILD_MEMBERS" | "GUILD_PRESENCES" | "MESSAGE_CONTENT";

export interface NewChannel {
  /** Default `text`. */
  readonly kind?: ChannelKind;
  /** Default: the first guild. */
  readonly guild?: string;
}

export interface NewPerson {
  /** Ids of the guilds this person is in. Default: the first. */
  readonly guilds?: readonly string[];
  /** What this person may do in all of them, beside what everybody may: `["MANAGE_GUILD"]`. */
  readonly permissions?: readonly Permission[];
  /** Default `en-US`. */
  readonly locale?: string;
}

/** A strict Discord for one bot; see `startFakeDiscord`. */
export interface FakeDiscord extends AsyncDisposable {
  /** For `rest.api` of discord.js: `http://127.0.0.1:PORT/api`. */
  readonly apiUrl: string;
  /** The application's id, which is its bot user's as well. */
  readonly app: { readonly id: string; readonly name: string };
  readonly token: string;
  /** Id of the first guild. */
  readonly guild: string;
  /** Id of a text channel of the first guild. */
  readonly general: string;
  readonly world: World;
  readonly clock: VirtualClock;
  /** The WebSocket end: who is connected, and what can happen to them. */
  readonly gateway: Gateway;

  /** Adds a guild with the bot in it, or without, where people who installed the app for themselves still use it. */
  addGuild(name: string, options?: { readonly hasBot?: boolean; readonly locale?: string }): string;
  addChannel(name: string, options?: NewChannel): string;
  addPerson(name: string, options?: NewPerson): Person;
  /** Makes somebody a member of a guild that was added later; nobody is told. */
  addMember(guild: string, person: Pick<Person, "id">): void;
  /** Adds a bot of another app, which writes as people do. */
  addBot(name: string, options?: NewPerson): Person;
  addWebhook(channel: string, name: string): Webhook;
  /** Adds a role to a guild (default: the first), and gives it to these people. */
  addRole(
    name: string,
    options?: {
      readonly guild?: string;
      readonly permissions?: readonly Permission[];
      readonly members?: readonly Pick<Person, "id">[];
    },
  ): string;

  /** Denies the bot, or somebody, something in one channel; `CHANNEL_UPDATE` tells the app. */
  deny(channel: string, permissions: readonly Permission[], user?: string): void;
  /** Takes such denials back, or allows more than elsewhere. */
  allow(channel: string, permissions: readonly Permission[], user?: string): void;
  /** Archives a thread, and locks it if asked. */
  archive(thread: string, options?: { readonly isLocked?: boolean }): void;
  deleteChannel(channel: string): void;
  /** Removes the bot from a guild, as when it is kicked: `GUILD_DELETE`. */
  removeBot(guild: string): void;
  /** Adds the bot to a guild without it: `GUILD_CREATE`. */
  inviteBot(guild: string): void;
  /** Adds a preview to a message's link, which the app hears of as a `MESSAGE_UPDATE` though nobody edited anything. */
  unfurl(message: MessageAt, embed: Fields): void;
  /** Makes the token invalid: open sessions are closed with 4004, requests are answered 401. */
  revokeToken(): void;
  /** Hands the app the same event once more, through every session that hears of such events. */
  replay(event: GatewayEvent): void;

  /** A channel, a thread or direct messages as people see it. */
  channel(id: string): Transcript;
  /** The messages as the API would list them, oldest first, ephemeral ones among them. */
  messages(channel: string): readonly Message[];
  /** Ids of the threads of a channel, oldest first. The one made from a message has the message's id. */
  threads(channel: string): readonly string[];
  /** Name of a channel or thread; `undefined` once it is deleted. */
  nameOf(channel: string): string | undefined;
  /** The commands that are registered, as they were sent: global, or those of a guild. */
  commands(guild?: string): readonly Fields[];
  /** Resolves once `isSo`; looked at again after every change that people can see, every request and gateway message, and now and then. */
  until(isSo: () => boolean): Promise<void>;

  /**
   * The next `times` requests of this route (`POST /channels/:channel/messages`; `*`: any) meet a trouble. The `error` of a
   * trouble is one of Discord's codes: `{ error: "50013" }`.
   */
  fail(route: string, trouble: Trouble, times?: number): void;
  /** From now on a share of all requests meets a trouble; `undefined` ends it. Its `methods` are routes. */
  failSometimes(frequent: FrequentTrouble | undefined): void;
  /** Whatever Discord would have refused, limited or warned about, and interactions that failed; not what `fail` brought about. */
  readonly faults: readonly Fault[];
  /** Every request to the API, in order. */
  readonly calls: readonly ApiCall[];
  close(): Promise<void>;
}
