import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, test } from "node:test";
import { startModelServer } from "../fakes/model-server.ts";
import { dataFolder, runProgram, startDemo, startProcess } from "../support/footnote-process.ts";
import { until } from "../support/until.ts";

const WIKI_DIR = join(import.meta.dirname, "..", "..", "src", "wiki", "sample");

const KYOTO = "When did Kyoto become the capital of Japan?";

describe("Footnote", () => {
  test("answers with a footnote, and has it after a restart, for the same key too", async (t) => {
    const environment = { WIKI_DIR, DATA_DIR: await dataFolder() };
    const first = await startProcess(t, environment);

    const asked = await first.ask(KYOTO, { thread: "kyoto", key: "k1" });
    const code = await first.end("SIGTERM");
    const second = await startProcess(t, environment);
    const again = await second.ask(KYOTO, { thread: "kyoto", key: "k1" });
    const messages = await second.get("/api/conversations/kyoto/messages");

    assert.equal(code, 0);
    assert.equal(asked.status, 200);
    assert.match(asked.body.response, /Emperor Kanmu made Kyoto the capital of Japan in 794.*\[\d\]/);
    assert.equal(asked.body.sources[0]?.title, "Kyoto");
    assert.deepEqual({ ...again.body, elapsed_ms: 0 }, { ...asked.body, elapsed_ms: 0 });
    assert.equal(JSON.stringify(messages.body).match(/"role":"user"/g)?.length, 1);
  });

  test("reads its folder before anybody asks, and says how many articles there are", async (t) => {
    const { output } = await startProcess(t, { WIKI_DIR, DATA_DIR: await dataFolder() });

    const printed = await until(
      async () => output.join(""),
      (text) => text.includes("wiki folder read"),
    );

    assert.match(printed, /"articles":16,"msg":"wiki folder read"/);
  });

  test("carries the thread's subject over to a follow-up", async (t) => {
    const footnote = await startProcess(t, { WIKI_DIR, DATA_DIR: await dataFolder() });
    await footnote.ask(KYOTO, { thread: "kyoto" });

    const { body } = await footnote.ask("And what is its population?", { thread: "kyoto" });

    assert.match(body.response, /1,463,723/);
    assert.equal(body.sources[0]?.title, "Kyoto");
  });

  test("answers a greeting with what it can do, and looks nothing up", async (t) => {
    const footnote = await startProcess(t, { WIKI_DIR, DATA_DIR: await dataFolder() });

    const { status, body } = await footnote.ask("Hi!");
    const cache = await footnote.get("/api/cache/stats");

    assert.equal(status, 200);
    assert.match(body.response, /^Hello! Ask me a question, and I look it up in the sample wiki\./);
    assert.deepEqual([body.outcome, body.sources], ["answered", []]);
    assert.match(JSON.stringify(cache.body), /"hits":0,"misses":0,/);
  });

  test("tells of no budget of requests for a folder, which has none", async (t) => {
    const footnote = await startProcess(t, { WIKI_DIR, DATA_DIR: await dataFolder() });

    const { body } = await footnote.get("/api/usage");

    assert.match(JSON.stringify(body), /"requests_per_minute":null,"requests_left":null/);
  });

  test("goes on with a question after a kill -9, once, and with those behind it in order", async (t) => {
    await using model = await startModelServer({
      script: [{ hang: true }, { text: "No source." }, { text: "No source." }],
    });
    const environment = {
      WIKI_DIR,
      DATA_DIR: await dataFolder(),
      OPENAI_API_KEY: "test-key",
      OPENAI_BASE_URL: model.url,
    };
    const first = await startProcess(t, environment);
    const lost = first.ask("first?", { thread: "t", key: "k1" }).catch(() => "connection lost");
    await model.received(1);
    const queued = first.ask("second?", { thread: "t", key: "k2" }).catch(() => "connection lost");
    await stored(first, 2);

    await first.end("SIGKILL");
    const restartedAt = performance.now();
    const second = await startProcess(t, environment);
    const answers = [
      await second.ask("first?", { thread: "t", key: "k1" }),
      await second.ask("second?", { thread: "t", key: "k2" }),
    ];
    t.diagnostic(`${Math.round(performance.now() - restartedAt)} ms from restart to both answers`);

    assert.deepEqual([await lost, await queued], ["connection lost", "connection lost"]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    assert.deepEqual(
      model.requests.map(({ body }) => JSON.stringify(body).match(/(first|second)\?(?=[^?]*$)/)?.[0]),
      ["first?", "first?", "second?"],
    );
  });

  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    test(`lets a running answer finish at a ${signal}, and stops its database`, async (t) => {
      await using model = await startModelServer({ script: [{ latencyMs: 800, text: "No source." }] });
      const DATA_DIR = await dataFolder();
      const footnote = await startProcess(t, {
        WIKI_DIR,
        DATA_DIR,
        OPENAI_API_KEY: "test-key",
        OPENAI_BASE_URL: model.url,
      });
      const running = footnote.ask("Why?");
      await model.received(1);

      const ended = footnote.end(signal);
      const { status } = await running;

      assert.equal(status, 200);
      assert.equal(await ended, 0);
      assert.equal(existsSync(join(DATA_DIR, "postgres", "postmaster.pid")), false);
    });
  }

  test("asks the model no more once its tokens of the day are spent", async (t) => {
    await using model = await startModelServer({
      script: [{ text: "The sources do not say.", usage: { input: 90, output: 10 } }],
    });
    const footnote = await startProcess(t, {
      WIKI_DIR,
      DATA_DIR: await dataFolder(),
      OPENAI_API_KEY: "test-key",
      OPENAI_BASE_URL: model.url,
      TOKENS_PER_DAY: "100",
    });
    await footnote.ask(KYOTO);

    const { body } = await footnote.ask(KYOTO);

    assert.equal(model.requests.length, 1);
    assert.match(body.response, /794.*The language model has done its share for today/s);
  });

  test("sends nothing to LangSmith, whatever the environment says", async (t) => {
    let requests = 0;
    const tracing = createServer((_, reply) => {
      requests += 1;
      reply.end("{}");
    }).listen(0, "127.0.0.1");
    t.after(() => tracing.close());
    await once(tracing, "listening");
    const footnote = await startProcess(t, {
      WIKI_DIR,
      DATA_DIR: await dataFolder(),
      LANGSMITH_TRACING: "true",
      LANGCHAIN_TRACING_V2: "true",
      LANGSMITH_API_KEY: "test-key",
      LANGSMITH_ENDPOINT: `http://127.0.0.1:${(tracing.address() as AddressInfo).port}`,
    });

    const { status } = await footnote.ask(KYOTO);
    await footnote.end("SIGTERM");

    assert.deepEqual([status, requests], [200, 0]);
  });

  test("says clearly that the wiki cannot be reached, and stays up", async (t) => {
    const footnote = await startProcess(t, {
      WIKI_API_URL: "http://127.0.0.1:9/w/api.php",
      DATA_DIR: await dataFolder(),
    });

    const { status, body } = await footnote.ask(KYOTO);
    const ready = await footnote.get("/ready");

    assert.equal(status, 503);
    assert.deepEqual(body.error, {
      code: "wiki-unavailable",
      message: "The wiki can't be reached just now, so I have nothing to cite. Please try again in a little while.",
    });
    assert.equal(ready.status, 200);
  });

  test("refuses to start open to the network without a token, naming every wrong setting and no value", async (t) => {
    const { code, output } = await runProgram(t, "src/main.ts", {
      environment: { HOST: "0.0.0.0", CACHE_TTL: "soon", DATABASE_URL: "mysql://root:hunter2@db" },
    });

    assert.equal(code, 2);
    assert.match(output, /API_TOKEN: is required/);
    assert.match(output, /CACHE_TTL: must be a whole number, 1 or more/);
    assert.match(output, /DATABASE_URL: must be a URL/);
    assert.doesNotMatch(output, /hunter2|soon/);
  });

  test("tells that another Footnote uses its data folder", async (t) => {
    const environment = { WIKI_DIR, DATA_DIR: await dataFolder() };
    const first = await startProcess(t, environment);

    const { code, output } = await runProgram(t, "src/main.ts", { environment });
    await first.end("SIGTERM");

    assert.equal(code, 2);
    assert.match(output, /another Footnote/i);
  });
});

describe("the demo", () => {
  test("answers three questions with footnotes, shows the figures in words and ends", async (t) => {
    const { code, output } = await runProgram(t, "src/demo.ts", {
      args: ["--once"],
      environment: { DATA_DIR: await dataFolder() },
    });

    assert.equal(code, 0);
    assert.equal(output.match(/^> /gm)?.length, 3);
    assert.equal(output.match(/^ {2}\[1\] /gm)?.length, 3);
    assert.match(output, /^Cache {5}In memory, without Redis\n {10}\d+ items, .*^Database {2}2 conversations$/ms);
    assert.doesNotMatch(output, /[{}]/);
  });

  test("prints no links that are dead when it has ended, but the words they would lead to", async (t) => {
    const { output } = await runProgram(t, "src/demo.ts", {
      args: ["--once"],
      environment: { DATA_DIR: await dataFolder() },
    });

    assert.doesNotMatch(output, /http:/);
    assert.match(output, /^ {6}“Emperor Kanmu made Kyoto the capital of Japan in 794/m);
    assert.match(output, /Without --once Footnote stays up/);
  });

  test("stays up, and names the page's address and where each footnote leads", async (t) => {
    const demo = await startDemo(t, { DATA_DIR: await dataFolder() });

    const links = demo.output.join("").match(/^ {6}(http:\S+)$/gm) ?? [];
    const pages = await Promise.all([demo.address, ...links].map((link) => fetch(link.trim())));
    const code = await demo.end("SIGTERM");

    assert.ok(links.length >= 3, demo.output.join(""));
    assert.deepEqual(new Set(pages.map(({ status }) => status)), new Set([200]));
    assert.equal(code, 0);
  });

  for (const flag of ["--onec", "--once=no", "once"]) {
    test(`says how it is used when it is called with ${flag}`, async (t) => {
      const { code, output } = await runProgram(t, "src/demo.ts", { args: [flag] });

      assert.equal(code, 2);
      assert.match(output, /^Usage: npm run demo -- \[--once\]/);
    });
  }
});

/** Waits until so many questions are in the database. */
async function stored(footnote: { get(path: string): Promise<{ body: unknown }> }, count: number): Promise<void> {
  for (;;) {
    const { body } = await footnote.get("/api/db/stats");
    if (JSON.stringify(body).includes(`"user":${count}`)) return;
  }
}
