import type { VirtualClock } from "../slack/virtual-clock.ts";
import type { Actions } from "./actions.ts";
import type { Announcer } from "./announcer.ts";
import type { CommandBook } from "./command-book.ts";
import type { Channel, Fields, Message } from "./entities.ts";
import type { OpenGateway } from "./gateway.ts";
import type { InteractionReplies } from "./interaction-replies.ts";
import type { InteractionDesk } from "./interactions.ts";
import type { Nonces } from "./nonces.ts";
import type { Permission } from "./permissions.ts";
import type { Rate } from "./rate-limits.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** What a route works with. */
export interface Office {
  readonly world: World;
  readonly clock: VirtualClock;
  readonly actions: Actions;
  readonly announcer: Announcer;
  readonly commands: CommandBook;
  readonly interactions: InteractionDesk;
  readonly replies: InteractionReplies;
  readonly nonces: Nonces;
  readonly gateway: OpenGateway;
  readonly app: { readonly id: string; readonly name: string };
  /** What `GET /gateway/bot` says beside the limits. */
  readonly gatewayFields: Fields;
  /** The application's flags. */
  readonly appFlags: number;
  warn(detail: string): void;
}

/** A file that came with a request. */
export interface Upload {
  /** The `n` of `files[n]`. */
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly contentType: string;
}

export interface Call extends Office {
  /** By name: the `:channel` of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly Upload[];
}

/** A route's answer: a body, or nothing, which is 204. */
export type Answer = Fields | readonly Fields[] | undefined;

export interface Route {
  /** `POST /channels/:channel/messages`. */
  readonly name: string;
  readonly rate: Rate;
  /** Whether the request needs the bot's token. Interactions and webhooks carry theirs in the path, and are outside the global limit. */
  readonly needsToken: boolean;
  match(method: string, path: string): Readonly<Record<string, string>> | undefined;
  /** @throws {Refusal} */
  run(call: Call): Answer;
}

/** The fake's own: Discord publishes none, and says to go by the headers. */
const USUAL_RATE: Rate = { limit: 5, windowMs: 5000 };

export function route(
  name: string,
  run: (call: Call) => Answer,
  { rate = USUAL_RATE, needsToken = true }: { readonly rate?: Rate; readonly needsToken?: boolean } = {},
): Route {
  const [method, pattern] = name.split(" ") as [string, string];
  const shape = new RegExp(`^${pattern.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`);
  return {
    name,
    rate,
    needsToken,
    run,
    match(given, path) {
      const found = given === method ? shape.exec(path) : null;
      return found === null ? undefined : { ...found.groups };
    },
  };
}

/** The channel of the path, if the bot may see it and do all this in it. */
export function channelOf({ world, params, app }: Call, ...permissions: readonly Permission[]): Channel {
  const channel = world.channels.get(params["channel"] ?? "");
  if (channel === undefined) throw new Refusal(10003);
  requirePermissions(world, app.id, channel, ...permissions);
  return channel;
}

export function requirePermissions(
  world: World,
  bot: string,
  channel: Channel,
  ...permissions: readonly Permission[]
): void {
  if (!world.may(bot, channel, "VIEW_CHANNEL")) throw new Refusal(50001);
  if (!world.may(bot, channel, ...permissions)) throw new Refusal(50013);
}

/** The message of the path; what only one person sees is unknown here. */
export function messageOf({ world, params }: Call, channel: Channel): Message {
  const message = world.message(channel.id, params["message"] ?? "");
  if (message === undefined || message.onlyFor !== undefined) throw new Refusal(10008);
  return message;
}
