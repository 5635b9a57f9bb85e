import { setTimeout as sleep } from "node:timers/promises";
import { Client, type ClientConfig, type Pool } from "pg";
import type { ExchangeEvent, ExchangeFeed } from "../core/exchange.ts";
import type { Log } from "../core/log.ts";
import { toJson } from "./json.ts";
import { createListeners } from "./listeners.ts";

const CHANNEL = "footnote_exchange";

/** PostgreSQL, *NOTIFY*: the payload must be shorter than 8,000 bytes. */
const LONGEST_PAYLOAD_BYTES = 7_900;
const LONGEST_PAUSE_MS = 5_000;

/** SQL that tells the feeds of all processes, when its transaction commits, that somebody has changed the exchange `id`. */
export const notifyChanged = (id: string): string => notify(id, "changed");

/** The same, that its run has got further. */
export const notifyAdvanced = (id: string): string => notify(id, "advanced");

function notify(id: string, type: ExchangeEvent["type"]): string {
  return `pg_notify('${CHANNEL}', json_build_object('exchange', ${id}, 'event', json_build_object('type', '${type}'))::text)`;
}

interface Note {
  readonly exchange: string;
  readonly event: ExchangeEvent;
}

/** An ExchangeFeed over LISTEN and NOTIFY, with one connection of its own to listen on. Resolves once it listens. */
export async function openFeed(options: {
  readonly pool: Pool;
  readonly connection: ClientConfig;
  readonly log: Log;
}): Promise<ExchangeFeed & { close(): Promise<void> }> {
  const { pool, connection, log } = options;
  const listeners = createListeners();
  const closing = new AbortController();
  let listeningAgain: Promise<void> | undefined;
  let client = await listen();

  async function listen(): Promise<Client> {
    const next = new Client({ ...connection, application_name: "footnote feed" });
    next.on("error", (error) => log.warn({ err: error }, "the feed's connection is lost"));
    next.on("notification", ({ payload }) => {
      const { exchange, event }: Note = JSON.parse(payload ?? "");
      tell(exchange, event);
    });
    try {
      await next.connect();
      await next.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
    next.once("end", () => {
      listeningAgain = listenAgain();
    });
    return next;
  }

  async function listenAgain(): Promise<void> {
    for (let pauseMs = 50; !closing.signal.aborted; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        client = await listen();
        if (closing.signal.aborted) return await client.end();
        // Nobody knows what was said meanwhile.
        for (const exchange of listeners.exchanges()) tell(exchange, { type: "changed" });
        return;
      } catch (error) {
        log.debug({ err: error }, "the feed cannot listen yet");
        await sleep(pauseMs, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  }

  function tell(exchange: string, event: ExchangeEvent): void {
    for (const listener of listeners.of(exchange)) {
      try {
        listener(event);
      } catch (error) {
        log.error({ err: error, exchange }, "a listener of the feed failed");
      }
    }
  }

  return {
    async publish(exchange, event) {
      // Not worth waiting for the disk: what is lost in a crash of PostgreSQL nobody waits for any more.
      const sql = `SELECT set_config('synchronous_commit', 'off', true), pg_notify('${CHANNEL}', $1)`;
      await pool
        .query({ name: "publish", text: sql, values: [payloadOf({ exchange, event })] })
        .catch((error: unknown) => {
          log.debug({ err: error, exchange }, "an event could not be published");
        });
    },
    subscribe: listeners.add,
    async close() {
      closing.abort();
      await client.end();
      await listeningAgain;
    },
  };
}

function payloadOf({ exchange, event }: Note): string {
  const payload = toJson({ exchange, event });
  return Buffer.byteLength(payload) <= LONGEST_PAYLOAD_BYTES
    ? payload
    : toJson({ exchange, event: { type: "changed" } });
}
