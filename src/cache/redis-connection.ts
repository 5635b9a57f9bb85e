import { Redis, ReplyError } from "ioredis";
import type { Log } from "../core/log.ts";
import { within } from "./within.ts";

export type RedisSettings =
  | { readonly url: string }
  | { readonly host: string; readonly port?: number; readonly password?: string | undefined; readonly db?: number };

export type RedisStatus = "starting" | "connected" | "disconnected" | "error";

const PROBE_EVERY_MS = 1_000;
/** Milliseconds without a sign of life after which the connection is made anew: its other end may be gone. */
const GIVE_UP_AFTER_MS = 3_000;

export interface RedisConnectionOptions {
  /** Sent every second. It should write, so that a read-only or full Redis is noticed. */
  readonly probe: (client: Redis) => Promise<unknown>;
  /** Called when Redis can be used, for the first time or again. */
  readonly onConnected: () => void;
  /** Milliseconds that whoever finds Redis silent has waited in vain; after that nobody waits until it is back. */
  readonly patienceMs: number;
  readonly log: Log;
}

/**
 * Redis as something that may fail at any moment without anyone noticing. The first command that is not answered in
 * time marks it as away; from then on nobody waits for it, until a probe in the background has found it well again.
 */
export class RedisConnection {
  /** Host and port. */
  readonly address: string;
  readonly #client: Redis;
  readonly #options: RedisConnectionOptions;
  /** Resolves when the first attempt to connect has come to an end, good or bad. */
  readonly #started = Promise.withResolvers<void>();
  readonly #untold = new Set<Promise<unknown>>();
  readonly #timer: NodeJS.Timeout;
  #status: RedisStatus = "starting";
  #probing = false;
  #lastSignOfLife = performance.now();

  constructor(settings: RedisSettings, options: RedisConnectionOptions) {
    this.#options = options;
    this.#client = connect(settings);
    this.address = `${this.#client.options.host}:${this.#client.options.port}`;
    this.#client.on("connect", () => (this.#lastSignOfLife = performance.now()));
    this.#client.on("ready", () => void this.#probe());
    this.#client.on("error", (error) => this.#lost(error));
    this.#client.on("close", () => {
      if (this.#status === "connected") this.#lost(new ConnectionLost());
    });
    this.#timer = setInterval(() => this.#beat(), PROBE_EVERY_MS).unref();
  }

  /** Never `starting` after anything has been asked. */
  get status(): RedisStatus {
    return this.#status;
  }

  /** What Redis replies to the command; `undefined` when it is away, does not answer in time, or answers with an error. */
  async ask<T>(command: (client: Redis) => Promise<T>): Promise<T | undefined> {
    if (this.#isAway) return undefined;
    try {
      return await within(this.#options.patienceMs, this.#send(command));
    } catch (error) {
      // An error in reply is about the command (a key of a foreign type, a right that is missing); the probe finds what is about Redis.
      if (!isReply(error)) this.#lost(error);
      return undefined;
    }
  }

  /** Sends a command whose reply nobody waits for; it is dropped while Redis is away. */
  tell(command: (client: Redis) => Promise<unknown>): void {
    if (this.#isAway) return;
    const told = this.#send(command)
      .catch((error: unknown) => this.#lost(error))
      .finally(() => this.#untold.delete(told));
    this.#untold.add(told);
  }

  /** Waits a moment for what was told, then hangs up. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    if (!this.#isAway) await Promise.allSettled([within(this.#options.patienceMs, Promise.all(this.#untold))]);
    this.#status = "disconnected";
    this.#client.disconnect();
  }

  get #isAway(): boolean {
    return this.#status !== "starting" && (this.#status === "disconnected" || this.#client.status !== "ready");
  }

  async #send<T>(command: (client: Redis) => Promise<T>): Promise<T | undefined> {
    if (this.#status === "starting") await this.#started.promise;
    return this.#isAway ? undefined : command(this.#client);
  }

  #beat(): void {
    const hasConnection = this.#client.status === "connect" || this.#client.status === "ready";
    if (hasConnection && performance.now() - this.#lastSignOfLife > GIVE_UP_AFTER_MS) this.#client.disconnect(true);
    else if (this.#client.status === "ready") void this.#probe();
  }

  async #probe(): Promise<void> {
    if (this.#probing) return;
    this.#probing = true;
    const reply = this.#options.probe(this.#client);
    try {
      await within(this.#options.patienceMs, reply);
      this.#found();
    } catch (error) {
      this.#lost(error);
      // However late the reply, there is never more than one probe on its way.
      await Promise.allSettled([reply]);
    } finally {
      this.#lastSignOfLife = performance.now();
      this.#probing = false;
    }
  }

  #found(): void {
    if (this.#status === "connected") return;
    this.#status = "connected";
    this.#options.log.info({ redis: this.address }, "redis is connected");
    this.#started.resolve();
    this.#options.onConnected();
  }

  #lost(error: unknown): void {
    const status = isReply(error) ? "error" : "disconnected";
    if (this.#status !== status) {
      this.#options.log.warn({ redis: this.address, reason: reasonOf(error) }, CONSEQUENCES[status]);
    }
    this.#status = status;
    this.#started.resolve();
  }
}

const CONSEQUENCES = {
  disconnected: "redis is away, memory serves alone",
  error: "redis answers with errors",
} as const;

class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

/**
 * Every command fails at once when it cannot be sent. Two limits of ioredis are left out on purpose: `commandTimeout`
 * calls replies late that came while this process was busy (see {@link within}), and `socketTimeout`, when a connection
 * ends with a command under way, goes on running and ends the next connection instead.
 */
function connect(settings: RedisSettings): Redis {
  const options = {
    connectTimeout: 500,
    // Keeps the process alive for so long when Redis is away at the end.
    disconnectTimeout: 100,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt: number) => Math.min(100 * attempt, 1_000),
  };
  return "url" in settings ? new Redis(settings.url, options) : new Redis({ ...settings, ...options });
}

/** An error that Redis itself replied; ioredis declares its class as any. */
function isReply(error: unknown): error is Error {
  return error instanceof ReplyError;
}

/** A word for the log. Never the error itself: ioredis hangs the command on it, and that may be AUTH with the password. */
function reasonOf(error: unknown): string {
  if (isReply(error)) return error.message.split(" ", 1)[0]!;
  if (error instanceof Error) return "code" in error ? String(error.code) : error.name;
  return "unknown";
}
