import { existsSync } from "node:fs";
import type { TestContext } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { readPageFiles } from "../../src/web/page-files.ts";
import { createHttpFootnote, type HttpFootnote, type HttpFootnoteOptions } from "../fakes/http-footnote.ts";

const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

/** Why the page cannot be tested here, or `false`. */
export const withoutBrowser = existsSync(executablePath)
  ? false
  : "no Chromium: set CHROMIUM_PATH to test the web page";

const QUIET = [
  "--no-sandbox",
  "--disable-quic",
  "--disable-background-networking",
  "--no-first-run",
  "--disable-component-update",
  "--disable-sync",
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: QUIET });
}

export interface OpenPage {
  readonly page: Page;
  readonly footnote: HttpFootnote;
  readonly url: string;
}

/** A Footnote of its own with its page open in a fresh profile. Any request beyond loopback, and any error in the page, fails the test. */
export async function openPage(
  t: TestContext,
  browser: Browser,
  options: HttpFootnoteOptions & { readonly hash?: string; readonly profile?: BrowserContextOptions } = {},
): Promise<OpenPage> {
  const footnote = createHttpFootnote({ page: await readPageFiles(), ...options });
  await footnote.platform.start();
  t.after(() => footnote.platform.stop());
  const url = footnote.platform.address();

  const context = await browser.newContext(options.profile);
  const faults: string[] = [];
  await context.route(
    (address) => address.origin !== url,
    (route) => {
      faults.push(`request to ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => faults.push(`error in the page: ${error.message}`));
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text())) faults.push(message.text());
  });
  t.after(async () => {
    await context.close();
    if (faults.length > 0) throw new Error(faults.join("\n"));
  });

  await page.goto(`${url}/${options.hash ?? ""}`);
  return { page, footnote, url };
}

export async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel("Your question").fill(question);
  await page.keyboard.press("Enter");
}
