import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { startModelServer } from "../fakes/model-server.ts";
import { researching } from "../fakes/researching-model.ts";
import type { FakeSlack } from "../fakes/slack/fake-slack.ts";
import type { Person } from "../fakes/slack/person.ts";
import { startFakeSlack } from "../fakes/slack/start-fake-slack.ts";
import { dataFolder, type FootnoteProcess, startProcess } from "../support/footnote-process.ts";
import { QUESTIONS } from "./five-questions.ts";

const WIKI_DIR = join(import.meta.dirname, "..", "..", "src", "wiki", "sample");

const THREADS = 50;

type Mode = "Socket Mode" | "HTTP mode";
const MODES: readonly Mode[] = ["Socket Mode", "HTTP mode"];

/** The real process, connected to a fake Slack. */
async function start(
  t: TestContext,
  mode: Mode,
): Promise<{ readonly slack: FakeSlack; readonly footnote: FootnoteProcess }> {
  const slack = await startFakeSlack();
  t.after(() => slack.close());
  const footnote = await startProcess(t, environmentOf(slack, mode, await dataFolder()));
  if (mode === "HTTP mode") slack.useHttp(`${footnote.address}/slack/events`);
  return { slack, footnote };
}

function environmentOf(slack: FakeSlack, mode: Mode, dataDir: string): Record<string, string> {
  return {
    WIKI_DIR,
    WIKI_URL: "https://wiki.example.org",
    DATA_DIR: dataDir,
    SLACK_API_URL: slack.apiUrl,
    // One person asks for many here.
    QUESTIONS_PER_MINUTE: "1000",
    SLACK_BOT_TOKEN: slack.botToken,
    ...(mode === "Socket Mode" ? { SLACK_APP_TOKEN: slack.appToken } : { SLACK_SIGNING_SECRET: slack.signingSecret }),
  };
}

/** Asks everything in one thread, the first by mention, without waiting for answers; every tenth question is delivered again. */
async function askAll(slack: FakeSlack, person: Person, channel: string, number: number): Promise<string> {
  const [first, ...others] = QUESTIONS.map(([question]) => question);
  const { thread, deliveries } = await person.mention(channel, first ?? "");
  const again = [];
  for (const [index, question] of others.entries()) {
    const sent = await person.say(channel, question, { thread });
    if ((number + index) % 5 === 0) {
      again.push(...sent.deliveries.map((delivery) => slack.redeliver(delivery, { num: 1, reason: "http_timeout" })));
    }
  }
  if (number % 10 === 0) again.push(...deliveries.map((delivery) => slack.redeliver(delivery)));
  await Promise.all(again);
  return thread;
}

function answersIn(slack: FakeSlack, channel: string, thread: string): string[] {
  return slack
    .thread(channel, thread)
    .entries()
    .filter((entry) => entry.startsWith("Footnote: "));
}

/** A limit, and that a stream was ended by a call whose reply got lost, Footnote finds out by a refusal. */
function unexpectedFaults({ faults }: FakeSlack): unknown[] {
  const errors = ["ratelimited", "message_not_in_streaming_state"];
  return faults.filter(({ error }) => !errors.includes(error));
}

for (const mode of MODES) {
  describe(`Footnote in Slack, ${mode}`, () => {
    test("answers every question once and in order, though events come twice and calls fail", async (t) => {
      const { slack, footnote } = await start(t, mode);
      const alice = slack.addPerson("alice");
      const channels = Array.from({ length: THREADS }, (_, i) => slack.addChannel(`room${i}`, { members: [alice] }));
      slack.failSometimes({
        share: 0.05,
        troubles: [
          { error: "internal_error" },
          { status: 503 },
          { close: "before" },
          { close: "after" },
          { retryAfter: 1 },
        ],
        methods: [
          "chat.postMessage",
          "chat.update",
          "chat.startStream",
          "chat.appendStream",
          "chat.stopStream",
          "assistant.threads.setStatus",
        ],
      });

      const threads = await Promise.all(channels.map((channel, i) => askAll(slack, alice, channel, i)));
      const places = threads.map((thread, i) => ({ channel: channels[i] ?? "", thread }));
      await slack.until(() =>
        places.every(({ channel, thread }) => answersIn(slack, channel, thread).length >= QUESTIONS.length),
      );
      const code = await footnote.end("SIGTERM");

      assert.equal(code, 0);
      for (const { channel, thread } of places) {
        const answers = answersIn(slack, channel, thread);
        assert.equal(answers.length, QUESTIONS.length);
        for (const [index, [, expected]] of QUESTIONS.entries()) assert.match(answers[index] ?? "", expected);
      }
      assert.deepEqual(unexpectedFaults(slack), []);
    });
  });
}

/** A model that looks things up and then writes, a few words at a time. */
const writing = researching(
  [{ fetch_wikipedia_info: { query: "Kyoto" } }, { get_section_content: { title: "Kyoto", section: "History" } }],
  "Emperor Kanmu made Kyoto the capital in 794 [=capital of Japan in 794]. " +
    "Its streets follow a grid [=laid out as a grid]. " +
    "The emperor left for Tokyo in 1869 [=renamed Tokyo, in 1869].",
);

const SENTENCES = [
  /capital in 794\. \[\d\]\(https/,
  /follow a grid\. \[\d\]\(https/,
  /left for Tokyo in 1869\. \[\d\]\(https/,
];

describe("Footnote in Slack, with a model", () => {
  test("shows what it reads, then sentences while the model writes, then the sources", async (t) => {
    const { slack, environment } = await withModel(t);
    const alice = slack.addPerson("alice");
    const footnote = await startProcess(t, environment);
    const { thread } = await alice.mention(slack.general, "Tell me about Kyoto's history");

    await slack.until(() => /Kyoto § History/.test(answersIn(slack, slack.general, thread).join("")));
    await footnote.end("SIGTERM");

    const seen = slack.thread(slack.general, thread).history();
    const texts = seen.filter(({ author, change }) => author === slack.botUser && change !== "status");
    assert.match(seen.find(({ change }) => change === "status")?.text ?? "", /Searching/);
    assert.match(texts[0]?.text ?? "", SENTENCES[0]!);
    assert.doesNotMatch(texts[0]?.text ?? "", SENTENCES[2]!);
    for (const sentence of SENTENCES) assert.match(texts.at(-1)?.text ?? "", sentence);
    assert.equal(answersIn(slack, slack.general, thread).length, 1);
    assert.deepEqual(
      slack.calls.map(({ method }) => method).filter((method) => /^chat\.(?!append)/.test(method)),
      ["chat.startStream", "chat.stopStream"],
    );
    assert.deepEqual(slack.faults, []);
  });

  test("is killed while it streams, and goes on in the same message", async (t) => {
    const { slack, environment } = await withModel(t);
    const alice = slack.addPerson("alice");
    const first = await startProcess(t, environment);
    const { thread } = await alice.mention(slack.general, "Tell me about Kyoto's history");
    await slack.until(() => answersIn(slack, slack.general, thread).length === 1);

    await first.end("SIGKILL");
    await startProcess(t, environment);
    await slack.until(() => /Kyoto § History/.test(answersIn(slack, slack.general, thread).join("")));

    const answers = answersIn(slack, slack.general, thread);
    assert.equal(answers.length, 1);
    for (const sentence of SENTENCES) assert.equal(answers[0]?.split(sentence).length, 2);
    assert.deepEqual(slack.faults, []);
  });
});

async function withModel(t: TestContext) {
  const slack = await startFakeSlack();
  t.after(() => slack.close());
  const model = await startModelServer({ script: (body) => ({ ...writing(body), chunkDelayMs: 200 }) });
  t.after(() => model.close());
  const environment = {
    ...environmentOf(slack, "Socket Mode", await dataFolder()),
    OPENAI_API_KEY: "test-key",
    OPENAI_BASE_URL: model.url,
  };
  return { slack, environment };
}

describe("Footnote in Slack", () => {
  test("is killed between posting and storing, and answers once all the same", async (t) => {
    const slack = await startFakeSlack();
    t.after(() => slack.close());
    const alice = slack.addPerson("alice");
    const environment = environmentOf(slack, "Socket Mode", await dataFolder());
    const first = await startProcess(t, environment);
    slack.fail("chat.postMessage", { hang: "after" });
    const { thread } = await alice.mention(slack.general, "How many hearts does an octopus have?");
    await slack.until(() => answersIn(slack, slack.general, thread).length === 1);

    await first.end("SIGKILL");
    await startProcess(t, environment);
    await slack.until(() => slack.calls.some(({ method }) => method === "chat.update"));

    const answers = answersIn(slack, slack.general, thread);
    assert.equal(answers.length, 1);
    assert.match(answers[0] ?? "", /three hearts/);
    assert.deepEqual(slack.faults, []);
  });
});
