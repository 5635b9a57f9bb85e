import { join } from "node:path";
import { parseArgs } from "node:util";
import type { z } from "zod";
import { readEnvironment, readSettings } from "./config.ts";
import { toFailure } from "./core/failure.ts";
import { startFootnote } from "./footnote.ts";
import { createLog } from "./log.ts";
import { cacheFigures, databaseFigures } from "./platforms/http/figures-schemas.ts";
import { chatReply } from "./platforms/http/schemas.ts";
import { untilSignal } from "./signals.ts";

const QUESTIONS: readonly { readonly question: string; readonly goesOn: boolean }[] = [
  { question: "How long does one solar day last on the planet Mercury?", goesOn: false },
  { question: "When did Kyoto become the capital of Japan?", goesOn: false },
  { question: "And what is its population?", goesOn: true },
];

try {
  const { values } = parseArgs({ options: { once: { type: "boolean", default: false } } });
  // Nothing else of the environment: the demo asks no model, no service and no chat, whatever is set up beside it.
  const { PORT, DATA_DIR = "./data", LOG_LEVEL = "error" } = readEnvironment();
  const settings = readSettings({
    PORT,
    LOG_LEVEL,
    DATA_DIR: join(DATA_DIR, "demo"),
    WIKI_DIR: join(import.meta.dirname, "wiki", "sample"),
  });
  const signal = untilSignal();
  print("Footnote's demo: three questions to the sample wiki in src/wiki/sample, without any model or service.\n");
  const footnote = await startFootnote(settings, createLog(settings.LOG_LEVEL));
  await askAll(footnote.address);
  if (!values.once) {
    print(`The web page is at ${footnote.address} (Ctrl-C stops it).`);
    await signal;
  }
  await footnote.stop();
  process.exit(0);
} catch (error) {
  const { message, cause } = toFailure(error);
  process.stderr.write(`The demo failed: ${message}${cause instanceof Error ? ` (${cause.message})` : ""}\n`);
  process.exit(1);
}

async function askAll(address: string): Promise<void> {
  let thread: string | undefined;
  for (const { question, goesOn } of QUESTIONS) {
    const reply = await call(address, "/api/chat", chatReply, {
      message: question,
      thread_id: goesOn ? thread : undefined,
    });
    thread = reply.thread_id;
    print(`> ${question}\n\n${reply.response}\n`);
    for (const { n, title, section, revision, url } of reply.sources) {
      print(`  [${n}] ${title}${section === "" ? "" : ` § ${section}`}, revision ${revision}\n      ${url}`);
    }
    print(`\n  cache ${reply.cache}, ${reply.elapsed_ms} ms\n`);
  }
  print(`Cache: ${figures(await call(address, "/api/cache/stats", cacheFigures))}`);
  print(`Database: ${figures(await call(address, "/api/db/stats", databaseFigures))}\n`);
}

/** Asks the API through its front door, as anyone would. */
async function call<T>(address: string, path: string, reply: z.ZodType<T>, body?: object): Promise<T> {
  const response = await fetch(address + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return reply.parse(await response.json());
}

function figures(values: object): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(", ");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
