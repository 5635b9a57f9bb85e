import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { Failure } from "../../src/core/failure.ts";
import { openBrowser, openPage, withoutBrowser } from "./browser.ts";

describe("the figures' view", { skip: withoutBrowser }, () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  it("shows plots with their meaning in words and their numbers in a table", async (t) => {
    const { page } = await openPage(t, browser, {
      hash: "#figures",
      stats: {
        usage: async () => ({
          perDay: [
            { day: "2026-11-01", exchanges: 10, failed: 1 },
            { day: "2026-11-02", exchanges: 30, failed: 0 },
          ],
          cache: { hit: 60, miss: 30, stale: 10 },
          latencyMs: { p50: 120, p90: 900, p99: 4_000 },
          topArticles: [{ title: "Venus", url: "https://wiki.example/Venus", citations: 4 }],
          tokens: { input: 0, output: 0 },
          verdicts: { good: 3, bad: 1 },
        }),
      },
    });

    await page.getByRole("img", { name: "40 questions in 2 days, at most 30 a day; 1 failed" }).waitFor();
    await page.getByRole("img", { name: "60 from the cache, 10 from an older copy, 30 fresh from the wiki" }).waitFor();
    await page.getByText("As a table").first().click();

    assert.deepEqual(await page.locator("td").allInnerTexts(), ["2026-11-01", "10", "1", "2026-11-02", "30", "0"]);
    const text = await page.locator("#figures").innerText();
    assert.match(text, /70 % of 100 answers/);
    assert.match(text, /120 ms for half of the answers/);
    assert.match(text, /Venus\s+4/);
    assert.match(text, /4 footnotes to this article, cited in 30 days/);
    assert.match(text, /Memory\s+1\.2M/);
  });

  it("has something to say before the first question", async (t) => {
    const { page } = await openPage(t, browser, { hash: "#figures" });

    await page.getByText("nothing answered yet").waitFor();

    assert.match(await page.locator("#figures").innerText(), /nothing cited yet/);
  });

  it("says so when the database is away", async (t) => {
    const { page } = await openPage(t, browser, {
      hash: "#figures",
      stats: { database: () => Promise.reject(new Failure("store-unavailable", "gone")) },
    });

    await page.getByRole("alert").getByText("My database can't be reached just now.").waitFor();
  });
});
