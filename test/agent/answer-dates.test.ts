import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createAgent } from "../../src/agent/create-agent.ts";
import type { Wiki } from "../../src/agent/tools/wiki-tool.ts";
import type { AgentEvent } from "../../src/core/agent.ts";
import { Failure } from "../../src/core/failure.ts";
import { createPassageFinder } from "../../src/wiki/find-passages.ts";
import { createMediaWikiSource } from "../../src/wiki/mediawiki-source.ts";
import { createRequestBudget } from "../../src/wiki/request-budget.ts";
import { silentLog } from "../fakes/log.ts";
import { startFakeMediaWiki } from "../fakes/mediawiki.ts";
import { article, fakeWiki } from "../fakes/wiki.ts";

const PAGES = [
  { title: "Port Ellery", lead: "Port Ellery is a harbour town. A wall was raised by Dorothea Lund." },
  { title: "Lund Bridge", lead: "Lund Bridge was designed by Dorothea Lund, an engineer." },
  { title: "Gannet Rock", lead: "Gannet Rock carries a lighthouse. An engineer of the town keeps its lamp." },
  { title: "Mason bee", lead: "Mason bees build nests of mud in a wall." },
];

describe("an answer from a MediaWiki", () => {
  test("costs six requests at the most when nothing is cached, and one for its dates", async (t) => {
    const wiki = await startFakeMediaWiki(t, { pages: PAGES });
    const source = createMediaWikiSource({
      apiUrl: wiki.apiUrl,
      language: "en",
      userAgent: "Footnote/0.1 (https://wiki.example) node/24",
      budget: createRequestBudget({ perMinute: 100, concurrent: 3 }),
      log: silentLog,
    });
    t.after(() => source.close());
    const passages = createPassageFinder(source, { language: "en" });

    await Array.fromAsync(answering({ source, passages }, "Which engineer raised the wall of the harbour town?"));

    assert.equal(wiki.requests.length, 7);
    assert.equal(wiki.requests.at(-1)?.parameters["revids"], "100");
  });
});

describe("an answer", () => {
  test("has the dates that its sources were told without", async () => {
    const wiki = datingWiki(async () => new Map([["7", "2026-10-01T12:00:00Z"]]));

    const events = await Array.fromAsync(answering(wiki, "What is Velm?"));

    const told = events.filter((event) => event.type === "source");
    assert.deepEqual(
      told.map(({ citation }) => citation.source.revisedAt),
      [undefined],
    );
    assert.deepEqual(datesIn(events), ["2026-10-01T12:00:00Z"]);
  });

  test("is whole without dates when the wiki does not tell them", async () => {
    const wiki = datingWiki(() => Promise.reject(new Failure("wiki-unavailable", "refused")));

    const events = await Array.fromAsync(answering(wiki, "What is Velm?"));

    const last = events.at(-1);
    assert.equal(last?.type === "answer" && last.answer.outcome, "answered");
    assert.deepEqual(datesIn(events), [undefined]);
  });

  test("is none when it is stopped while its dates are asked for", async () => {
    const stop = new AbortController();
    const reason = new Failure("cancelled", "stopped");
    const wiki = datingWiki(() => {
      stop.abort(reason);
      return Promise.reject(reason);
    });

    await assert.rejects(Array.fromAsync(answering(wiki, "What is Velm?", stop.signal)), reason);
  });
});

function datingWiki(revisedAt: () => Promise<ReadonlyMap<string, string>>): Wiki {
  const { source, passages } = fakeWiki({ articles: [article("Velm", "Velm is a port.")] });
  return { source: { ...source, revisedAt }, passages };
}

function answering(
  wiki: Wiki,
  question: string,
  signal: AbortSignal = new AbortController().signal,
): AsyncIterable<AgentEvent> {
  const agent = createAgent({ wiki, model: { model: "none" }, log: silentLog });
  return agent.answer({ question, history: [], signal });
}

function datesIn(events: readonly AgentEvent[]): (string | undefined)[] {
  return events
    .filter((event) => event.type === "answer")
    .flatMap(({ answer }) => answer.citations.map(({ source }) => source.revisedAt));
}
