import { setTimeout as sleep } from "node:timers/promises";
import {
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayReadyDispatchData,
  Options,
  SimpleShardingStrategy,
  type WebSocketManagerOptions,
  WebSocketShardStatus,
} from "discord.js";
import type { Log } from "../../core/log.ts";
import { restOptions } from "./discord-api.ts";
import type { Identity } from "./discord-parts.ts";
import type { Dispatches } from "./dispatches.ts";

const CONNECTING_MS = 50;

const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

/** Which of a bot's connections are opened here; other processes open the others. */
export interface Shards {
  readonly ids: readonly number[];
  /** Of all processes together. */
  readonly count: number;
}

/** By default the library remembers everybody who ever wrote something. Of people it needs nobody but the bot, and not for long. */
const CACHE_LIMITS = {
  MessageManager: 0,
  ReactionManager: 0,
  PresenceManager: 0,
  UserManager: 10,
  GuildMemberManager: 10,
  ThreadMemberManager: 0,
} as const;

export interface GatewayClient {
  /** @throws what discord.js throws when Discord cannot be reached or does not let us in */
  login(token: string): Promise<void>;
  /** Resolves with the code of the gateway when it closes a connection for good. */
  readonly ended: Promise<number>;
  /** Disconnects for good. */
  end(): Promise<void>;
  listen<E extends keyof Dispatches>(event: E, listener: (data: Dispatches[E]) => void): void;
}

/** A client of discord.js for one login; it keeps as little as it can, as dispatches are taken as they come. */
export function createGatewayClient(options: {
  readonly apiUrl: string;
  /** Default: all, as many as Discord recommends. */
  readonly shards?: Shards | undefined;
  readonly withContent: boolean;
  readonly onReady: (self: Identity) => void;
  readonly log: Log;
}): GatewayClient {
  const { apiUrl, withContent, onReady, log } = options;
  const strategy = endableShards();
  const client = new Client({
    intents: withContent ? [...INTENTS, GatewayIntentBits.MessageContent] : INTENTS,
    ...(options.shards === undefined
      ? { shards: "auto" }
      : { shards: options.shards.ids, shardCount: options.shards.count }),
    rest: restOptions(apiUrl),
    allowedMentions: { parse: [], repliedUser: false },
    ws: { buildStrategy: (manager) => strategy.build(manager) },
    makeCache: Options.cacheWithLimits(CACHE_LIMITS),
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
    async login(token) {
      await client.login(token);
    },
    ended: ended.promise,
    async end() {
      await strategy.end();
      await client.destroy();
    },
    listen: (event, listener) => void client.ws.on(event, listener),
  };
}

/**
 * Shards that can be ended at any time. The library's `destroy` does nothing to one that waits to connect again, which then goes on
 * for ever, and one that is about to connect it leaves without a listener for its error, which ends the process.
 */
function endableShards() {
  let isEnding = false;
  let strategy: SimpleShardingStrategy | undefined;
  return {
    build(manager: ConstructorParameters<typeof SimpleShardingStrategy>[0]): SimpleShardingStrategy {
      const { options } = manager;
      const retrieve: WebSocketManagerOptions["retrieveSessionInfo"] = options.retrieveSessionInfo.bind(options);
      // The first step of every connection; it takes no other after it.
      options.retrieveSessionInfo = (shard) => (isEnding ? new Promise(() => undefined) : retrieve(shard));
      strategy = new SimpleShardingStrategy(manager);
      return strategy;
    },
    async end(): Promise<void> {
      isEnding = true;
      while ((await strategy?.fetchStatus())?.some((status) => status === WebSocketShardStatus.Connecting) === true) {
        await sleep(CONNECTING_MS);
      }
    },
  };
}
