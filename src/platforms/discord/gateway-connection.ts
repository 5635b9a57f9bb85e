import { setTimeout as sleep } from "node:timers/promises";
import { DiscordjsErrorCodes, GatewayCloseCodes } from "discord.js";
import type { Log } from "../../core/log.ts";
import type { Identity } from "./discord-parts.ts";
import type { Listen } from "./dispatches.ts";
import { createGatewayClient, type GatewayClient, type Shards } from "./gateway-client.ts";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** After a connection that lasted so long, the waits begin anew. */
const STEADY_MS = 60_000;
/** How long Discord may take to let us in before the rest of Footnote goes on. */
const FIRST_ATTEMPT_MS = 5_000;
/** How long what has arrived may take to be stored when the connection is to end. */
const LAST_STEPS_MS = 3_000;
const CLOSE_MS = 1_000;

export interface GatewayConnection {
  /** Connects, and goes on trying. Resolves after the first attempt, or after 5 s. */
  start(): Promise<void>;
  /** Takes nothing more, and disconnects. Can be repeated. */
  stop(): Promise<void>;
}

export interface GatewayConnectionOptions {
  readonly token: string;
  readonly apiUrl: string;
  /** Default: all. */
  readonly shards?: Shards | undefined;
  /** Called for every client, to add what listens. */
  readonly addListeners: (listen: Listen) => void;
  /** Called with every new session. */
  readonly onReady: (self: Identity) => void;
  /** Called when the token is worth nothing, at the start or later. */
  readonly onRevoked: () => void;
  readonly log: Log;
}

/** The gateway, by discord.js: heartbeats, sessions, resuming and shards are its business; a new login is ours. */
export function createGatewayConnection(options: GatewayConnectionOptions): GatewayConnection {
  const { token, apiUrl, shards, addListeners, onReady, onRevoked, log } = options;
  const stopping = new AbortController();
  const stopped = new Promise<undefined>((resolve) =>
    stopping.signal.addEventListener("abort", () => resolve(undefined), { once: true }),
  );
  const taking = new Set<Promise<void>>();
  let withContent = true;
  let running: Promise<void> | undefined;

  function listenWith(gateway: GatewayClient): Listen {
    return (event, take) =>
      gateway.listen(event, (data) => {
        if (stopping.signal.aborted) return;
        const taken = take(data).catch((error: unknown) => log.error({ err: error, event }, "not taken"));
        taking.add(taken);
        void taken.finally(() => taking.delete(taken));
      });
  }

  /** Logs in, and resolves when Discord closes the connection for good, with its code, or when it is to end. */
  async function connect(tried: () => void): Promise<number | undefined> {
    const gateway = createGatewayClient({ apiUrl, shards, withContent, onReady, log });
    addListeners(listenWith(gateway));
    try {
      const login = gateway.login(token).then(() => "in" as const);
      const outcome = await Promise.race([gateway.ended, login, stopped]);
      if (outcome !== "in") return outcome;
      if (!withContent) log.warn({}, WITHOUT_CONTENT);
      tried();
      return await Promise.race([gateway.ended, stopped]);
    } finally {
      await within(gateway.end(), CLOSE_MS);
    }
  }

  async function keepConnected(tried: () => void): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    while (!stopping.signal.aborted) {
      const beganAt = Date.now();
      try {
        const code = await connect(tried);
        if (code === GatewayCloseCodes.DisallowedIntents && withContent) {
          withContent = false;
          continue;
        }
        if (code === GatewayCloseCodes.AuthenticationFailed) return onRevoked();
        if (code !== undefined) log.warn({ code, waitMs }, "Discord closed the connection");
      } catch (error) {
        if (isTokenRefused(error)) return onRevoked();
        log.warn({ err: error, waitMs }, "Discord cannot be reached");
      }
      tried();
      if (Date.now() - beganAt > STEADY_MS) waitMs = FIRST_WAIT_MS;
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    }
  }

  return {
    async start() {
      const tried = Promise.withResolvers<void>();
      running ??= keepConnected(tried.resolve)
        .catch((error: unknown) => log.error({ err: error }, "Discord is off"))
        .finally(tried.resolve);
      await within(tried.promise, FIRST_ATTEMPT_MS);
    },
    async stop() {
      stopping.abort();
      await within(Promise.allSettled(taking), LAST_STEPS_MS);
      await within(running, 2 * CLOSE_MS);
    },
  };
}

const WITHOUT_CONTENT =
  "the Message Content intent is off: mentions, direct messages, replies with a ping and commands are answered, follow-ups " +
  "without a mention are not. The developer portal has it under Bot";

/** Whatever comes first: the library may wait half a minute for a peer that does not say goodbye. */
async function within(step: Promise<unknown> | undefined, milliseconds: number): Promise<void> {
  const isOver = new AbortController();
  const limit = sleep(milliseconds, undefined, { signal: isOver.signal }).catch(() => undefined);
  try {
    await Promise.race([step, limit]);
  } finally {
    isOver.abort();
  }
}

/** What login throws when the gateway's address is refused to the token. */
function isTokenRefused(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === DiscordjsErrorCodes.TokenInvalid;
}
