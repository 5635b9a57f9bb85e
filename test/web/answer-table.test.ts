import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import type { Answer, CitedSentence } from "../../src/core/reply.ts";
import { eventsOf, MERCURY_ANSWER } from "../fakes/answers.ts";
import { createStage } from "../fakes/stage.ts";
import { ask, openBrowser, openPage, withoutBrowser } from "./browser.ts";

const HEAD: CitedSentence = { before: "", text: "| Planet | Day |", footnotes: [], verdict: "structural" };
const ROW: CitedSentence = {
  before: "\n|---|--:|\n",
  text: "| **Mercury** | It is long. |",
  footnotes: [1],
  verdict: "supported",
};
const DOUBTFUL: CitedSentence = { before: "\n", text: "| | a \\| b |", footnotes: [], verdict: "unsupported" };
const BEHIND: CitedSentence = { before: "\n\n", text: "Both | turn.", footnotes: [1], verdict: "supported" };

const WIDE = `${"| incomprehensibilities ".repeat(6)}|`;

function answerOf(...sentences: readonly CitedSentence[]): Answer {
  return { ...MERCURY_ANSWER, sentences };
}

describe("a table in an answer", { skip: withoutBrowser }, () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  it("is shown as a table, with footnotes and verdicts in its cells", async (t) => {
    const { page } = await openPage(t, browser, {
      async *answer() {
        yield* eventsOf(answerOf(HEAD, ROW, DOUBTFUL, BEHIND));
      },
    });

    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    const { table, row } = { table: page.getByRole("table"), row: page.getByRole("row") };
    assert.deepEqual(await table.getByRole("columnheader").allInnerTexts(), ["Planet", "Day"]);
    assert.deepEqual(await row.nth(1).getByRole("cell").allInnerTexts(), ["Mercury", "It is long.[1]"]);
    assert.deepEqual(await row.nth(2).getByRole("cell").allInnerTexts(), ["", "a | b not in the sources"]);
    assert.equal(await page.locator(".answer > p").innerText(), "Both | turn.[1]");
    assert.equal(await row.nth(1).getByRole("cell").last().getAttribute("class"), "at-end");
  });

  it("grows row by row, without touching the rows before", async (t) => {
    const stage = createStage();
    const { page } = await openPage(t, browser, { answer: stage.answer });
    await ask(page, "How long?");
    for (const citation of MERCURY_ANSWER.citations) stage.say({ type: "source", citation });
    stage.say({ type: "sentence", sentence: HEAD }, { type: "sentence", sentence: ROW });
    const mark = page.getByRole("cell").getByRole("button", { name: /^Footnote 1/ });
    await mark.focus();

    stage.say({ type: "sentence", sentence: DOUBTFUL }, { type: "answer", answer: answerOf(HEAD, ROW, DOUBTFUL) });
    await page.locator(".record").waitFor();

    assert.equal(await page.getByRole("row").count(), 3);
    assert.equal(await page.locator(".mark:focus").count(), 1);
  });

  it("has in its last cell what stands behind the last column", async (t) => {
    const { page } = await openPage(t, browser, {
      async *answer() {
        yield* eventsOf(answerOf(HEAD, { ...ROW, text: "| Mercury | long | very |" }));
      },
    });

    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    assert.deepEqual(await page.getByRole("cell").allInnerTexts(), ["Mercury", "long very[1]"]);
  });

  it("is no table without a rule below its head", async (t) => {
    const { page } = await openPage(t, browser, {
      async *answer() {
        yield* eventsOf(answerOf(HEAD, { ...ROW, before: "\n" }));
      },
    });

    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    assert.equal(await page.getByRole("table").count(), 0);
    assert.match(await page.locator(".answer").innerText(), /\| Planet \| Day \|/);
  });

  it("is scrolled sideways on a telephone, and not the page", async (t) => {
    const { page } = await openPage(t, browser, {
      profile: { viewport: { width: 360, height: 640 } },
      async *answer() {
        yield* eventsOf(answerOf({ ...HEAD, text: WIDE }, { ...ROW, before: `\n${"|---".repeat(6)}|\n`, text: WIDE }));
      },
    });

    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 360);
    assert.equal(await page.locator(".table").evaluate((table) => table.scrollWidth > table.clientWidth), true);
  });
});
