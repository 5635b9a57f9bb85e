import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Failure } from "../../src/core/failure.ts";
import type { RequestBudget, WikiSource } from "../../src/core/wiki.ts";
import { createMediaWikiSource } from "../../src/wiki/mediawiki-source.ts";
import { createRequestBudget } from "../../src/wiki/request-budget.ts";
import { WIKI_PAGES } from "../contracts/wiki-pages.ts";
import { silentLog } from "../fakes/log.ts";
import {
  apiError,
  brokenOff,
  oversized,
  silence,
  startFakeMediaWiki,
  status,
  type FakeMediaWiki,
  type Fault,
} from "../fakes/mediawiki.ts";

const SECRET = "word of the reply";

describe("a MediaWiki in trouble", () => {
  const unavailable: readonly (readonly [title: string, fault: Fault, message: string])[] = [
    ["an error page", status(500, {}, SECRET), "the wiki answered with HTTP 500"],
    ["HTML where JSON should be", status(200, {}, `<html>${SECRET}`), "the wiki's reply is not JSON"],
    ["nothing where JSON should be", status(200), "the wiki's reply is not JSON"],
    [
      "JSON of another kind",
      status(200, {}, `{"query":{"search":"${SECRET}"}}`),
      "the wiki's reply has an unexpected shape at query.search",
    ],
    ["a list where an object should be", status(200, {}, "[1]"), "the wiki's reply has an unexpected shape at its top"],
    ["a reply over 8 MB", oversized(8 * 1024 * 1024), "the wiki's reply is too large"],
    ["a reply that breaks off", brokenOff(), "the wiki broke the connection"],
    [
      "a refusal of who is asking",
      status(403, {}, SECRET),
      "the wiki refuses Footnote (HTTP 403): is WIKI_CONTACT set?",
    ],
    ["an error in a sound reply", apiError("readapidenied"), "the wiki refused the request"],
    [
      "an error in the format of old wikis",
      status(200, {}, `{"error":{"code":"x","info":"${SECRET}"}}`),
      "the wiki refused the request",
    ],
    ["503 without a time", status(503, {}, SECRET), "the wiki answered with HTTP 503"],
    [
      "a redirect to another host",
      status(302, { location: "http://127.0.0.2/" }),
      "the wiki redirects to another host",
    ],
    [
      "a redirect to another port",
      status(302, { location: "http://127.0.0.1:1/" }),
      "the wiki redirects to another host",
    ],
  ];
  for (const [title, fault, message] of unavailable) {
    it(`is unavailable after ${title}`, async (t) => {
      const fake = await startFakeMediaWiki(t);
      fake.fail(fault);

      const failure = await failureOf(open(fake).search("Velm"));

      assert.deepEqual([failure.kind, failure.message], ["wiki-unavailable", message]);
    });
  }

  const later: readonly (readonly [title: string, fault: Fault, kind: string, retryAfterMs: number])[] = [
    ["429 with a time", status(429, { "retry-after": "30" }), "over-budget", 30_000],
    ["429 without a time", status(429), "over-budget", 5_000],
    ["503 with a time", status(503, { "retry-after": "30" }), "wiki-unavailable", 30_000],
    ["a day's wait, which is cut to ten minutes", status(429, { "retry-after": "86400" }), "over-budget", 600_000],
    ["a lagging database", apiError("maxlag", { "retry-after": "5" }), "wiki-unavailable", 5_000],
    ["a limit in a sound reply", apiError("ratelimited"), "over-budget", 5_000],
  ];
  for (const [title, fault, kind, retryAfterMs] of later) {
    it(`is left alone by everyone after ${title}`, async (t) => {
      const fake = await startFakeMediaWiki(t);
      const budget = createRequestBudget({ perMinute: 100, maxWaitMs: 100 });
      fake.fail(fault);

      const failure = await failureOf(open(fake, budget).search("Velm"));
      const others = await failureOf(open(fake, budget).suggest("Velm"));

      assert.deepEqual([failure.kind, failure.retryAfterMs], [kind, retryAfterMs]);
      assert.equal(others.kind, "over-budget");
      assert.equal(fake.requests.length, 1);
    });
  }

  it("is unavailable after a page that nests deeper than can be read", async (t) => {
    const html = `${"<div>".repeat(20_000)}deep${"</div>".repeat(20_000)}`;
    const fake = await startFakeMediaWiki(t, { pages: [{ title: "Velm", lead: "", html }] });

    const failure = await failureOf(open(fake).article("Velm"));

    assert.deepEqual([failure.kind, failure.message], ["wiki-unavailable", "the wiki's reply is malformed"]);
  });

  it("is unavailable when the address it gives of itself is none", async (t) => {
    const general = { lang: "en", server: "http://[", script: "/w/index.php", articlepath: "/wiki/$1" };
    const fake = await startFakeMediaWiki(t);
    fake.fail(status(200, {}, JSON.stringify({ query: { search: [], general, namespaces: {} } })));

    const failure = await failureOf(open(fake).search("Velm"));

    assert.equal(failure.message, "the wiki's reply has an unexpected shape at general.server");
  });

  it("is unavailable after an error whose code is the name of something else", async (t) => {
    const fake = await startFakeMediaWiki(t);
    await open(fake).search("Velm");
    fake.failAlways(apiError("constructor"));

    const failure = await failureOf(open(fake).article("Velm"));

    assert.deepEqual([failure.kind, failure.message], ["wiki-unavailable", "the wiki refused the request"]);
  });

  it("is failing until it answers again", async (t) => {
    const fake = await startFakeMediaWiki(t);
    const wiki = open(fake);
    fake.fail(status(500));

    await failureOf(wiki.suggest("Velm"));
    const during = wiki.health();
    await wiki.suggest("Velm");

    assert.deepEqual(during, { state: "failing", reason: "the wiki answered with HTTP 500" });
    assert.deepEqual(wiki.health(), { state: "ok" });
  });

  it("is asked once more when it wants but a moment", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    fake.fail(status(429, { "retry-after": "0" }));

    const { value } = await open(fake).search("thermometers");

    assert.equal(value.length, 1);
    assert.equal(fake.requests.length, 2);
  });

  it("is asked no more than once more", async (t) => {
    const fake = await startFakeMediaWiki(t);
    fake.fail(status(503, { "retry-after": "0" }), status(503, { "retry-after": "0" }));

    const failure = await failureOf(open(fake).search("thermometers"));

    assert.equal(failure.kind, "wiki-unavailable");
    assert.equal(fake.requests.length, 2);
  });

  it("is followed when it redirects within its host", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    fake.fail((request, response) => response.writeHead(301, { location: request.url?.replace("/w/", "/new/") }).end());

    const { value } = await open(fake).suggest("Quicksilver");

    assert.deepEqual(value, ["Mercury (element)"]);
    assert.equal(fake.requests[1]?.path, "/new/api.php");
  });

  it("is not followed in a circle", async (t) => {
    const fake = await startFakeMediaWiki(t);
    const circle = status(302, { location: "?" });
    fake.fail(circle, circle, circle, circle);

    const failure = await failureOf(open(fake).search("Velm"));

    assert.equal(failure.message, "the wiki redirects in a circle");
  });

  it("is given up when it does not answer in time", async (t) => {
    const fake = await startFakeMediaWiki(t);
    fake.fail(silence());

    const failure = await failureOf(open(fake, undefined, 50).search("Velm"));

    assert.deepEqual([failure.kind, failure.message], ["wiki-unavailable", "the wiki did not answer in time"]);
  });

  it("is unavailable when nobody listens", async () => {
    const failure = await failureOf(open({ apiUrl: "http://127.0.0.1:9/api.php" }).search("Velm"));

    assert.equal(failure.kind, "wiki-unavailable");
  });

  it("is unavailable when its name is unknown", async () => {
    const lookup = Object.assign(new Error("getaddrinfo ENOTFOUND wiki.example"), { code: "ENOTFOUND" });
    const fetch = (): Promise<Response> => Promise.reject(new TypeError("fetch failed", { cause: lookup }));
    const wiki = createMediaWikiSource({ ...defaults, apiUrl: "http://wiki.example/api.php", fetch });

    const failure = await failureOf(wiki.search("Velm"));

    assert.deepEqual([failure.kind, failure.message], ["wiki-unavailable", "the wiki's host name is not known"]);
  });

  it("gives its permit back after every trouble", async (t) => {
    const fake = await startFakeMediaWiki(t, { pages: WIKI_PAGES });
    const budget = createRequestBudget({ perMinute: 100, concurrent: 1 });
    const wiki = open(fake, budget, 200);
    fake.fail(status(500), brokenOff(), silence(), oversized(8 * 1024 * 1024), status(200, {}, "{"));

    await failureOf(wiki.search("Velm"));
    await failureOf(wiki.search("Velm"));
    await failureOf(wiki.search("Velm"));
    await failureOf(wiki.search("Velm"));
    await failureOf(wiki.search("Velm"));
    await wiki.search("Velm");

    assert.equal((await budget.figures()).inFlight, 0);
    assert.deepEqual(wiki.health(), { state: "ok" });
  });

  it("is let go as soon as the asker's signal says so, with the asker's reason", async (t) => {
    const fake = await startFakeMediaWiki(t);
    const reason = new Failure("deadline", "out of time");
    const controller = new AbortController();
    fake.fail(() => controller.abort(reason));

    const failure = await failureOf(open(fake).search("Velm", { signal: controller.signal }));

    assert.equal(failure, reason);
  });

  it("is let go when it is closed", async (t) => {
    const fake = await startFakeMediaWiki(t);
    const wiki = open(fake);
    fake.fail(() => void wiki.close());

    const failure = await failureOf(wiki.search("Velm"));

    assert.equal(failure.kind, "cancelled");
  });

  it("has nothing of its replies, its address's credentials or the question in failures and logs", async (t) => {
    const fake = await startFakeMediaWiki(t);
    const lines: unknown[] = [];
    const note = (...line: unknown[]): void => void lines.push(line);
    const log = { debug: note, info: note, warn: note, error: note, child: () => log };
    const apiUrl = fake.apiUrl.replace("//", "//bot:hunter2@");
    const wiki = createMediaWikiSource({ ...defaults, apiUrl, log });
    fake.fail(...unavailable.map(([, fault]) => fault));

    const failures = await Promise.all(unavailable.map(() => failureOf(wiki.search("private question"))));

    const shown = JSON.stringify([failures.map(({ message, stack, cause }) => [message, stack, String(cause)]), lines]);
    assert.doesNotMatch(shown, new RegExp(`hunter2|private|${SECRET}`));
  });
});

const defaults = {
  language: "en",
  userAgent: "Footnote/0 (ops@example.org) node/24",
  budget: createRequestBudget({ perMinute: 1_000 }),
  log: silentLog,
};

function open(
  { apiUrl }: Pick<FakeMediaWiki, "apiUrl">,
  budget: RequestBudget = createRequestBudget({ perMinute: 1_000 }),
  timeoutMs = 10_000,
): WikiSource {
  return createMediaWikiSource({ ...defaults, apiUrl, budget, timeoutMs });
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const thrown = await promise.then(
    () => assert.fail("did not fail"),
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof Failure);
  return thrown;
}
