import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import type { FakeDiscord } from "../fakes/discord/fake-discord.ts";
import type { Person } from "../fakes/discord/person.ts";
import { startFakeDiscord } from "../fakes/discord/start-fake-discord.ts";
import { dataFolder, startProcess } from "../support/footnote-process.ts";
import { QUESTIONS } from "./five-questions.ts";

const WIKI_DIR = join(import.meta.dirname, "..", "..", "src", "wiki", "sample");

const THREADS = 50;

/** A fake Discord, closed after the processes that use it have ended. */
async function openDiscord(t: TestContext): Promise<FakeDiscord> {
  const discord = await startFakeDiscord();
  t.after(() => discord.close());
  return discord;
}

function environmentOf(discord: FakeDiscord, dataDir: string): Record<string, string> {
  return {
    WIKI_DIR,
    WIKI_URL: "https://wiki.example.org",
    DATA_DIR: dataDir,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
  };
}

/** Asks everything in one thread, the first by mention, without waiting for answers; every fifth question is told of again. */
async function askAll(discord: FakeDiscord, person: Person, channel: string, number: number): Promise<string> {
  const [first, ...others] = QUESTIONS.map(([question]) => question);
  const question = person.mention(channel, first ?? "");
  if (number % 10 === 0) for (const event of question.events) discord.replay(event);
  await discord.until(() => discord.threads(channel).includes(question.id));
  for (const [index, text] of others.entries()) {
    const { events } = person.say(question.id, text);
    if ((number + index) % 5 === 0) for (const event of events) discord.replay(event);
  }
  return question.id;
}

function answersIn(discord: FakeDiscord, channel: string): string[] {
  return discord
    .channel(channel)
    .entries()
    .filter((entry) => entry.startsWith("Footnote: "));
}

/** A reply that was lost would have told of a bucket's state, or that the thread was made: Footnote finds out by a refusal. */
function unexpectedFaults({ faults }: FakeDiscord): unknown[] {
  return faults.filter(({ code }) => code !== 429 && code !== 160_004);
}

function isAnswered(discord: FakeDiscord, channel: string): boolean {
  const answers = answersIn(discord, channel);
  return answers.length >= QUESTIONS.length && answers.every((answer) => /\n\| \[1\]/.test(answer));
}

describe("Footnote in Discord", () => {
  test("answers every question once and in order, though events come twice, calls fail and connections break", async (t) => {
    const discord = await openDiscord(t);
    const footnote = await startProcess(t, environmentOf(discord, await dataFolder()));
    // Each somebody else: nobody may ask so much within a minute.
    const people = Array.from({ length: THREADS }, (_, i) => discord.addPerson(`person${i}`));
    const channels = people.map(({ name }) => discord.addChannel(`${name}s-room`));
    discord.failSometimes({
      share: 0.05,
      troubles: [{ status: 503 }, { close: "before" }, { close: "after" }, { retryAfter: 1 }],
      methods: [
        "POST /channels/:channel/messages",
        "PATCH /channels/:channel/messages/:message",
        "POST /channels/:channel/messages/:message/threads",
        "POST /channels/:channel/typing",
      ],
    });

    const asking = Promise.all(people.map((person, i) => askAll(discord, person, channels[i] ?? "", i)));
    await discord.until(() => channels.some((channel) => discord.threads(channel).length > 0));
    discord.gateway.sessions[0]?.drop();
    const threads = await asking;
    discord.gateway.sessions[0]?.reconnect();
    await discord.until(() => threads.every((thread) => isAnswered(discord, thread)));
    const code = await footnote.end("SIGTERM");

    assert.equal(code, 0);
    for (const thread of threads) {
      const answers = answersIn(discord, thread);
      assert.equal(answers.length, QUESTIONS.length);
      for (const [index, [, expected]] of QUESTIONS.entries()) assert.match(answers[index] ?? "", expected);
    }
    assert.deepEqual(unexpectedFaults(discord), []);
  });

  test("is killed between posting and storing, and answers once all the same", async (t) => {
    const discord = await openDiscord(t);
    const alice = discord.addPerson("alice");
    const environment = environmentOf(discord, await dataFolder());
    const first = await startProcess(t, environment);
    discord.fail("POST /channels/:channel/messages", { hang: "after" });
    const question = alice.mention(discord.general, "How many hearts does an octopus have?");
    await discord.until(() => discord.threads(discord.general).includes(question.id));
    await discord.until(() => answersIn(discord, question.id).length === 1);

    await first.end("SIGKILL");
    await startProcess(t, environment);
    await discord.until(() => /\n\| \[1\]/.test(answersIn(discord, question.id).join("")));

    const answers = answersIn(discord, question.id);
    assert.equal(answers.length, 1);
    assert.match(answers[0] ?? "", /three hearts/);
    assert.deepEqual(unexpectedFaults(discord), []);
  });
});
