/**
 * How good the answers are: `npm run bench:answers -- QUESTIONS.json [--url URL] [--limit N] [--concurrency N]` asks every
 * question of a file in SQuAD's format of a running Footnote, each in a thread of its own. With `--wiki API_PHP` or
 * `--dir FOLDER` (of Markdown files) it asks the passage finder instead, without a Footnote, and takes the three best
 * sentences for the reply.
 */
import { parseArgs } from "node:util";
import { z } from "zod";
import type { RequestBudget, WikiSource } from "../../src/core/wiki.ts";
import type { Log } from "../../src/core/log.ts";
import { createPassageFinder } from "../../src/wiki/find-passages.ts";
import { createMarkdownSource } from "../../src/wiki/markdown-source.ts";
import { createMediaWikiSource } from "../../src/wiki/mediawiki-source.ts";
import { type BenchQuestion, normalize, readQuestions, sameTitle } from "./squad.ts";

interface Reply {
  readonly text: string;
  /** Of the first source. */
  readonly title: string | undefined;
}

type Ask = (question: string) => Promise<Reply>;

const chatReply = z.object({ response: z.string(), sources: z.array(z.object({ title: z.string() })) });

function footnoteAt(url: string): Ask {
  const token = process.env["API_TOKEN"];
  return async (question) => {
    const response = await fetch(new URL("/api/chat", url), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ message: question }),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const { response: text, sources } = chatReply.parse(await response.json());
    return { text, title: sources[0]?.title };
  };
}

const log: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log };

function mediaWikiAt(apiUrl: string, language: string): WikiSource {
  const budget: RequestBudget = {
    acquire: () => Promise.resolve({ release() {} }),
    pause: () => Promise.resolve(),
    figures: () => Promise.resolve({ perMinute: 0, left: 0, inFlight: 0, pausedForMs: 0 }),
  };
  return createMediaWikiSource({ apiUrl, language, userAgent: "FootnoteBench/1.0", budget, log });
}

function finderOn(source: WikiSource, language: string): Ask {
  const finder = createPassageFinder(source, { language });
  return async (question) => {
    const { value } = await finder.find(question);
    if (!value.relevant) return { text: "", title: undefined };
    const best = value.passages
      .flatMap(({ source: { title }, sentences }) => sentences.map(({ text, score }) => ({ title, text, score })))
      .toSorted((a, b) => b.score - a.score)
      .slice(0, 3);
    return { text: best.map(({ text }) => text).join(" "), title: best[0]?.title };
  };
}

interface Outcome {
  readonly isAnswerable: boolean;
  readonly hasGold: boolean;
  readonly isRightArticle: boolean;
  readonly isRefusal: boolean;
  readonly length: number;
}

function judge({ gold, title }: BenchQuestion, reply: Reply): Outcome {
  const said = normalize(reply.text);
  return {
    isAnswerable: gold.length > 0,
    hasGold: gold.some((answer) => said.includes(normalize(answer))),
    isRightArticle: reply.title !== undefined && sameTitle(reply.title, title),
    isRefusal: reply.title === undefined,
    length: reply.text.length,
  };
}

function chooseAsk(): Ask {
  const { url, wiki, dir, language } = values;
  if (dir !== undefined) return finderOn(createMarkdownSource({ dir, language, log }), language);
  return wiki === undefined ? footnoteAt(url) : finderOn(mediaWikiAt(wiki, language), language);
}

async function askAll(questions: readonly BenchQuestion[], ask: Ask, concurrency: number) {
  const outcomes: Outcome[] = [];
  const failures = new Map<string, number>();
  const queue = questions.values();

  async function work(): Promise<void> {
    for (const question of queue) {
      try {
        outcomes.push(judge(question, await ask(question.text)));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        failures.set(reason, (failures.get(reason) ?? 0) + 1);
      }
    }
  }

  await Promise.all(Array.from({ length: concurrency }, work));
  return { outcomes, failures };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: "string", default: "http://127.0.0.1:3000" },
    wiki: { type: "string" },
    dir: { type: "string" },
    language: { type: "string", default: "en" },
    limit: { type: "string" },
    concurrency: { type: "string", default: "2" },
  },
});
const [file] = positionals;
if (file === undefined) {
  console.error(
    "usage: npm run bench:answers -- QUESTIONS.json [--url URL | --wiki API_PHP | --dir FOLDER] [--limit N] [--concurrency N]",
  );
  process.exit(2);
}

const questions = (await readQuestions(file)).slice(0, values.limit === undefined ? undefined : Number(values.limit));
const { outcomes, failures } = await askAll(questions, chooseAsk(), Number(values.concurrency));
const answerable = outcomes.filter(({ isAnswerable }) => isAnswerable);
const unanswerable = outcomes.filter(({ isAnswerable }) => !isAnswerable);
const asked = questions.filter(({ gold }) => gold.length > 0).length;

// A question that failed counts as answered wrongly.
const share = (field: "hasGold" | "isRightArticle" | "isRefusal") =>
  (answerable.filter((outcome) => outcome[field]).length / asked).toFixed(3);
const lengths = answerable.map(({ length }) => length).toSorted((a, b) => a - b);

console.log(`questions               ${questions.length}`);
console.log(`gold answer in reply    ${share("hasGold")}`);
console.log(`right article first     ${share("isRightArticle")}`);
console.log(`no source found         ${share("isRefusal")}`);
console.log(`median reply length     ${lengths[lengths.length >> 1] ?? 0} characters`);
if (asked < questions.length) {
  const refused = unanswerable.filter(({ isRefusal }) => isRefusal).length;
  console.log(`without an answer       ${questions.length - asked}, of which ${refused} were refused`);
}
console.log(`failures                ${questions.length - outcomes.length}`);
for (const [reason, times] of failures) console.log(`  ${times} × ${reason}`);
