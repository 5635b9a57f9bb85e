import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { Failure } from "../../../src/core/failure.ts";
import type { Log } from "../../../src/core/log.ts";
import { createMemoryStore } from "../../fakes/memory-store.ts";
import { authorizeUrlOf, type Browser, install, openBrowser, pathOf, STATE_SECRET } from "./installing.ts";
import { askedFor, type SlackFootnote, startSlackFootnote } from "./slack-footnote.ts";

const BY_OAUTH = { stateSecret: STATE_SECRET };

/** The page that Slack sends the browser back to, once the person there has allowed Footnote. */
async function allowed(browser: Browser, { slack, alice }: SlackFootnote): Promise<string> {
  return pathOf(slack.allow(await authorizeUrlOf(await browser.open("/slack/install")), alice));
}

async function away(): Promise<never> {
  throw new Failure("store-unavailable", "the database is away");
}

async function kept({ store, slack }: SlackFootnote): Promise<string | undefined> {
  return store.installations.get("slack", slack.team);
}

describe("the page that installs Footnote in Slack", () => {
  test("says what Footnote will be able to do, and leads to Slack with everything the manifest asks for", async (t) => {
    const { request, slack } = await startSlackFootnote(t, BY_OAUTH);

    const page = await request("/slack/install");
    const html = await page.clone().text();
    const url = new URL(await authorizeUrlOf(page));

    assert.equal(page.status, 200);
    assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
    assert.equal(page.headers.get("cache-control"), "no-store");
    assert.match(html, /<li>read messages in the public channels it was invited to<\/li>/);
    assert.equal(html.split("<li>").length - 1, askedFor.scopes.length);
    assert.doesNotMatch(html, /<li>use /);
    assert.equal(url.pathname, "/oauth/v2/authorize");
    assert.equal(url.searchParams.get("client_id"), slack.client.id);
    assert.equal(url.searchParams.get("scope"), askedFor.scopes.join(","));
    assert.equal(url.searchParams.has("redirect_uri"), false);
  });

  test("needs no script, and is guarded like every other page", async (t) => {
    const { request } = await startSlackFootnote(t, BY_OAUTH);

    const page = await request("/slack/install");
    const style = await request("/slack/install.css");

    assert.doesNotMatch(await page.text(), /<script|style=/);
    assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'.*frame-ancestors 'none'/);
    assert.equal(page.headers.get("referrer-policy"), "no-referrer");
    assert.equal(style.headers.get("content-type"), "text/css; charset=utf-8");
  });

  test("marks the browser by a cookie that no script and no other site can use", async (t) => {
    const { request } = await startSlackFootnote(t, BY_OAUTH);

    const plain = await request("/slack/install");
    const behindProxy = await request("/slack/install", { headers: { "x-forwarded-proto": "https" } });

    assert.match(
      plain.headers.get("set-cookie") ?? "",
      /^footnote-slack=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
    assert.match(
      behindProxy.headers.get("set-cookie") ?? "",
      /^__Host-footnote-slack=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  test("is not there without OAuth", async (t) => {
    const { request } = await startSlackFootnote(t);

    assert.equal((await request("/slack/install")).status, 404);
  });
});

describe("who comes back from Slack", () => {
  test("has Footnote in their workspace", async (t) => {
    const footnote = await startSlackFootnote(t, BY_OAUTH);

    const page = await install(footnote, footnote.slack, footnote.alice);
    const html = await page.text();

    assert.equal(page.status, 200);
    assert.match(html, /Installed in Library/);
    assert.match(html, /mention it there/);
    assert.deepEqual(footnote.slack.faults, []);
  });

  test("leaves nothing behind that whoever reads the database could use", async (t) => {
    const footnote = await startSlackFootnote(t, { ...BY_OAUTH, slack: { rotatesTokens: true } });

    await install(footnote, footnote.slack, footnote.alice);
    const sealed = (await kept(footnote)) ?? "";
    const bytes = Buffer.from(sealed, "base64url");

    assert.equal(bytes[0], 1);
    for (const text of [sealed, bytes.toString("latin1")]) {
      // Long enough to stand in no ciphertext by chance.
      assert.doesNotMatch(text, /xox[a-z][.-]|Library|token/);
    }
  });

  test("is told by name where it is, whatever the name", async (t) => {
    const footnote = await startSlackFootnote(t, BY_OAUTH);
    const { id } = footnote.slack.addTeam("<b>&Co", { isInstalled: false });
    const owner = footnote.slack.addPerson("owner", { team: id });

    const html = await (await install(footnote, footnote.slack, owner)).text();

    assert.match(html, /Installed in &#60;b&#62;&#38;Co/);
    assert.doesNotMatch(html, /<b>/);
  });

  test("can have begun in two tabs", async (t) => {
    const footnote = await startSlackFootnote(t, BY_OAUTH);
    const browser = openBrowser(footnote);

    const first = await allowed(browser, footnote);
    await browser.open("/slack/install");
    const page = await browser.open(first);

    assert.equal(page.status, 200);
  });

  test("may do it behind a proxy that speaks HTTPS", async (t) => {
    const footnote = await startSlackFootnote(t, BY_OAUTH);
    const browser = openBrowser(footnote);
    const https = { "x-forwarded-proto": "https" };

    const authorizeUrl = await authorizeUrlOf(await browser.open("/slack/install", https));
    const page = await browser.open(pathOf(footnote.slack.allow(authorizeUrl, footnote.alice)), https);

    assert.equal(page.status, 200);
    assert.deepEqual([...browser.cookies.keys()], []);
  });
});

describe("who comes back from Slack is refused, and nothing is kept,", () => {
  test("after declining there", async (t) => {
    const footnote = await startSlackFootnote(t, BY_OAUTH);
    const browser = openBrowser(footnote);
    const authorizeUrl = await authorizeUrlOf(await browser.open("/slack/install"));

    const page = await browser.open(pathOf(footnote.slack.decline(authorizeUrl, footnote.alice)));

    assert.equal(page.status, 403);
    assert.match(await page.text(), /You declined in Slack\. Nothing has changed\./);
    assert.equal(await kept(footnote), undefined);
  });

  test("with a state that is not ours", async (t) => {
    const footnote = await startSlackFootnote(t, BY_OAUTH);
    const browser = openBrowser(footnote);
    const path = await allowed(browser, footnote);

    const pages = [
      await browser.open(path.replace(/state=[^&]*/, "state=forged")),
      await browser.open(path.replace(/state=(\d+)/, (_, expires: string) => `state=${Number(expires) + 1}`)),
      await browser.open(path.replace(/state=[^&]*&?/, "")),
    ];

    assert.deepEqual(
      pages.map(({ status }) => status),
      [400, 400, 400],
    );
    assert.equal(await kept(footnote), undefined);
    assert.ok(footnote.slack.calls.every(({ method }) => method !== "oauth.v2.access"));
  });

  test("with the state of another browser", async (t) => {
    const footnote = await startSlackFootnote(t, BY_OAUTH);
    const path = await allowed(openBrowser(footnote), footnote);
    const victim = openBrowser(footnote);
    await victim.open("/slack/install");

    const pages = [await victim.open(path), await openBrowser(footnote).open(path)];

    assert.deepEqual(
      pages.map(({ status }) => status),
      [403, 403],
    );
    assert.match((await pages[0]?.text()) ?? "", /begun in another browser/);
    assert.equal(await kept(footnote), undefined);
  });

  test("a second time with the same state", async (t) => {
    const footnote = await startSlackFootnote(t, BY_OAUTH);
    const browser = openBrowser(footnote);
    const path = await allowed(browser, footnote);

    const first = await browser.open(path);
    const second = await browser.open(path);

    assert.equal(first.status, 200);
    assert.equal(second.status, 403);
  });

  test("after more than ten minutes", async (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
    const footnote = await startSlackFootnote(t, BY_OAUTH);
    const browser = openBrowser(footnote);
    const path = await allowed(browser, footnote);

    t.mock.timers.setTime(Date.now() + 602_000);
    const page = await browser.open(path);

    assert.equal(page.status, 400);
    assert.match(await page.text(), /More than ten minutes have passed/);
    assert.equal(await kept(footnote), undefined);
  });

  test("with a code that Slack does not know", async (t) => {
    const footnote = await startSlackFootnote(t, BY_OAUTH);
    const browser = openBrowser(footnote);
    const path = await allowed(browser, footnote);

    const page = await browser.open(path.replace(/code=[^&]*/, "code=guessed"));

    assert.equal(page.status, 400);
    assert.match(await page.text(), /Slack does not know of this installation any more/);
    assert.equal(await kept(footnote), undefined);
  });

  for (const [trouble, status] of [
    [{ error: "bad_client_secret" }, 500],
    [{ status: 503 }, 502],
    [{ retryAfter: 30 }, 502],
  ] as const) {
    test(`when Slack answers ${JSON.stringify(trouble)}, with status ${status}`, async (t) => {
      const footnote = await startSlackFootnote(t, BY_OAUTH);
      footnote.slack.fail("oauth.v2.access", trouble);

      const page = await install(footnote, footnote.slack, footnote.alice);

      assert.equal(page.status, status);
      assert.equal(await kept(footnote), undefined);
    });
  }

  test("when the database is away", async (t) => {
    const installations = { ...createMemoryStore().installations, put: away };
    const footnote = await startSlackFootnote(t, { ...BY_OAUTH, store: { installations } });

    const page = await install(footnote, footnote.slack, footnote.alice);

    assert.equal(page.status, 503);
  });

  test("when it was for a whole organisation", async (t) => {
    const footnote = await startSlackFootnote(t, BY_OAUTH);
    const browser = openBrowser(footnote);
    const authorizeUrl = await authorizeUrlOf(await browser.open("/slack/install"));

    const page = await browser.open(pathOf(footnote.slack.allowForOrganisation(authorizeUrl, footnote.alice)));

    assert.equal(page.status, 422);
    assert.match(await page.text(), /choose a workspace instead of the whole organisation/);
    assert.equal(await kept(footnote), undefined);
  });
});

describe("an installation", () => {
  test("shows and logs no secret, however it ends", async (t) => {
    const logged: unknown[] = [];
    const note = (...args: unknown[]): void => void logged.push(...args);
    const log: Log = { debug: note, info: note, warn: note, error: note, child: () => log };
    const footnote = await startSlackFootnote(t, { ...BY_OAUTH, log, slack: { rotatesTokens: true } });
    const { slack, alice } = footnote;

    const shown = [await (await install(footnote, slack, alice)).text()];
    for (const trouble of [{ error: "bad_client_secret" }, { status: 500 }, { close: "before" }] as const) {
      slack.fail("oauth.v2.access", trouble);
      shown.push(await (await install(footnote, slack, alice)).text());
    }
    const text = inspect([shown, logged], { depth: 20 });

    assert.ok(logged.length > 0);
    for (const secret of [STATE_SECRET, slack.client.secret, "xoxb-", "xoxe-", "code-"]) {
      assert.ok(!text.includes(secret), `${secret} in ${text}`);
    }
  });
});
