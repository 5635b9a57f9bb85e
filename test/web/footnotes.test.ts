import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import type { Article } from "../../src/core/article.ts";
import type { Answer } from "../../src/core/reply.ts";
import { eventsOf, MERCURY_ANSWER, MERCURY_CITATION, MERCURY_SOURCE, SUPPORTED } from "../fakes/answers.ts";
import { ask, openBrowser, openPage, withoutBrowser } from "./browser.ts";

const TELEPHONE = { viewport: { width: 360, height: 640 }, hasTouch: true };
const MERCURY: Article = {
  kind: "article",
  title: "Mercury (planet)",
  language: "en",
  url: "/articles/Mercury",
  permalink: "/articles/Mercury?revision=7",
  revision: "7",
  sections: [
    { title: "Rotation", anchor: "rotation", level: 2, passages: [{ kind: "paragraph", text: MERCURY_SOURCE.text }] },
  ],
  choices: [],
};
const FAR_DOWN: Answer = {
  ...MERCURY_ANSWER,
  sentences: [
    { before: "", text: "Nothing is known of it. ".repeat(30), footnotes: [], verdict: "unsupported" },
    { ...SUPPORTED, before: "\n\n", text: "A day on Mercury lasts 176 Earth days, longer than anybody has stayed." },
  ],
};

const markOf = (page: Page) => page.getByRole("button", { name: "Footnote 1: Mercury (planet), Rotation" });
const noteOf = (page: Page) => page.getByRole("dialog", { name: "Footnote 1" });

describe("a footnote on the page", { skip: withoutBrowser }, () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  it("shows the passage on hover, with a link to the source", async (t) => {
    const { page } = await openPage(t, browser);
    await ask(page, "How long?");

    await markOf(page).hover();

    await noteOf(page).getByText("A solar day lasts 176 Earth days.").waitFor();
    const link = noteOf(page).getByRole("link", { name: "Mercury (planet)" });
    assert.equal(
      await link.getAttribute("href"),
      "https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation",
    );
    assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
    await page.mouse.move(0, 0);
    await noteOf(page).waitFor({ state: "hidden" });
  });

  for (const key of ["Enter", "Space"]) {
    it(`opens with ${key}, leads on to the link, and gives the focus back on Escape`, async (t) => {
      const { page } = await openPage(t, browser);
      await ask(page, "How long?");
      const mark = markOf(page);

      await mark.focus();
      const closed = await mark.getAttribute("aria-expanded");
      await page.keyboard.press(key);
      await noteOf(page).waitFor();
      const opened = await mark.getAttribute("aria-expanded");
      await page.keyboard.press("Tab");
      const focused = await page.locator(":focus").innerText();
      await page.keyboard.press("Escape");

      assert.deepEqual([closed, opened, focused], ["false", "true", "Mercury (planet)"]);
      assert.equal(await noteOf(page).count(), 0);
      assert.equal(await page.locator(".mark:focus").count(), 1);
      assert.equal(page.context().pages().length, 1);
    });
  }

  it("opens on a tap, and closes on a tap beside it", async (t) => {
    const { page } = await openPage(t, browser, { profile: TELEPHONE });
    await ask(page, "How long?");

    await markOf(page).tap();
    await noteOf(page).getByRole("link", { name: "Mercury (planet)" }).waitFor();
    await page.getByRole("heading").tap();

    await noteOf(page).waitFor({ state: "hidden" });
    assert.equal(page.context().pages().length, 1);
  });

  it("closes when it is left by keyboard", async (t) => {
    const { page } = await openPage(t, browser);
    await ask(page, "How long?");
    await markOf(page).press("Enter");
    await noteOf(page).waitFor();

    await page.getByLabel("Your question").focus();

    await noteOf(page).waitFor({ state: "hidden" });
  });

  it("leads to the quoted words where Footnote itself shows the article", async (t) => {
    const citation = { ...MERCURY_CITATION, source: { ...MERCURY_CITATION.source, url: "/articles/Mercury#rotation" } };
    const { page } = await openPage(t, browser, {
      articles: { article: async () => ({ value: MERCURY, outcome: "hit", loadedAt: "2026-11-01T00:00:00Z" }) },
      async *answer() {
        yield* eventsOf({ ...MERCURY_ANSWER, citations: [citation] });
      },
    });
    await ask(page, "How long?");
    await markOf(page).press("Enter");

    const opened = page.context().waitForEvent("page");
    await noteOf(page).getByRole("link", { name: "Mercury (planet)" }).click();

    const article = await opened;
    assert.equal(await article.locator("mark").innerText(), "A solar day lasts 176 Earth days.");
    assert.equal(await article.locator(":target").innerText(), "A solar day lasts 176 Earth days.");
    await article.getByRole("link", { name: "Ask" }).click();
    await article.getByRole("heading", { name: "Ask a question" }).waitFor();
  });

  for (const [window, profile] of [
    ["telephone", TELEPHONE],
    ["desktop", { viewport: { width: 1280, height: 800 } }],
  ] as const) {
    it(`leaves its sentence and the question in sight on a ${window}`, async (t) => {
      const { page } = await openPage(t, browser, { profile });
      await ask(page, "How long?");

      await markOf(page).press("Enter");
      const { sentence, question, note } = await placesOf(page);

      assert.ok(note.top >= sentence.bottom, JSON.stringify({ note, sentence }));
      assert.ok(note.top >= question.bottom, JSON.stringify({ note, question }));
    });
  }

  it("stands above its paragraph where there is no room below", async (t) => {
    const { page } = await openPage(t, browser, {
      profile: TELEPHONE,
      async *answer() {
        yield* eventsOf(FAR_DOWN);
      },
    });
    await ask(page, "How long?");
    await page.locator(".record").waitFor();
    await markOf(page).evaluate((mark) => mark.scrollIntoView({ block: "end" }));

    await markOf(page).press("Enter");
    const { sentence, note } = await placesOf(page);

    assert.ok(note.bottom <= sentence.top, JSON.stringify({ note, sentence }));
    assert.ok(note.top >= 0, JSON.stringify({ note }));
  });
});

interface Place {
  readonly top: number;
  readonly bottom: number;
}

/** Where the footnote's sentence, the question and the note are in the window, in pixels. */
async function placesOf(page: Page): Promise<{ sentence: Place; question: Place; note: Place }> {
  await noteOf(page).waitFor();
  const sentence = await markOf(page).evaluate((mark) => {
    const range = mark.ownerDocument.createRange();
    range.selectNode(mark.previousSibling);
    const { top, bottom } = range.getBoundingClientRect();
    return { top, bottom };
  });
  return { sentence, question: await placeOf(page.locator(".question")), note: await placeOf(noteOf(page)) };
}

async function placeOf(shown: Locator): Promise<Place> {
  const { y, height } = (await shown.boundingBox())!;
  return { top: y, bottom: y + height };
}
