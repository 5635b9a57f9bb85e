import type { Delivery, Outcome, Retry } from "./courier.ts";
import type { Message, Token } from "./entities.ts";
import type { HttpMode } from "./http-mode.ts";
import type { SlackFile } from "./files.ts";
import type { Installation, NewChannel } from "./directory.ts";
import type { MessageAt, Person } from "./person.ts";
import type { SocketMode } from "./socket-mode.ts";
import type { Transcript } from "./transcript.ts";
import type { FrequentTrouble, Trouble } from "./troubles.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import type { Fault, WebApiCall } from "./web-api.ts";
import type { World } from "./world.ts";

export interface FakeSlackOptions {
  /** Virtual milliseconds per real one: retries, tiers, streams' lives all run so much faster. Default 1; see also `clock.advance`. */
  readonly speed?: number;
  /** The time an app has to ack, in real milliseconds. Default 3000; `clock.advance` shortens it. */
  readonly ackMs?: number;
  /** Requests a minute per method, instead of Slack's tier. */
  readonly rates?: Readonly<Record<string, number>>;
  /** How long a stream lives, in virtual milliseconds. Default five minutes. */
  readonly streamLifeMs?: number;
  /** Whether tokens got by OAuth expire after twelve hours and are rotated. Default no. */
  readonly rotatesTokens?: boolean;
  readonly scopes?: readonly string[];
  /** Events the app subscribes to, `message.channels` and the like. */
  readonly events?: readonly string[];
  /** Of the choice among connections. Default 1. */
  readonly seed?: number;
}

export interface FakeSlack extends AsyncDisposable {
  /** For `clientOptions.slackApiUrl`: `http://127.0.0.1:PORT/api/`. */
  readonly apiUrl: string;
  readonly app: { readonly id: string; readonly name: string };
  readonly signingSecret: string;
  readonly appToken: string;
  /** For OAuth. */
  readonly client: { readonly id: string; readonly secret: string };
  /** Of the first workspace. */
  readonly botToken: string;
  /** Id of the bot's user in the first workspace. */
  readonly botUser: string;
  /** Id of the first workspace. */
  readonly team: string;
  /** Id of a public channel of the first workspace, with the bot and every person added so far in it. */
  readonly general: string;
  readonly world: World;
  readonly clock: VirtualClock;
  readonly socket: SocketMode;

  /** Adds a workspace with the app installed, or without. */
  addTeam(name: string, options?: { readonly isInstalled?: boolean }): Installation;
  /** Adds somebody; default: to the first workspace and its general channel. */
  addPerson(
    name: string,
    options?: { readonly team?: string; readonly isAdmin?: boolean; readonly locale?: string },
  ): Person;
  /** Adds a bot of another app, which writes as people do. */
  addBot(name: string, options?: { readonly team?: string }): Person;
  /** Adds a channel with these members; the bots of the installed teams are in it unless `withoutBot`. */
  addChannel(name: string, options?: NewChannel): string;

  /** Makes a user, as the bot of a team that installed the app later, a member of a channel. */
  invite(channel: string, user: string): void;
  /** What somebody's browser is sent to who allows the app on Slack's page at `authorizeUrl`: the `redirect_uri`, or the app's only one, with a code. */
  allow(authorizeUrl: string, person: Pick<Person, "id" | "team">): string;
  /** The same for an administrator who allows it for every workspace of the organisation. */
  allowForOrganisation(authorizeUrl: string, person: Pick<Person, "id" | "team">): string;
  /** The same for somebody who declines. */
  decline(authorizeUrl: string, person: Pick<Person, "id" | "team">): string;

  /** From now on the app is told over HTTP, at this request URL. */
  useHttp(url: string): HttpMode;
  /** Hands the app the same event once more; with `retry` as a marked redelivery, without as a replay. */
  redeliver(delivery: Delivery, retry?: Retry): Promise<Outcome>;
  /** Hands the app the same event through every open connection at once. */
  duplicate(delivery: Delivery): void;
  /** Withdraws the app from a team: tokens die, the app hears `tokens_revoked` and `app_uninstalled`. */
  uninstall(team: string): Promise<void>;
  /** What becomes of a token. */
  setToken(value: string, state: Token["state"]): void;
  /** Ends a stream as Slack does after its time. */
  closeStream(message: MessageAt): void;

  /** What the app has uploaded, or is about to. */
  files(): readonly SlackFile[];
  thread(channel: string, thread: string): Transcript;
  channel(channel: string): Transcript;
  /** The messages as the Web API would list them, with metadata and blocks. */
  messages(channel: string, thread: string): readonly Message[];
  /** Prompts offered in a conversation, and in its thread if given. */
  prompts(channel: string, thread?: string): readonly { readonly title: string; readonly message: string }[];
  titleOf(channel: string, thread: string): string | undefined;
  /** Resolves once `isSo`; looked at again after every change that people can see, every request, connection and ack. */
  until(isSo: () => boolean): Promise<void>;

  /** The next `times` requests of this method (`*`: any) meet a trouble. */
  fail(method: string, trouble: Trouble, times?: number): void;
  /** From now on a share of all requests meets a trouble; `undefined` ends it. */
  failSometimes(frequent: FrequentTrouble | undefined): void;
  /** Every request that Slack would have refused or warned about; what `fail` brought about is not among them. */
  readonly faults: readonly Fault[];
  /** Every request to the Web API, in order. */
  readonly calls: readonly WebApiCall[];
  close(): Promise<void>;
}
