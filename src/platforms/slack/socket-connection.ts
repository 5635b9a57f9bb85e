import { setTimeout as sleep } from "node:timers/promises";
import { SocketModeReceiver } from "@slack/bolt";
import type { Log } from "../../core/log.ts";
import type { Deliver } from "./receiver.ts";
import { clientOptions } from "./slack-api.ts";
import { isRevoked, toSlackError } from "./slack-error.ts";
import { slackLogger } from "./slack-logger.ts";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** How long events that have arrived may take to be stored and acked when the connection is to end. */
const LAST_ACKS_MS = 3_000;
const CLOSE_MS = 1_000;
/** How long Slack may take to greet. */
const GREETING_MS = 30_000;
/** After a connection that lasted so long, the next is opened at once: Slack renews them now and then. */
const STEADY_MS = 10_000;

export interface SocketConnection {
  /** Connects, and connects again whenever the connection ends. Resolves after the first attempt. */
  start(): Promise<void>;
  /** Takes nothing more, acks what has been stored, and disconnects. Slack delivers the rest again. */
  stop(): Promise<void>;
}

export interface SocketConnectionOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly deliver: Deliver;
  readonly onRevoked: (code: string) => void;
  readonly log: Log;
}

/** Socket Mode by Bolt's client; reconnecting is ours, as theirs waits 5 s each time and ends the process when it may not reconnect. */
export function createSocketConnection({
  appToken,
  apiUrl,
  deliver,
  onRevoked,
  log,
}: SocketConnectionOptions): SocketConnection {
  const { client } = new SocketModeReceiver({
    appToken,
    logger: slackLogger(log),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(apiUrl, log) },
  });
  const stopping = new AbortController();
  const taking = new Set<Promise<void>>();
  const firstAttempt = Promise.withResolvers<void>();
  let ended = Promise.withResolvers<void>();
  let running: Promise<void> | undefined;

  client.on("slack_event", (delivery: SocketDelivery) => {
    if (stopping.signal.aborted) return;
    const { body, retry_num: retryNum, retry_reason: retryReason } = delivery;
    const taken = deliver({ body, retryNum, retryReason }, delivery.ack).catch((error: unknown) => {
      log.warn({ err: error }, "event not acked; Slack will send it again");
    });
    taking.add(taken);
    void taken.finally(() => taking.delete(taken));
  });
  client.on("disconnected", () => ended.resolve());

  /** Connects. Rejects when Slack takes the connection and then says nothing, too. */
  async function start(): Promise<void> {
    const greeting = new AbortController();
    const late = sleep(GREETING_MS, undefined, { signal: greeting.signal, ref: false }).then(
      async () => {
        await client.disconnect();
        throw new Error("Slack did not greet");
      },
      () => undefined,
    );
    try {
      await Promise.race([client.start(), late]);
    } finally {
      greeting.abort();
    }
  }

  async function keepConnected(): Promise<void> {
    let waitMs = FIRST_WAIT_MS;
    while (!stopping.signal.aborted) {
      ended = Promise.withResolvers<void>();
      try {
        await start();
        log.info({}, "connected to Slack");
        firstAttempt.resolve();
        const connectedAt = Date.now();
        await ended.promise;
        log.info({ ms: Date.now() - connectedAt }, "connection to Slack ended");
        if (Date.now() - connectedAt > STEADY_MS) {
          waitMs = FIRST_WAIT_MS;
          continue;
        }
      } catch (error) {
        const reason = toSlackError(error);
        if (isRevoked(reason)) return onRevoked(reason.code);
        log.warn({ err: reason, waitMs }, "no connection to Slack");
      } finally {
        firstAttempt.resolve();
      }
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    }
  }

  return {
    start() {
      running ??= keepConnected();
      return firstAttempt.promise;
    },
    async stop() {
      stopping.abort();
      await Promise.race([Promise.allSettled(taking), sleep(LAST_ACKS_MS, undefined, { ref: false })]);
      // The library waits half a minute for a peer that does not say goodbye.
      await Promise.race([client.disconnect(), sleep(CLOSE_MS, undefined, { ref: false })]);
      ended.resolve();
      await Promise.race([running, sleep(CLOSE_MS, undefined, { ref: false })]);
    },
  };
}

interface SocketDelivery {
  readonly body: Record<string, unknown>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
  readonly ack: (response?: unknown) => Promise<void>;
}
