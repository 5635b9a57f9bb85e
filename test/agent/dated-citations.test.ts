import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { datedCitations } from "../../src/agent/dated-citations.ts";
import { type Citation, type Source, sourcesOf } from "../../src/core/article.ts";
import { Failure } from "../../src/core/failure.ts";
import type { WikiSource } from "../../src/core/wiki.ts";
import { silentLog } from "../fakes/log.ts";
import { article, fakeWiki } from "../fakes/wiki.ts";

const DATE = "2026-10-01T12:00:00Z";
const [SOURCE] = sourcesOf(article("Velm", "Velm is a port."));

describe("citations", () => {
  test("get the dates of their revisions, each asked for once", async () => {
    const wiki = datingWiki(async () => new Map([["7", DATE]]));

    const citations = await datedCitations([cited(1), cited(2), cited(3, { revision: "8" })], options(wiki));

    assert.deepEqual(
      citations.map(({ n, source }) => [n, source.revisedAt]),
      [
        [1, DATE],
        [2, DATE],
        [3, undefined],
      ],
    );
    assert.deepEqual(wiki.asked, [["7", "8"]]);
  });

  test("are not asked for when all have dates, or none needs one", async () => {
    const wiki = datingWiki(async () => new Map([["7", DATE]]));
    const given = [
      cited(1, { revisedAt: "2026-01-01T00:00:00Z" }),
      cited(2, { staleSince: "2026-11-01T12:00:00.000Z" }),
    ];

    const citations = await datedCitations(given, options(wiki));

    assert.deepEqual(citations, given);
    assert.deepEqual(wiki.asked, []);
  });

  test("stay as they are where the wiki tells no dates", async () => {
    const citations = await datedCitations([cited(1)], options(fakeWiki({}).source));

    assert.deepEqual(citations, [cited(1)]);
  });

  test("stay as they are when the wiki fails", async () => {
    const wiki = datingWiki(() => Promise.reject(new Failure("over-budget", "no request may be sent")));

    const citations = await datedCitations([cited(1)], options(wiki));

    assert.deepEqual(citations, [cited(1)]);
  });

  test("wait no longer for their dates than they may", async () => {
    const wiki = datingWiki(rejectWhenAborted);

    const citations = await datedCitations([cited(1)], { ...options(wiki), patienceMs: 1 });

    assert.deepEqual(citations, [cited(1)]);
  });

  test("wait no longer for their dates than the answer may take", async () => {
    const wiki = datingWiki(rejectWhenAborted);
    const lookup = { signal: AbortSignal.abort(new Failure("deadline", "the answer's time is up")) };

    const citations = await datedCitations([cited(1)], { ...options(wiki), lookup, patienceMs: 2 ** 30 });

    assert.deepEqual(citations, [cited(1)]);
  });

  test("are dated in the language they were asked for in", async () => {
    const languages: (string | undefined)[] = [];
    const wiki = datingWiki(async (_signal, language) => {
      languages.push(language);
      return new Map();
    });

    await datedCitations([cited(1)], { ...options(wiki), lookup: { language: "de" } });

    assert.deepEqual(languages, ["de"]);
  });
});

function cited(n: number, changes: Partial<Source> = {}): Citation {
  return { n, quote: "Velm is a port.", source: { ...SOURCE!, ...changes } };
}

function options(source: WikiSource): Parameters<typeof datedCitations>[1] {
  return { source, lookup: {}, log: silentLog };
}

type Dates = (signal: AbortSignal | undefined, language: string | undefined) => Promise<ReadonlyMap<string, string>>;

function datingWiki(dates: Dates): WikiSource & { readonly asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = [];
  return {
    ...fakeWiki({}).source,
    asked,
    revisedAt(revisions, { signal, language } = {}) {
      asked.push(revisions);
      return dates(signal, language);
    },
  };
}

function rejectWhenAborted(signal: AbortSignal | undefined): ReturnType<Dates> {
  const { promise, reject } = Promise.withResolvers<never>();
  const leave = (): void => reject(signal?.reason);
  if (signal?.aborted === true) leave();
  signal?.addEventListener("abort", leave);
  return promise;
}
