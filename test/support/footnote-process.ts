import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { readSse, type SentEvent } from "../fakes/read-sse.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const GUARD = join(import.meta.dirname, "loopback-only.ts");

/** Whoever ends what was started: a test, or a benchmark. */
export interface Owner {
  after(end: () => Promise<void>): void;
}

export interface FootnoteProcess {
  readonly pid: number;
  readonly address: string;
  /** Everything printed so far. */
  readonly output: string[];
  /** Milliseconds from its start to the line that says it is ready. */
  readonly readyMs: number;
  /** Posts to `/api/chat` and returns the status and the reply. */
  ask(message: string, options?: AskOptions): Promise<Reply>;
  /** The same as server-sent events. */
  stream(message: string, options?: AskOptions): Promise<AsyncGenerator<SentEvent>>;
  get(path: string): Promise<{ readonly status: number; readonly body: unknown }>;
  delete(path: string): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Resolves with the exit code once it has ended. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export interface AskOptions {
  readonly thread?: string;
  readonly key?: string;
}

export interface Reply {
  readonly status: number;
  readonly body: {
    readonly response: string;
    readonly thread_id: string;
    readonly exchange_id: string;
    readonly sources: readonly {
      readonly title: string;
      readonly section: string;
      readonly revision: string;
      readonly revised_at: string | null;
      readonly url: string;
      readonly quote: string;
      readonly n: number;
      readonly stale_since?: string;
    }[];
    readonly cache: string;
    readonly outcome: string;
    readonly limit?: string;
    readonly model: string;
    readonly error?: { readonly code: string; readonly message: string };
  };
}

/** The real `main.ts` as a process of its own, on a free port, with this environment and nothing of the tests' own. */
export async function startProcess(
  owner: Owner,
  environment: Readonly<Record<string, string>>,
): Promise<FootnoteProcess> {
  const startedAt = performance.now();
  const { child, output } = spawnFootnote(owner, "src/main.ts", environment);
  const address = await printed(child, output, /^Ready: (\S+)$/);
  const readyMs = performance.now() - startedAt;
  child.once("close", (code) => {
    if (code !== null && code !== 0)
      process.stderr.write(`Footnote ended with ${code}:\n${output.join("").slice(-4_000)}`);
  });

  function chat(message: string, { thread, key }: AskOptions = {}, accept = "application/json"): Promise<Response> {
    return fetch(`${address}/api/chat`, {
      method: "POST",
      headers: { accept, "content-type": "application/json", ...(key !== undefined && { "idempotency-key": key }) },
      body: JSON.stringify({ message, thread_id: thread }),
    });
  }

  return {
    pid: child.pid ?? 0,
    address,
    output,
    readyMs,
    async ask(message, options) {
      const response = await chat(message, options);
      return { status: response.status, body: (await response.json()) as Reply["body"] };
    },
    stream: async (message, options) => readSse(await chat(message, options, "text/event-stream")),
    async get(path) {
      const response = await fetch(address + path);
      return { status: response.status, body: await response.json() };
    },
    async delete(path) {
      const response = await fetch(address + path, { method: "DELETE" });
      return { status: response.status, body: await response.json() };
    },
    end: (signal) => endChild(child, signal),
  };
}

/** The demo, until it says that it stays up. */
export async function startDemo(
  owner: Owner,
  environment: Readonly<Record<string, string>>,
): Promise<Pick<FootnoteProcess, "address" | "output" | "end">> {
  const { child, output } = spawnFootnote(owner, "src/demo.ts", environment);
  const address = await printed(child, output, /^The web page is at (\S+) /);
  return { address, output, end: (signal) => endChild(child, signal) };
}

/** The part of a printed line that the pattern captures, once the line is there. */
function printed(child: Child, output: readonly string[], pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      const found = pattern.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`Footnote ended with ${code}:\n${output.join("")}`)));
  });
}

async function endChild(child: Child, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill(signal);
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

/** Runs one of Footnote's programs to its end. */
export async function runProgram(
  owner: Owner,
  program: string,
  options: { readonly args?: readonly string[]; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly code: number | null; readonly output: string }> {
  const { child, output } = spawnFootnote(owner, program, options.environment ?? {}, options.args);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output: output.join("") };
}

function spawnFootnote(
  owner: Owner,
  program: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
) {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, ["--import", GUARD, join(ROOT, program), ...args], {
    // Not where a developer keeps a .env.
    cwd: tmpdir(),
    env: { PATH, HOME, TMPDIR, PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  owner.after(() => stopChild(child));
  return { child, output };
}

type Child = ReturnType<typeof spawnFootnote>["child"];

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

const folders: string[] = [];
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A folder for processes' data, removed after all tests of the file: a database must have stopped by then. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "footnote-e2e-"));
  folders.push(folder);
  return folder;
}
