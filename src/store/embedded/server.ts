import { execFile, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { readFile, rm, stat, truncate } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Failure } from "../../core/failure.ts";
import { errorCode } from "../error-code.ts";
import type { Home } from "./home.ts";
import { SERVER_ENVIRONMENT } from "./run-as.ts";
import { makeSocketFolder } from "./socket.ts";

/** Where a running server listens: the folder of its socket, or on Windows 127.0.0.1. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Crash recovery included; PostgreSQL replays at most `max_wal_size`. */
const START_LIMIT_MS = 60_000;
const LOG_LIMIT_BYTES = 1_000_000;

/** The server of these data, running already (a Footnote was killed, its server lives on) or started now. @throws {Failure} `invalid-config` */
export async function runningServer(home: Home): Promise<Endpoint> {
  // The second round serves those who start at the same moment as another, and find its server instead of their own.
  const endpoint = (await adopt(home)) ?? (await launch(home)) ?? (await adopt(home));
  if (endpoint !== undefined) return endpoint;
  throw new Failure("invalid-config", `embedded PostgreSQL did not start; its log ends:\n${await logTail(home)}`);
}

/** Lets nobody in, rolls back what runs, flushes, stops. Resolves when the server has gone. */
export async function stopServer(home: Home): Promise<void> {
  const stop = (mode: string) =>
    promisify(execFile)(home.binaries.pg_ctl, ["stop", "-D", home.data, "-m", mode, "-t", "15"], {
      ...home.runAs,
      cwd: home.data,
      env: SERVER_ENVIRONMENT,
    });
  if ((await readPidFile(home)) !== undefined) await stop("fast").catch(() => stop("immediate"));
  await rm(home.socket, { recursive: true, force: true });
}

/** Tells the server to stop by itself, for a process that ends at once and can wait for nothing. */
export function tellToStop({ data }: Home): void {
  // On Windows a signal would end it in the middle of its work; the next start takes it over as it is.
  if (process.platform === "win32") return;
  try {
    const [pid] = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n", 1);
    // PostgreSQL's "fast shutdown".
    process.kill(Number(pid), "SIGINT");
  } catch (error) {
    if (!["ENOENT", "ESRCH"].includes(errorCode(error) ?? "")) throw error;
  }
}

async function adopt(home: Home): Promise<Endpoint | undefined> {
  const file = await readPidFile(home);
  if (file === undefined) return undefined;
  const process = identify(file.pid, home);
  if (process === "ours") return waitUntilReady(home, file.pid, () => identify(file.pid, home) === "ours");
  // PostgreSQL clears up after itself unless the number in its file now belongs to another process of the same user, as happens
  // after a reboot or in a restarted container.
  if (process === "other") await rm(join(home.data, "postmaster.pid"), { force: true });
  return undefined;
}

async function launch(home: Home): Promise<Endpoint | undefined> {
  await shortenLog(home);
  await makeSocketFolder(home.socket, home.runAs);
  const log = openSync(home.logFile, "a", 0o600);
  const server = spawn(home.binaries.postgres, ["-D", home.data, ...(await settings(home))], {
    ...home.runAs,
    cwd: home.data,
    env: SERVER_ENVIRONMENT,
    stdio: ["ignore", log, log],
    // In a process group of its own, so that Ctrl-C reaches Footnote alone, which stops the server when it is done with it.
    detached: true,
  });
  closeSync(log);
  server.on("error", () => {
    // Seen as a server that never gets ready.
  });
  server.unref();
  return waitUntilReady(home, server.pid, () => server.exitCode === null && server.signalCode === null);
}

async function settings(home: Home): Promise<string[]> {
  const network =
    process.platform === "win32"
      ? { listen_addresses: "127.0.0.1", port: await freePort() }
      : {
          listen_addresses: "",
          unix_socket_directories: `"${home.socket.replaceAll('"', '""')}"`,
          unix_socket_permissions: "0700",
        };
  return Object.entries({ ...network, ...SMALL_SERVER }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** A server for one Footnote, on a machine that has other things to do. What is written is on disk when it is acknowledged. */
const SMALL_SERVER = {
  fsync: "on",
  synchronous_commit: "on",
  timezone: "UTC",
  log_timezone: "UTC",
  // One Footnote uses up to 28, and while another takes over from it those of both are open.
  max_connections: 100,
  shared_buffers: "32MB",
  max_wal_size: "256MB",
  // No replicas, no parallel queries, no just-in-time compiler: each costs processes or memory.
  wal_level: "minimal",
  max_wal_senders: 0,
  max_logical_replication_workers: 0,
  max_parallel_workers_per_gather: 0,
  io_method: "sync",
  jit: "off",
};

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, "127.0.0.1", resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function waitUntilReady(
  home: Home,
  pid: number | undefined,
  isAlive: () => boolean,
): Promise<Endpoint | undefined> {
  for (const limit = Date.now() + START_LIMIT_MS; Date.now() < limit; await sleep(10)) {
    const file = await readPidFile(home);
    if (file?.status === "ready" && file.pid === pid) return file.endpoint;
    if (pid === undefined || !isAlive()) return undefined;
  }
  return undefined;
}

/** What a server writes into its data directory about itself (PostgreSQL's `miscadmin.h`, *LOCK_FILE_LINE*). */
async function readPidFile({ data }: Home) {
  const text = await readFile(join(data, "postmaster.pid"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid, , , port, socketFolder, listenAddress, , status] = text.split("\n").map((line) => line.trim());
  const endpoint = { host: socketFolder || listenAddress || "", port: Number(port) };
  return { pid: Number(pid), status, endpoint };
}

/** Whose process this is. Our servers have the path of their data in their command line. */
function identify(pid: number, home: Home): "ours" | "other" | "none" {
  try {
    process.kill(pid, 0);
    return commandLine(pid).includes(home.data) ? "ours" : "other";
  } catch (error) {
    // It may go between the two questions.
    return errorCode(error) === "EPERM" ? "other" : "none";
  }
}

function commandLine(pid: number): string {
  if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  if (process.platform === "win32") {
    return output("powershell", [
      "-NoProfile",
      "-Command",
      `(Get-CimInstance Win32_Process -Filter ProcessId=${pid}).CommandLine`,
    ]);
  }
  return output("ps", ["-o", "command=", "-p", String(pid)]);
}

function output(program: string, args: readonly string[]): string {
  return spawnSync(program, args, { encoding: "utf8" }).stdout;
}

async function shortenLog({ logFile }: Home): Promise<void> {
  const log = await stat(logFile).catch(() => undefined);
  if (log !== undefined && log.size > LOG_LIMIT_BYTES) await truncate(logFile);
}

async function logTail({ logFile }: Home): Promise<string> {
  const text = await readFile(logFile, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-5).join("\n");
}
