import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { eventsOf, MERCURY_ANSWER, MERCURY_CITATION, MERCURY_SOURCE } from "../fakes/answers.ts";
import { ask, openBrowser, openPage, withoutBrowser } from "./browser.ts";

const WHITE = 255;

type Style = "color" | "backgroundColor" | "borderTopColor" | "borderTopWidth";

describe("the page's appearance", { skip: withoutBrowser }, () => {
  let browser: Browser;

  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  for (const [colorScheme, isDark] of [
    ["light", false],
    ["dark", true],
  ] as const) {
    it(`is ${colorScheme} where the system is, and can be read`, async (t) => {
      const { page } = await openPage(t, browser, { profile: { colorScheme } });
      await ask(page, "How long?");
      await page.locator(".record").waitFor();

      const paper = await lightness(page.locator("body"), "backgroundColor");
      const parts = [".question", ".answer p", ".mark", ".source-title", ".provenance", ".record", "#question"];
      const inks = await Promise.all(parts.map((part) => lightness(page.locator(part).first(), "color")));

      assert.equal(paper < WHITE / 2, isDark);
      assert.deepEqual(
        parts.filter((_, index) => Math.abs(inks[index]! - paper) < WHITE / 3),
        [],
        `ink ${inks.join(", ")} on paper ${paper}`,
      );
    });
  }

  it("begins all titles of sources at one edge, whatever numbers they have", async (t) => {
    const rotation = [1, 2, 3].map((n) => ({ ...MERCURY_CITATION, n }));
    const orbit = { ...MERCURY_CITATION, n: 4, source: { ...MERCURY_SOURCE, section: "Orbit" } };
    const answer = { ...MERCURY_ANSWER, citations: [...rotation, orbit] };
    const { page } = await openPage(t, browser, {
      async *answer() {
        yield* eventsOf(answer);
      },
    });
    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    const [first, second] = await page
      .locator(".source-title")
      .evaluateAll((titles) => titles.map((title) => title.getBoundingClientRect().left));

    assert.ok(first !== undefined && first > 0);
    assert.equal(second, first);
  });

  it("shows the edges of its buttons where colours are forced", async (t) => {
    const { page } = await openPage(t, browser, { profile: { forcedColors: "active" } });
    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    const paper = await lightness(page.locator("body"), "backgroundColor");
    for (const name of ["Ask", "Venus"]) {
      const button = page.getByRole("button", { name, exact: true });
      assert.notEqual(await styleOf(button, "borderTopWidth"), "0px");
      assert.ok(Math.abs((await lightness(button, "borderTopColor")) - paper) > WHITE / 3, name);
    }
  });

  it("lets nothing fade that does not scroll below the question's box", async (t) => {
    const { page } = await openPage(t, browser);

    const opening = await fadeOf(page);
    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    assert.deepEqual([opening, await fadeOf(page)], ["none", '""']);
  });

  it("lets nothing show through beside a tall question", async (t) => {
    const { page } = await openPage(t, browser);
    await ask(page, "How long?");
    await page.locator(".record").waitFor();

    await page.getByLabel("Your question").fill("And\n".repeat(8));

    const composer = await styleOf(page.locator("#composer"), "backgroundColor");
    assert.equal(composer, await styleOf(page.locator("body"), "backgroundColor"));
  });
});

/** 0 to 255, as the eye weighs the colours. */
async function lightness(shown: Locator, property: Style): Promise<number> {
  const channels = (await styleOf(shown, property)).match(/[\d.]+/g) ?? [];
  const [red = 0, green = 0, blue = 0] = channels.map(Number);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** What is drawn over the end of what stands above the question's box. */
function fadeOf(page: Page): Promise<string> {
  return page
    .locator("#composer")
    .evaluate((element) => element.ownerDocument.defaultView!.getComputedStyle(element, "::before").content);
}

function styleOf(shown: Locator, property: Style) {
  return shown.evaluate(
    (element, name): string => element.ownerDocument.defaultView!.getComputedStyle(element)[name],
    property,
  );
}
