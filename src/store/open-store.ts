import { PrismaPg } from "@prisma/adapter-pg";
import { Pool, type PoolConfig } from "pg";
import type { Store } from "../core/exchange.ts";
import { Failure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import { createConversations } from "./conversations.ts";
import { startEmbeddedPostgres } from "./embedded/embedded-postgres.ts";
import { createErasing } from "./erasing.ts";
import { createExchanges } from "./exchanges.ts";
import { guarded } from "./failure.ts";
import { openFeed } from "./feed.ts";
import { PrismaClient } from "./generated/client.ts";
import { createInstallations } from "./installations.ts";
import { migrate } from "./migrate.ts";
import { createPlaces } from "./places.ts";
import { receive } from "./receive.ts";
import { createStatistics } from "./statistics.ts";
import { createVerdicts } from "./verdicts.ts";

export interface OpenStore extends Store {
  /** Shared with the queue, which lives in the same database. Ended by `close`. */
  readonly pool: Pool;
}

/**
 * Opens the database at `databaseUrl`, or the embedded one in `dataDir` without it, and brings its tables up to date.
 * The queue's tables must be there before the first `receive`.
 * @throws {Failure} `invalid-config`, `store-unavailable`
 */
export async function openStore(options: {
  readonly databaseUrl?: string;
  readonly dataDir: string;
  readonly log: Log;
}): Promise<OpenStore> {
  const { databaseUrl, log } = options;
  await using opened = new AsyncDisposableStack();
  const embedded = databaseUrl === undefined ? await startEmbeddedPostgres(options) : undefined;
  if (embedded !== undefined) opened.defer(() => embedded.close());

  const connection: PoolConfig = {
    ...(databaseUrl === undefined
      ? { ...embedded?.address, options: OPTIONS }
      : { connectionString: withOptions(databaseUrl) }),
    application_name: "footnote",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // Left to the system, the first probe comes after two hours, and the feed would be deaf as long.
    keepAliveInitialDelayMillis: 10_000,
    // A server that is frozen does not end a statement in time: then we stop waiting ourselves.
    query_timeout: 35_000,
  };
  const pool = new Pool({ ...connection, max: 26 });
  pool.on(
    "error",
    oncePerLoss((error) => log.warn({ err: error }, "connections to the database are lost")),
  );
  // One that is in use tells its user; without a listener of its own the loss would end the process.
  pool.on("connect", (client) => {
    client.on("error", (error) => log.debug({ err: error }, "a connection to the database is lost"));
  });
  opened.defer(() => pool.end());

  await migrate(connection, log);
  const feed = await guarded(() => openFeed({ pool, connection, log }));
  opened.defer(() => feed.close());
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: namesOfStatements() }) });
  opened.defer(() => prisma.$disconnect());

  const closing = opened.move();
  return {
    ...failuresOnly({
      receive: (message: Parameters<Store["receive"]>[0]) => receive(pool, prisma, message),
      ...createExchanges(pool, prisma),
      ...createVerdicts(pool),
      ...createConversations(prisma),
      ...createErasing(pool),
      ...createPlaces(prisma),
      ...createStatistics(prisma, embedded === undefined ? "server" : "embedded"),
    }),
    installations: createInstallations(pool, prisma),
    ping: (signal) => ping(pool, signal),
    feed,
    pool,
    close: () => closing.disposeAsync(),
  };
}

/** A database that goes takes all idle connections with it: one of these losses tells of all. */
function oncePerLoss(tell: (error: Error) => void): (error: Error) => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (error) => {
    if (performance.now() - toldAt > ONE_LOSS_MS) tell(error);
    toldAt = performance.now();
  };
}

const ONE_LOSS_MS = 1_000;

/** Without UTC adapter-pg stores timestamptz hours off. */
const OPTIONS = "-c TimeZone=UTC -c statement_timeout=30s -c idle_in_transaction_session_timeout=30s";

/** The address with these options behind its own: pg takes no others beside those of an address. */
function withOptions(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const options = `${url.searchParams.get("options") ?? ""} ${OPTIONS}`.trim();
  // All else stays as it is written: pg does not read every sign as a browser does.
  const others = url.search
    .slice(1)
    .split("&")
    .filter((part) => part !== "" && !part.startsWith("options="));
  url.search = [...others, `options=${encodeURIComponent(options)}`].join("&");
  return url.href;
}

/** Lets PostgreSQL plan a query once per connection: planning Prisma's joins takes longer than running them. */
function namesOfStatements(): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const name = names.get(sql) ?? `prisma ${names.size}`;
    names.set(sql, name);
    return name;
  };
}

/** The same methods; what they throw is a Failure. */
function failuresOnly<T extends Record<string, (...args: never[]) => Promise<unknown>>>(methods: T): T {
  const entries = Object.entries(methods).map(([name, method]) => [
    name,
    (...args: never[]) => guarded(() => method(...args)),
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same names with the same signatures
  return Object.fromEntries(entries) as T;
}

async function ping(pool: Pool, signal: AbortSignal | undefined): Promise<void> {
  const tooLate = Promise.withResolvers<never>();
  const giveUp = () =>
    tooLate.reject(new Failure("store-unavailable", "the database did not answer in time", { cause: signal?.reason }));
  signal?.addEventListener("abort", giveUp, { once: true });
  if (signal?.aborted === true) giveUp();
  try {
    await guarded(() => Promise.race([pool.query("SELECT 1"), tooLate.promise]));
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}
