import { join } from "node:path";
import type { ModelTurn } from "../fakes/model-turn.ts";
import { startModelServer } from "../fakes/model-server.ts";
import { researching, type ToolCalls } from "../fakes/researching-model.ts";
import { startFakeSlack } from "../fakes/slack/start-fake-slack.ts";
import { dataFolder, type Owner, startProcess } from "../support/footnote-process.ts";
import { type BenchRow, median, round } from "./row.ts";

const WIKI_DIR = join(import.meta.dirname, "..", "..", "src", "wiki", "sample");
const ROUNDS = 10;
/** A small hosted model: some hundred milliseconds before the first token of a turn, then some thirty tokens a second. A chunk has 20 letters. */
const PACE = { latencyMs: 300, chunkDelayMs: 150 };

const FIRST = "Emperor Kanmu made Kyoto the capital in 794 [=capital of Japan in 794].";
const OTHERS =
  " Its streets follow a grid [=laid out as a grid]. The emperor left for Tokyo in 1869 [=renamed Tokyo, in 1869].";
const TOOLS: readonly ToolCalls[] = [
  { fetch_wikipedia_info: { query: "Kyoto" } },
  { get_section_content: { title: "Kyoto", section: "History" } },
];

/** From a mention in Slack to the first words, and to the whole answer, by the real process with a model that takes its time. */
export async function benchSlack(owner: Owner): Promise<readonly BenchRow[]> {
  const short = researching(TOOLS, FIRST);
  const whole = researching(TOOLS, FIRST + OTHERS);
  let script: (body: unknown) => ModelTurn = whole;
  const model = await startModelServer({ script: (body) => ({ ...script(body), ...PACE }) });
  owner.after(() => model.close());
  const slack = await startFakeSlack();
  owner.after(() => slack.close());
  const alice = slack.addPerson("alice");
  const footnote = await startProcess(owner, {
    WIKI_DIR,
    WIKI_URL: "https://wiki.example.org",
    DATA_DIR: await dataFolder(),
    SLACK_API_URL: slack.apiUrl,
    QUESTIONS_PER_MINUTE: "1000",
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    OPENAI_API_KEY: "test-key",
    OPENAI_BASE_URL: model.url,
  });

  async function ask() {
    const busyBefore = model.busyMs();
    const callsBefore = slack.calls.length;
    const begun = performance.now();
    const { thread } = await alice.mention(slack.general, "Tell me about Kyoto's history");
    const shown = () => slack.thread(slack.general, thread).entries().slice(1).join("\n");
    await slack.until(() => shown().includes("capital in 794"));
    const firstMs = performance.now() - begun;
    await slack.until(() => shown().includes("Kyoto § History"));
    const finalMs = performance.now() - begun;
    return { firstMs, finalMs, modelMs: model.busyMs() - busyBefore, calls: slack.calls.length - callsBefore };
  }

  async function rounds(of: typeof script) {
    script = of;
    await ask();
    const asked = [];
    for (let n = 0; n < ROUNDS; n += 1) asked.push(await ask());
    return {
      firstMs: median(asked.map(({ firstMs }) => firstMs)),
      finalMs: median(asked.map(({ finalMs }) => finalMs)),
      modelMs: median(asked.map(({ modelMs }) => modelMs)),
      calls: median(asked.map(({ calls }) => calls)),
    };
  }

  const oneSentence = await rounds(short);
  const all = await rounds(whole);
  await footnote.end("SIGTERM");
  return [
    {
      name: "Slack: mention to first text",
      value: round(all.firstMs, 1),
      unit: "ms",
      comparedTo: "the model's own time to its first sentence",
      ratio: round(all.firstMs / oneSentence.modelMs, 100),
    },
    {
      name: "Slack: mention to whole answer",
      value: round(all.finalMs, 1),
      unit: "ms",
      comparedTo: "the model's own time",
      ratio: round(all.finalMs / all.modelMs, 100),
    },
    { name: "Slack: calls for an answer, status and stream", value: all.calls, unit: "" },
  ];
}
