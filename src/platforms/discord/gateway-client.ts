import {
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayReadyDispatchData,
  Options,
} from "discord.js";
import type { Log } from "../../core/log.ts";
import { restOptions } from "./discord-api.ts";
import type { Identity } from "./discord-parts.ts";
import type { Dispatches } from "./dispatches.ts";

const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

export interface GatewayClient {
  readonly client: Client;
  /** Resolves with the code of the gateway when it closes a connection for good. */
  readonly ended: Promise<number>;
  listen<E extends keyof Dispatches>(event: E, listener: (data: Dispatches[E]) => void): void;
}

/** A client of discord.js for one login; it keeps as little as it can, as dispatches are taken as they come. */
export function createGatewayClient(options: {
  readonly apiUrl: string;
  readonly withContent: boolean;
  readonly onReady: (self: Identity) => void;
  readonly log: Log;
}): GatewayClient {
  const { apiUrl, withContent, onReady, log } = options;
  const client = new Client({
    intents: withContent ? [...INTENTS, GatewayIntentBits.MessageContent] : INTENTS,
    shards: "auto",
    rest: restOptions(apiUrl),
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: Options.cacheWithLimits({ MessageManager: 0, ReactionManager: 0, PresenceManager: 0 }),
  });
  const ended = Promise.withResolvers<number>();
  client.on(Events.ShardDisconnect, ({ code }) => ended.resolve(code));
  client.on(Events.ShardError, (error) => log.debug({ err: error }, "trouble with the gateway"));
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, "connection to Discord ended"));
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, "connection to Discord resumed"));
  client.ws.on(GatewayDispatchEvents.Ready, ({ user, application, shard }: GatewayReadyDispatchData) => {
    log.info({ shard: shard?.[0] ?? 0 }, "connected to Discord");
    onReady({ user: user.id, application: application.id });
  });
  return {
    client,
    ended: ended.promise,
    listen: (event, listener) => void client.ws.on(event, listener),
  };
}
