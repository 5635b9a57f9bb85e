import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { eventsOf, MERCURY_ANSWER, MERCURY_SOURCE } from "../fakes/answers.ts";
import { ask, openBrowser, openPage, withoutBrowser } from "./browser.ts";

const SCRIPT = `<script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">`;
const LINKS =
  "[click](javascript:window.hacked=3) [data](data:text/html,x) [web](https://evil.example/) ![i](https://evil.example/i.png)";
const BIDI = "\u202Eright to left\u202C and \u2066isolated";
const HUGE = "x".repeat(5_000);

const hostile = {
  ...MERCURY_ANSWER,
  sentences: [
    { before: "", text: `${SCRIPT} ${LINKS} [1][2]`, footnotes: [1, 2], verdict: "supported" as const },
    { before: "\n\n", text: `${BIDI} ${HUGE}`, footnotes: [1], verdict: "supported" as const },
  ],
  citations: [
    {
      n: 1,
      quote: SCRIPT,
      source: {
        ...MERCURY_SOURCE,
        title: `<b>${SCRIPT}`,
        section: SCRIPT,
        url: "javascript:window.hacked=4",
        license: { name: SCRIPT, url: "javascript:window.hacked=5" },
      },
    },
    { n: 2, quote: HUGE, source: { ...MERCURY_SOURCE, title: HUGE, revisedAt: SCRIPT } },
  ],
  suggestions: [SCRIPT, HUGE],
  model: SCRIPT,
};

describe("hostile text", { skip: withoutBrowser }, () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  it("from wiki, model and asker is shown as text, while it streams and when it is stored", async (t) => {
    const { page } = await openPage(t, browser, {
      profile: { viewport: { width: 360, height: 720 } },
      async *answer() {
        yield { type: "status", text: SCRIPT };
        yield* eventsOf(hostile);
      },
    });

    await ask(page, `${SCRIPT} ${HUGE}`);
    await page.locator(".record").waitFor();
    const streamed = await page.locator(".answer").innerText();
    await page.getByRole("button", { name: "Footnote 1" }).first().press("Enter");
    await page.getByRole("dialog", { name: "Footnote 1" }).getByText(SCRIPT).first().waitFor();
    await page.reload();
    await page.locator(".sources").waitFor();
    const stored = await page.locator(".answer").innerText();

    for (const shown of [streamed, stored]) {
      assert.ok(shown.includes(SCRIPT), shown.slice(0, 200));
      assert.ok(shown.includes("[click](javascript:window.hacked=3)"), shown.slice(0, 200));
      assert.ok(shown.includes("[data](data:text/html,x)"), shown.slice(0, 200));
    }
    assert.equal(await page.evaluate("window.hacked"), undefined);
    assert.equal(await page.locator("main :is(script, img, iframe, b, [onerror])").count(), 0);
    assert.deepEqual(
      await page
        .locator("main a[href]")
        .evaluateAll((links) =>
          links.map((link) => link.getAttribute("href")?.split(":")[0]).filter((scheme) => scheme !== "https"),
        ),
      [],
    );
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
  });

  it("from the wiki is shown as text among the figures", async (t) => {
    const { page } = await openPage(t, browser, {
      hash: "#figures",
      profile: { viewport: { width: 360, height: 720 } },
      stats: {
        usage: async () => ({
          perDay: [{ day: "2026-11-01", exchanges: 1, failed: 0 }],
          cache: { hit: 1, miss: 0, stale: 0 },
          latencyMs: null,
          topArticles: [
            { title: SCRIPT, url: "javascript:window.hacked=6", citations: 2 },
            { title: HUGE, url: "https://wiki.example/", citations: 1 },
          ],
          tokens: { input: 0, output: 0 },
          verdicts: { good: 3, bad: 1 },
        }),
        wiki: async () => ({ name: SCRIPT, state: "failing", reason: SCRIPT, budget: null }),
      },
    });

    await page.getByRole("heading", { name: "Most cited" }).waitFor();

    assert.ok((await page.locator("#figures").innerText()).includes(SCRIPT));
    assert.equal(await page.evaluate("window.hacked"), undefined);
    assert.equal(await page.locator("main a[href^=javascript]").count(), 0);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
  });
});
