import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { dataFolder, type FootnoteProcess, type Owner, startProcess } from "../support/footnote-process.ts";
import { type BenchRow, median, round } from "./row.ts";

const WIKI_DIR = join(import.meta.dirname, "..", "..", "src", "wiki", "sample");
const STARTS = 5;
const EXCHANGES = 1_000;

/** The real program: how long it takes to start, how much memory it and its database hold, how soon it is back after a kill. */
export async function benchProcess(owner: Owner): Promise<readonly BenchRow[]> {
  const firstMs: number[] = [];
  const laterMs: number[] = [];
  let environment = { WIKI_DIR, DATA_DIR: "" };
  for (let n = 0; n < STARTS; n += 1) {
    environment = { WIKI_DIR, DATA_DIR: await dataFolder() };
    for (const times of [firstMs, laterMs]) {
      const footnote = await startProcess(owner, environment);
      times.push(footnote.readyMs);
      await footnote.end("SIGTERM");
    }
  }
  const footnote = await startProcess(owner, environment);
  const idle = await memoryOf(footnote);
  for (let n = 0; n < EXCHANGES; n += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, k) => footnote.ask("How old is Kyoto?", { thread: `t${n + k}` })));
  }
  const used = await memoryOf(footnote);
  const recoveredMs = await killAndRecover(owner, environment, footnote);
  const nodeIsEmpty = "memory of Node after the start";
  return [
    { name: "start to ready, first", value: round(median(firstMs), 0.1), unit: "ms" },
    {
      name: "start to ready, later",
      value: round(median(laterMs), 0.1),
      unit: "ms",
      comparedTo: "first",
      ratio: round(median(laterMs) / median(firstMs), 100),
    },
    { name: nodeIsEmpty, value: idle.node, unit: "MB" },
    {
      name: "memory of Node after 1,000 exchanges",
      value: used.node,
      unit: "MB",
      comparedTo: nodeIsEmpty,
      ratio: round(used.node / idle.node, 10),
    },
    { name: "memory of PostgreSQL after the start", value: idle.postgres, unit: "MB" },
    { name: "memory of PostgreSQL after 1,000 exchanges", value: used.postgres, unit: "MB" },
    { name: "kill -9 to a stored question's answer, restart included", value: round(recoveredMs, 0.1), unit: "ms" },
  ];
}

/** A question is stored and the process killed at once; the time from then to its answer by the next process. */
async function killAndRecover(
  owner: Owner,
  environment: Record<string, string>,
  footnote: FootnoteProcess,
): Promise<number> {
  const lost = footnote.ask("How old is Kyoto?", { key: "lost" }).catch(() => undefined);
  while (!footnote.output.join("").includes("received")) await footnote.get("/live");
  const begun = performance.now();
  await footnote.end("SIGKILL");
  await lost;
  const next = await startProcess(owner, environment);
  await next.ask("How old is Kyoto?", { key: "lost" });
  const tookMs = performance.now() - begun;
  await next.end("SIGTERM");
  return tookMs;
}

/** Resident megabytes of the process, and of the PostgreSQL processes it started: private pages, and those they share once. */
async function memoryOf({ pid }: FootnoteProcess): Promise<{ node: number; postgres: number }> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc")) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, "utf8").catch(() => "") : "";
    const parent = /\) \S (\d+) /.exec(stat)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (process: number): boolean => {
    const parent = parents.get(process);
    return parent !== undefined && (parent === pid || isBelow(parent));
  };
  const below = await Promise.all([...parents.keys()].filter(isBelow).map(proportionalMegabytes));
  return {
    node: Math.round(await proportionalMegabytes(pid)),
    postgres: Math.round(below.reduce((sum, megabytes) => sum + megabytes, 0)),
  };
}

async function proportionalMegabytes(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1_024;
}
