import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { Failure } from "../../src/core/failure.ts";
import type { Answer } from "../../src/core/reply.ts";
import { eventsOf, MERCURY_ANSWER, MERCURY_CITATION, SUPPORTED } from "../fakes/answers.ts";
import { createStage } from "../fakes/stage.ts";
import { ask, openBrowser, openPage, withoutBrowser } from "./browser.ts";

const AMBIGUOUS: Answer = {
  ...MERCURY_ANSWER,
  outcome: "ambiguous",
  sentences: [
    { before: "", text: "Which one do you mean?", footnotes: [], verdict: "structural" },
    { before: "\n- ", text: "Mercury (planet)", footnotes: [], verdict: "structural" },
    { before: "\n- ", text: "Mercury (element)", footnotes: [], verdict: "structural" },
  ],
  citations: [],
  suggestions: ["Mercury (planet)", "Mercury (element)"],
};

async function* eventsIn(answer: Answer) {
  yield* eventsOf(answer);
}

describe("the web page", { skip: withoutBrowser }, () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  it("shows status and sentences as they arrive, then sources and suggestions", async (t) => {
    const stage = createStage();
    const { page } = await openPage(t, browser, { answer: stage.answer });

    await ask(page, "How long is a day on Mercury?");
    stage.say({ type: "status", text: "Reading Mercury" });
    await page.getByText("Reading Mercury").waitFor();
    stage.say({ type: "source", citation: MERCURY_CITATION }, { type: "sentence", sentence: SUPPORTED });
    await page.locator(".answer").getByText("A day on Mercury lasts 176 Earth days.").waitFor();
    stage.say({ type: "answer", answer: MERCURY_ANSWER });
    await page.getByRole("button", { name: "Venus" }).waitFor();

    assert.equal(
      await page.locator(".answer").innerText(),
      "A day on Mercury lasts 176 Earth days.[1] Nobody has stayed for one. not in the sources",
    );
    assert.match(
      await page.getByRole("list", { name: "Sources" }).innerText(),
      /Mercury \(planet\), Rotation\s+A solar day lasts 176 Earth days\.\s+as of 1 Oct 2026 · CC BY-SA 4\.0/,
    );
    assert.equal(await page.getByRole("status").innerText(), "");
  });

  it("goes on in the thread, and finds it again after a reload", async (t) => {
    const { page, footnote } = await openPage(t, browser);
    await ask(page, "How long?");
    await page.locator(".record").nth(0).waitFor();
    await ask(page, "And its year?");
    await page.locator(".record").nth(1).waitFor();

    await page.reload();

    await page.locator(".sources").nth(1).waitFor();
    assert.deepEqual(await page.getByRole("heading").allInnerTexts(), ["How long?", "And its year?"]);
    assert.deepEqual(
      footnote.asked[1]?.history.map(({ question }) => question),
      ["How long?"],
    );
    await page.locator(".mark").nth(1).hover();
    await page.getByRole("dialog", { name: "Footnote 1" }).waitFor();
  });

  it("asks a suggestion when it is chosen", async (t) => {
    const { page, footnote } = await openPage(t, browser);
    await ask(page, "How long?");

    await page.getByRole("button", { name: "Venus" }).click();

    await page.locator(".record").nth(1).waitFor();
    assert.deepEqual(
      footnote.asked.map(({ question }) => question),
      ["How long?", "Venus"],
    );
  });

  it("lists recent conversations, opens them and begins new ones", async (t) => {
    const { page } = await openPage(t, browser);
    await ask(page, "First conversation?");
    await page.locator(".record").waitFor();

    await page.getByRole("link", { name: "New conversation", exact: true }).click();
    await page.getByRole("heading", { name: "Ask a question" }).waitFor();
    await ask(page, "Second conversation?");
    await page.locator(".record").waitFor();
    await page.getByRole("link", { name: /First conversation/ }).click();

    await page.getByRole("heading", { name: "First conversation?", level: 1 }).waitFor();
    assert.equal(await page.locator(".exchange").count(), 1);
  });

  it("lists older conversations when asked for, and goes on listing them", async (t) => {
    const { page, footnote, url } = await openPage(t, browser);
    for (let n = 1; n <= 61; n += 1) {
      const author = { id: "http:a", name: "" };
      const receivedAt = new Date(Date.UTC(2026, 0, n));
      await footnote.store.receive({
        id: `m${n}`,
        thread: `http:t${n}`,
        author,
        text: `${n}?`,
        replyTo: {},
        receivedAt,
      });
    }
    await page.reload();
    const listed = page.locator("#recent-list a");
    await listed.nth(29).waitFor();
    const older = page.getByRole("button", { name: "Older conversations" });

    await older.click();
    await listed.nth(59).waitFor();
    const focused = await page.locator("#recent-list a:focus").innerText();
    await older.click();
    await listed.nth(60).waitFor();
    await listed.nth(60).click();
    await page.getByRole("heading", { name: "1?", level: 1 }).waitFor();
    await page.locator("#recent-list a[aria-current]").waitFor();

    assert.match(focused, /^31\?/);
    assert.equal(await listed.count(), 61);
    assert.equal(await older.isVisible(), false);
    assert.equal(page.url(), `${url}/#thread=t1`);
  });

  it("erases a conversation when told twice", async (t) => {
    const { page, footnote } = await openPage(t, browser);
    await ask(page, "How long?");
    await page.locator(".record").waitFor();
    page.on("dialog", (dialog) => void dialog.accept());

    await page.getByRole("button", { name: "Erase this conversation" }).click();

    await page.getByRole("heading", { name: "Ask a question" }).waitFor();
    assert.equal((await footnote.store.stats()).conversations, 0);
  });

  it("says that a conversation could not be erased, and goes on showing it", async (t) => {
    const { page } = await openPage(t, browser, {
      store: { erase: () => Promise.reject(new Failure("store-unavailable", "the database does not answer")) },
    });
    await ask(page, "How long?");
    await page.locator(".record").waitFor();
    page.on("dialog", (dialog) => void dialog.accept());

    await page.getByRole("button", { name: "Erase this conversation" }).click();

    const alert = page.getByRole("alert");
    await alert.waitFor();
    assert.match(await alert.innerText(), /^It could not be erased\. My database can't be reached just now\./);
    assert.equal(await page.locator(".record").count(), 1);
  });

  it("finds an answer again whose connection was lost on the way", async (t) => {
    const stage = createStage();
    const { page, footnote } = await openPage(t, browser, { answer: stage.answer });
    let cut = 0;
    await page.route("**/api/chat", (route) => (cut++ === 0 ? route.abort("connectionreset") : route.continue()));

    await ask(page, "How long?");
    stage.say(...eventsOf(MERCURY_ANSWER));
    await page.locator(".record").waitFor();

    assert.equal(cut, 2);
    assert.equal(footnote.asked.length, 1);
  });

  it("goes on with an answer after a reload in its midst, and asks it once", async (t) => {
    const stage = createStage();
    const { page, footnote } = await openPage(t, browser, { answer: stage.answer });
    await ask(page, "How long?");
    stage.say({ type: "status", text: "Reading Mercury" });
    await page.getByText("Reading Mercury").waitFor();

    stage.say({ type: "source", citation: MERCURY_CITATION }, { type: "sentence", sentence: SUPPORTED });
    await page.locator(".mark").waitFor();

    await page.reload();
    await page.getByText("Reading Mercury").waitFor();
    await page.locator(".answer").getByText("A day on Mercury lasts 176 Earth days.").waitFor();
    stage.say({ type: "answer", answer: MERCURY_ANSWER });

    await page.locator(".record").waitFor();
    assert.deepEqual(await page.getByRole("heading").allInnerTexts(), ["How long?"]);
    assert.equal(footnote.asked.length, 1);
  });

  it("says why there is no answer, and tries again as a new question", async (t) => {
    let tries = 0;
    const { page } = await openPage(t, browser, {
      async *answer() {
        if (tries++ === 0) throw new Failure("wiki-unavailable", "no route");
        yield* eventsOf(MERCURY_ANSWER);
      },
    });
    await ask(page, "How long?");
    await page.getByRole("alert").getByText("The wiki can't be reached just now").waitFor();

    await page.getByRole("button", { name: "Try again" }).click();

    await page.locator(".record").waitFor();
    assert.equal(await page.locator(".exchange").count(), 1);
  });

  it("offers to try a failed question again after a reload too", async (t) => {
    let tries = 0;
    const { page } = await openPage(t, browser, {
      async *answer() {
        if (tries++ === 0) throw new Failure("wiki-unavailable", "no route");
        yield* eventsOf(MERCURY_ANSWER);
      },
    });
    await ask(page, "How long?");
    await page.getByRole("button", { name: "Try again" }).waitFor();
    await page.reload();

    await page.getByRole("button", { name: "Try again" }).click();

    await page.locator(".record").waitFor();
    assert.equal(await page.locator(".exchange").count(), 1);
  });

  it("keeps a question that is too long in its box, and says so", async (t) => {
    const { page, footnote } = await openPage(t, browser);

    await ask(page, "é".repeat(8_001));

    await page.getByText("That is longer than 8,000 characters.").waitFor();
    assert.equal((await page.getByLabel("Your question").inputValue()).length, 8_001);
    assert.equal(await page.locator(".exchange").count(), 0);
    await ask(page, "é".repeat(8_000));
    await page.locator(".record").waitFor();
    assert.equal(footnote.asked.length, 1);
  });

  it("does not offer what can only fail again", async (t) => {
    const { page } = await openPage(t, browser);

    await ask(page, `e${"\u0301".repeat(40_000)}`);

    await page.getByRole("alert").getByText("The body is over 64 KiB.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0);
    assert.equal((await page.getByLabel("Your question").inputValue()).length, 40_001);
  });

  it("offers titles as buttons alone when there is no answer", async (t) => {
    const { page } = await openPage(t, browser, { answer: () => eventsIn(AMBIGUOUS) });

    await ask(page, "Mercury?");
    await page.locator(".record").waitFor();

    assert.equal(await page.locator(".answer").innerText(), "Which one do you mean?");
    assert.deepEqual(await page.locator(".suggestions").getByRole("button").allInnerTexts(), [
      "Mercury (planet)",
      "Mercury (element)",
    ]);
    assert.match(await page.locator(".record").innerText(), /^\d+ ms$/);
  });

  it("offers to erase a conversation only where there is one", async (t) => {
    const { page } = await openPage(t, browser, { hash: "#thread=nothing" });
    await page.getByRole("alert").getByText("There is no such conversation.").waitFor();

    const offered = await page.getByRole("button", { name: "Erase this conversation" }).isVisible();
    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    assert.equal(offered, false);
    assert.equal(await page.getByRole("button", { name: "Erase this conversation" }).isVisible(), true);
  });

  it("says that a conversation was erased elsewhere, and keeps the question", async (t) => {
    const { page, footnote } = await openPage(t, browser);
    await ask(page, "How long?");
    await page.locator(".record").waitFor();
    await footnote.store.erase((await footnote.store.conversations({ limit: 1 })).items[0]!.thread);

    await ask(page, "And its year?");
    await page.getByRole("alert").getByText("This conversation was erased elsewhere.").waitFor();
    const kept = await page.getByLabel("Your question").inputValue();
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    await page.locator(".record").waitFor();

    assert.equal(kept, "And its year?");
    assert.equal((await footnote.store.stats()).conversations, 1);
  });

  it("asks for the token once, and keeps it for the tab", async (t) => {
    const { page } = await openPage(t, browser, { settings: { apiToken: "s3cret-token" } });
    const dialog = page.getByRole("dialog", { name: "This Footnote asks for a token" });
    await dialog.getByLabel("API token").fill("wrong");
    await page.keyboard.press("Enter");
    await dialog.getByText("That token was not accepted.").waitFor();
    await dialog.getByLabel("API token").fill("s3cret-token");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });

    await ask(page, "How long?");
    await page.locator(".record").waitFor();
    await page.reload();

    await page.locator(".sources").waitFor();
    assert.equal(await dialog.count(), 0);
  });

  it("can be used by keyboard alone", async (t) => {
    const { page } = await openPage(t, browser);
    await page.keyboard.press("Shift+Tab");
    await page.getByLabel("Your question").focus();

    await page.keyboard.type("How long?");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("In days, please.");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");

    await page.locator(".record").waitFor();
    assert.equal(await page.getByRole("heading").innerText(), "How long?\nIn days, please.");
  });

  it("tells a screen reader each sentence once", async (t) => {
    const { page } = await openPage(t, browser);

    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    assert.deepEqual(await page.getByRole("log").locator("p").allTextContents(), [
      "A day on Mercury lasts 176 Earth days. [1]",
      " Nobody has stayed for one. (not in the sources)",
    ]);
  });

  it("fits a window of 360 pixels without scrolling sideways", async (t) => {
    const { page } = await openPage(t, browser, { profile: { viewport: { width: 360, height: 640 } } });
    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    const chat = await page.evaluate("document.documentElement.scrollWidth");
    await page.getByRole("link", { name: "Figures" }).click();
    await page.getByRole("heading", { name: "Questions a day" }).waitFor();
    const figures = await page.evaluate("document.documentElement.scrollWidth");

    assert.deepEqual([chat, figures], [360, 360]);
  });

  it("shows another platform's conversation without a place to write", async (t) => {
    const { page, footnote } = await openPage(t, browser);
    await footnote.store.receive({
      id: "m1",
      thread: "slack:T1:C1:1.0",
      author: { id: "slack:U1", name: "Ada" },
      text: "From Slack?",
      replyTo: {},
      receivedAt: new Date(),
    });

    await page.goto(`${page.url()}#thread=${encodeURIComponent("slack:T1:C1:1.0")}`);

    await page.getByRole("heading", { name: "From Slack?" }).waitFor();
    await page.getByText("Question received").waitFor();
    assert.equal(await page.getByLabel("Your question").isVisible(), false);
  });

  it("follows an answer that another tab has asked for", async (t) => {
    const stage = createStage();
    const { page, footnote } = await openPage(t, browser, { answer: stage.answer });
    await ask(page, "How long?");
    stage.say({ type: "source", citation: MERCURY_CITATION }, { type: "sentence", sentence: SUPPORTED });
    await page.locator(".mark").waitFor();

    const other = await (await page.context().browser()!.newContext()).newPage();
    await other.goto(page.url());
    await other.locator(".mark").waitFor();
    stage.say({ type: "answer", answer: MERCURY_ANSWER });

    await other.locator(".record").waitFor();
    await page.locator(".record").waitFor();
    assert.equal(await other.locator(".answer").innerText(), await page.locator(".answer").innerText());
    assert.equal(footnote.asked.length, 1);
    await other.context().close();
  });

  it("says once that a limit was reached", async (t) => {
    const note = "This is as far as I came in the time I may take.";
    const limited: Answer = {
      ...MERCURY_ANSWER,
      sentences: [SUPPORTED, { before: "\n\n", text: note, footnotes: [], verdict: "structural" }],
      limit: "deadline",
    };
    const { page } = await openPage(t, browser, { answer: () => eventsIn(limited) });

    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    const lines = (await page.locator(".exchange").innerText()).split("\n");
    assert.deepEqual(
      lines.filter((line) => /as far as|best I found/.test(line)),
      [note],
    );
  });

  it("offers titles as buttons, and tells how the answer was had, after a reload too", async (t) => {
    const { page, footnote } = await openPage(t, browser, { answer: () => eventsIn(AMBIGUOUS) });
    await ask(page, "Mercury?");
    await page.locator(".record").waitFor();
    const record = await page.locator(".record").innerText();

    await page.reload();
    await page.getByRole("button", { name: "Mercury (element)" }).click();

    await page.locator(".record").nth(1).waitFor();
    assert.equal(await page.locator(".record").first().innerText(), record);
    assert.equal(await page.locator(".answer").first().innerText(), "Which one do you mean?");
    assert.equal(footnote.asked[1]?.question, "Mercury (element)");
  });

  it("names the conversation in its heading and its tab", async (t) => {
    const { page } = await openPage(t, browser);
    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    const heading = await page.getByRole("heading", { level: 1 }).innerText();
    const asked = await page.title();
    await page.getByRole("link", { name: "Figures" }).click();
    await page.getByRole("heading", { name: "Figures" }).waitFor();
    const figures = await page.title();
    await page.getByRole("link", { name: "Ask", exact: true }).click();
    await page.getByRole("heading", { name: "How long?" }).waitFor();

    assert.deepEqual([heading, asked, figures], ["How long?", "How long? · Footnote", "Figures · Footnote"]);
    assert.equal(await page.title(), "How long? · Footnote");
  });

  it("lists each section of an article once, with the quotations that the answer does not repeat", async (t) => {
    const quotes = ["Mercury turns three times on its axis.", "A day on Mercury lasts 176 Earth days."];
    const answer: Answer = {
      ...MERCURY_ANSWER,
      sentences: [{ ...SUPPORTED, footnotes: [1, 2] }],
      citations: quotes.map((quote, index) => ({ ...MERCURY_CITATION, n: index + 1, quote })),
    };
    const { page } = await openPage(t, browser, { answer: () => eventsIn(answer) });

    await ask(page, "How long?");

    const sources = page.getByRole("list", { name: "Sources" }).getByRole("listitem");
    await sources.waitFor();
    assert.equal(
      await sources.innerText(),
      "1, 2\n\nMercury (planet), Rotation\n\n1 Mercury turns three times on its axis.\n\nas of 1 Oct 2026 · CC BY-SA 4.0",
    );
  });
});
