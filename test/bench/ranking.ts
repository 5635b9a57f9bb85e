import MiniSearch from "minisearch";
import { join } from "node:path";
import type { Article, Passage, Section } from "../../src/core/article.ts";
import type { Cached } from "../../src/core/cache.ts";
import type { Log } from "../../src/core/log.ts";
import type { WikiSource } from "../../src/core/wiki.ts";
import { createPassageFinder } from "../../src/wiki/find-passages.ts";
import { createMarkdownSource } from "../../src/wiki/markdown-source.ts";
import { type BenchRow, median, medianMs, round } from "./row.ts";

const ROUNDS = 15;
const PASSAGES = 1_500;
const QUESTION = "How many eggs does the queen of a colony lay in a day?";

/** Finding passages in an article of 1,500, against a MiniSearch of the same passages. */
export async function benchRanking(): Promise<readonly BenchRow[]> {
  const passages = await manyPassages();
  const known = articleOf(passages);
  const knownIndex = indexed(passages);
  await ask(known);
  const turns: number[] = [];
  const milliseconds = await medianMs(
    [
      async () => indexed(passages).search(QUESTION),
      async () => knownIndex.search(QUESTION),
      async () => turns.push(await longestTurn(() => ask(articleOf(passages)))),
      () => ask(known),
    ],
    ROUNDS,
  );
  const [coldIndex, warmIndex, cold, warm] = milliseconds.map((value) => round(value, 10));
  return [
    { name: "MiniSearch, indexing and searching 1,500 passages", value: coldIndex!, unit: "ms" },
    { name: "MiniSearch, searching them again", value: warmIndex!, unit: "ms" },
    {
      name: "first question to an article of 1,500 passages",
      value: cold!,
      unit: "ms",
      comparedTo: "MiniSearch, indexing and searching",
      ratio: round(cold! / coldIndex!, 100),
    },
    { name: "longest time it lets nobody else have a turn", value: round(median(turns), 10), unit: "ms" },
    {
      name: "next question to it",
      value: warm!,
      unit: "ms",
      comparedTo: "MiniSearch, searching again",
      ratio: round(warm! / warmIndex!, 100),
    },
  ];
}

function ask(article: Article): Promise<unknown> {
  return createPassageFinder(wikiOf(article), { language: "en" }).find(QUESTION);
}

function indexed(passages: readonly Passage[]): MiniSearch {
  const index = new MiniSearch({ fields: ["text"] });
  index.addAll(passages.map(({ text }, id) => ({ id, text })));
  return index;
}

/** Milliseconds between two turns of the event loop, at the most. */
async function longestTurn(operation: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  let next = setImmediate(function again() {
    tick();
    next = setImmediate(again);
  });
  try {
    await operation();
    tick();
  } finally {
    clearImmediate(next);
  }
  return longest;
}

/** The sample wiki's passages again and again, each time with other endings to its long words, so that there are as many words as in a long article. */
async function manyPassages(): Promise<Passage[]> {
  const dir = join(import.meta.dirname, "../../src/wiki/sample");
  const wiki = createMarkdownSource({ dir, language: "en", log: silent });
  const own: string[] = [];
  for (const title of ["Honey bee", "Octopus", "Kyoto", "Apollo 11", "Ada Lovelace", "C++", "AT&T", "Rosetta Stone"]) {
    const { value } = await wiki.article(title);
    if (!("sections" in value)) throw new Error(`the sample wiki has no ${title}`);
    const paragraphs = value.sections.flatMap((section) => section.passages);
    own.push(...paragraphs.filter(({ kind }) => kind === "paragraph").map(({ text }) => text));
  }
  return Array.from({ length: PASSAGES }, (_, i) => {
    const turn = Math.floor(i / own.length);
    const text = `${own[i % own.length]!} ${own[(i * 7 + 3) % own.length]!}`;
    return { kind: "paragraph", text: text.replace(/\p{L}{7,}/gu, `$&${ENDINGS[turn % ENDINGS.length]!}`) };
  });
}

const ENDINGS = ["", "on", "al", "ers", "ings", "ity", "ous", "ful", "ment", "ate"];

/** A new object each time, as after a cold start. */
function articleOf(passages: readonly Passage[]): Article {
  const sections = Array.from({ length: 30 }, (_, n): Section => {
    const size = passages.length / 30;
    return { title: `Part ${n}`, anchor: `Part_${n}`, level: 2, passages: passages.slice(n * size, (n + 1) * size) };
  });
  const url = "https://wiki.example/Beehive";
  const permalink = `${url}?oldid=1`;
  return { kind: "article", title: "Beehive", language: "en", url, permalink, revision: "1", sections, choices: [] };
}

function wikiOf(article: Article): WikiSource {
  return {
    id: "bench",
    name: "bench",
    search: () => found([{ title: article.title, snippet: "" }]),
    article: () => found(article),
    suggest: () => found([]),
    health: () => ({ state: "ok" }),
    close: () => Promise.resolve(),
  };
}

function found<T>(value: T): Promise<Cached<T>> {
  return Promise.resolve({ value, outcome: "hit", loadedAt: "2026-11-01T12:00:00.000Z" });
}

const silent: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
