import { join } from "node:path";
import { parseArgs } from "node:util";
import { readEnvironment, readSettings } from "./config.ts";
import { toFailure } from "./core/failure.ts";
import { startFootnote } from "./footnote.ts";
import { createLog } from "./log.ts";
import { figureRows, gatherFigures } from "./platforms/figures.ts";
import { type ChatReply, chatReply, type SourceJson } from "./platforms/http/schemas.ts";
import { untilSignal } from "./signals.ts";

const QUESTIONS: readonly { readonly question: string; readonly goesOn: boolean }[] = [
  { question: "How long does one solar day last on the planet Mercury?", goesOn: false },
  { question: "When did Kyoto become the capital of Japan?", goesOn: false },
  { question: "And what is its population?", goesOn: true },
];

/** Display cells of the names before the figures. */
const NAME_WIDTH = 10;

const USAGE = `Usage: npm run demo -- [--once]

  --once  ends after the answers, instead of keeping the web page up
`;

const { once } = readFlags();

try {
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
  for (const { name, value } of figureRows(await gatherFigures(footnote.stats))) {
    print(`${name.padEnd(NAME_WIDTH)}${value.replaceAll("\n", `\n${" ".repeat(NAME_WIDTH)}`)}`);
  }
  if (once) {
    print("\nWithout --once Footnote stays up, and each footnote has a link to where it stands.");
  } else {
    print(`\nThe web page is at ${footnote.address} (Ctrl-C stops it).`);
    await signal;
  }
  await footnote.stop();
  process.exit(0);
} catch (error) {
  const { message, cause } = toFailure(error);
  process.stderr.write(`The demo failed: ${message}${cause instanceof Error ? ` (${cause.message})` : ""}\n`);
  process.exit(1);
}

function readFlags(): { readonly once: boolean } {
  try {
    return parseArgs({ options: { once: { type: "boolean", default: false } } }).values;
  } catch {
    // Whatever it is that was written, this is what can be.
    process.stderr.write(USAGE);
    return process.exit(2);
  }
}

async function askAll(address: string): Promise<void> {
  let thread: string | undefined;
  for (const { question, goesOn } of QUESTIONS) {
    const reply = await ask(address, question, goesOn ? thread : undefined);
    thread = reply.thread_id;
    print(`> ${question}\n\n${reply.response}\n`);
    for (const source of reply.sources) print(footnoteText(source, address));
    print(`\n  cache ${reply.cache}, ${reply.elapsed_ms} ms\n`);
  }
}

/** Asks the API through its front door, as anyone would. */
async function ask(address: string, message: string, thread: string | undefined): Promise<ChatReply> {
  const response = await fetch(`${address}/api/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message, thread_id: thread }),
  });
  if (!response.ok) throw new Error(`/api/chat answered ${response.status}: ${await response.text()}`);
  return chatReply.parse(await response.json());
}

/** With its link as long as there is somebody to open it at; else with the words themselves. */
function footnoteText({ n, title, section, revision, url, quote }: SourceJson, address: string): string {
  const place = `${title}${section === "" ? "" : ` § ${section}`}, revision ${revision}`;
  return `  [${n}] ${place}\n      ${once ? `“${quote}”` : new URL(url, address).href}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
