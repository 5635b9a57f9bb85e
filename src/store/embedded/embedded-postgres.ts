import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { Failure } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import { prepareHome, type Home } from "./home.ts";
import { runningServer, stopServer, tellToStop, type Endpoint } from "./server.ts";

export interface EmbeddedPostgres {
  /** Stays the same for as long as this Footnote runs, also when the server had to be started again. */
  readonly address: Endpoint & { readonly user: string; readonly database: string };
  /** Stops the server, if it is still ours; what was written stays. */
  close(): Promise<void>;
}

/** The owner of a server holds this session lock; "foot" in ASCII. */
const OWNER_LOCK = 0x66_6f_6f_74;
/** How long the lock of an owner that was just killed may still be held by its dying session. */
const OWNER_GONE_LIMIT_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

/**
 * A PostgreSQL of our own in DATA_DIR, on a unix socket that only its user and root may use. It survives a Footnote that is killed and is
 * taken over by the next one; one that ends in any other way stops it. When it dies itself it is started again.
 * @throws {Failure} `invalid-config` when it cannot run here, or when another Footnote uses this DATA_DIR
 */
export async function startEmbeddedPostgres(options: {
  readonly dataDir: string;
  readonly log: Log;
}): Promise<EmbeddedPostgres> {
  const home = await prepareHome(options.dataDir);
  const closing = new AbortController();
  let owned = await own(home);
  const supervision = supervise();
  process.once("exit", leave);

  /** Another Footnote may have taken it over. */
  function leave(): void {
    if (!owned.lost.aborted) tellToStop(home);
  }

  async function supervise(): Promise<void> {
    while (!closing.signal.aborted) {
      await whenAborted(AbortSignal.any([owned.lost, closing.signal]));
      if (closing.signal.aborted) return;
      options.log.error({}, "the embedded PostgreSQL is gone; starting it again");
      await ownAgain();
    }
  }

  async function ownAgain(): Promise<void> {
    for (let pauseMs = 100; !closing.signal.aborted; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      try {
        owned = await own(home);
        options.log.info({}, "the embedded PostgreSQL runs again");
        return;
      } catch (error) {
        options.log.error({ err: error }, "the embedded PostgreSQL does not start");
        await sleep(pauseMs, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  }

  async function close(): Promise<void> {
    closing.abort();
    await supervision;
    process.off("exit", leave);
    if (owned.lost.aborted) return;
    await stopServer(home);
    await owned.client.end();
  }

  let closed: Promise<void> | undefined;
  return {
    address: { ...owned.endpoint, user: "postgres", database: "postgres" },
    close: () => (closed ??= close()),
  };
}

interface Owned {
  readonly endpoint: Endpoint;
  /** Holds the lock for as long as it is connected. */
  readonly client: Client;
  /** Aborted when the connection, and with it the lock and probably the server, is lost. */
  readonly lost: AbortSignal;
}

async function own(home: Home): Promise<Owned> {
  for (const limit = Date.now() + OWNER_GONE_LIMIT_MS; ; await sleep(50)) {
    const owned = await tryToOwn(await runningServer(home));
    if (!(owned instanceof Failure)) return owned;
    if (Date.now() > limit) throw owned;
  }
}

/** A Failure while another session holds the lock, or when the server stops under our hands because its owner is leaving. */
async function tryToOwn(endpoint: Endpoint): Promise<Owned | Failure> {
  const client = new Client({
    ...endpoint,
    user: "postgres",
    database: "postgres",
    application_name: "footnote owner",
    connectionTimeoutMillis: 5_000,
  });
  const lost = new AbortController();
  client.once("end", () => lost.abort());
  client.on("error", () => {
    // `end` follows.
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1) AS locked", [OWNER_LOCK]);
    if (rows[0]?.locked === true) return { endpoint, client, lost: lost.signal };
  } catch (error) {
    return new Failure("store-unavailable", "the embedded PostgreSQL does not let its owner in", { cause: error });
  }
  await client.end();
  return new Failure(
    "invalid-config",
    "another Footnote is running on this DATA_DIR: stop it, or set another DATA_DIR",
  );
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
