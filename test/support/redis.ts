import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { once } from "node:events";
import { Redis } from "ioredis";

const USUAL_PLACES = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

const server = [...(process.env["PATH"] ?? "").split(path.delimiter), ...USUAL_PLACES]
  .map((folder) => path.join(folder, "redis-server"))
  .find(isExecutable);
const url = process.env["REDIS_URL"];

/** For `test(title, { skip: withoutRedisServer })`: false, or why tests that start and stop a Redis cannot run. */
export const withoutRedisServer = server === undefined && "no redis-server on PATH or at the usual places";

/** The same for tests to which any Redis will do. */
export const withoutRedis = url === undefined && withoutRedisServer;

if (withoutRedisServer) {
  const tests = withoutRedis ? "all tests with Redis" : "tests that start and stop a Redis";
  process.stderr.write(`SKIPPED in ${process.argv[1]}: ${tests}, for there is ${withoutRedisServer}\n`);
}

/** Whoever ends what was started: a test's context, for one. */
export interface Owner {
  after(end: () => Promise<void>): void;
}

/** A redis-server of the test's own on a free loopback port, empty, ended with the test. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** A connection for looking at what is in Redis. */
  readonly client: Redis;
  /** Makes it hang: it accepts connections and answers nothing (SIGSTOP). */
  freeze(): void;
  thaw(): void;
  /** Ends it at once (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
}

/** @param options further command line options of redis-server */
export async function startRedis(owner: Owner, ...options: readonly string[]): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "footnote-redis-"));
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  const start = () => spawnRedis([...args, ...options]);
  let child = await start();
  const client = new Redis(port, { lazyConnect: true, disconnectTimeout: 100, retryStrategy: () => 50 });
  client.on("error", () => undefined);
  owner.after(async () => {
    client.disconnect();
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    client,
    freeze: () => void child.kill("SIGSTOP"),
    thaw: () => void child.kill("SIGCONT"),
    kill: () => end(child),
    restart: async () => {
      await end(child);
      child = await start();
    },
  };
}

/** The URL of an empty database: in the Redis of `REDIS_URL`, for one test at a time, else of a server of its own. */
export async function openRedis(owner: Owner): Promise<string> {
  if (url === undefined) return (await startRedis(owner)).url;
  claimed ??= claimDatabase(url);
  await withClient(await claimed, (client) => client.multi().flushdb().set(CLAIM, process.pid, "EX", 600).exec());
  return claimed;
}

const CLAIM = "footnote:test";
let claimed: Promise<string> | undefined;

/** Test files run side by side: each process takes the first empty database, and leaves it empty at its end. */
async function claimDatabase(redisUrl: string): Promise<string> {
  for (let number = 15; number > 0; number -= 1) {
    const database = Object.assign(new URL(redisUrl), { pathname: `/${number}` }).href;
    const isOurs = await withClient(
      database,
      async (client) =>
        (await client.dbsize()) === 0 && (await client.set(CLAIM, process.pid, "EX", 600, "NX")) === "OK",
    );
    if (!isOurs) continue;
    process.once("beforeExit", () => void withClient(database, (client) => client.flushdb()));
    return database;
  }
  throw new Error("no database of REDIS_URL is empty");
}

async function withClient<T>(database: string, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(database, { disconnectTimeout: 100 });
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

/** A loopback port that nobody listens on. */
export async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  listener.close();
  await once(listener, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function spawnRedis(args: readonly string[]): Promise<ChildProcess> {
  if (server === undefined) throw new Error("no redis-server found");
  const child = spawn(server, args, { stdio: ["ignore", "pipe", "ignore"] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  for await (const line of child.stdout.iterator({ destroyOnReturn: false })) {
    if (String(line).includes("Ready to accept connections")) break;
  }
  child.stdout.resume();
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
