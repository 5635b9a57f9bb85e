import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { startFakeSlack } from "../fakes/slack/start-fake-slack.ts";
import { install } from "../platforms/slack/installing.ts";
import { dataFolder, type FootnoteProcess, startProcess } from "../support/footnote-process.ts";

const WIKI_DIR = join(import.meta.dirname, "..", "..", "src", "wiki", "sample");
const TWELVE_HOURS_MS = 12 * 3_600_000;

test("Footnote is installed by a browser, answers, and keeps its rotated token over a restart", async (t) => {
  const slack = await startFakeSlack({ rotatesTokens: true });
  t.after(() => slack.close());
  const alice = slack.addPerson("alice");
  const environment = {
    WIKI_DIR,
    WIKI_URL: "https://wiki.example.org",
    DATA_DIR: await dataFolder(),
    API_TOKEN: "an-api-token-of-tests",
    SLACK_API_URL: slack.apiUrl,
    SLACK_CLIENT_ID: slack.client.id,
    SLACK_CLIENT_SECRET: slack.client.secret,
    SLACK_STATE_SECRET: "a-state-secret-of-tests",
    SLACK_SIGNING_SECRET: slack.signingSecret,
  };
  const start = async (): Promise<FootnoteProcess> => {
    const footnote = await startProcess(t, environment);
    slack.useHttp(`${footnote.address}/slack/events`);
    return footnote;
  };
  const answerTo = async (question: string, answer: string): Promise<void> => {
    const { thread } = await alice.mention(slack.general, question);
    await slack.until(() => slack.thread(slack.general, thread).text().includes(answer));
  };

  const first = await start();
  const request = (path: string, init?: RequestInit): Promise<Response> => fetch(first.address + path, init);
  const page = await install({ request }, slack, alice);
  await slack.clock.advance(TWELVE_HOURS_MS);
  await answerTo("When did Kyoto become the capital of Japan?", "794");
  await first.end("SIGTERM");
  const second = await start();
  await answerTo("How many hearts does an octopus have?", "three hearts");
  const output = [...first.output, ...second.output].join("\n");

  assert.equal(page.status, 200);
  assert.match(
    output,
    /Slack +events at POST \/slack\/events, waiting for workspaces to install it at \/slack\/install/,
  );
  assert.equal(slack.calls.filter(({ args }) => "refresh_token" in args).length, 1);
  assert.ok(slack.faults.every(({ error }) => error === "token_expired"));
  assert.doesNotMatch(output, /xoxb-|xoxe-|a-state-secret|fake-client-secret/);
});
