import assert from "node:assert/strict";
import { test } from "node:test";
import { callSlack } from "./call-slack.ts";
import type { Fields } from "./entities.ts";
import { startFakeSlack } from "./start-fake-slack.ts";

/** A workspace without the app, whose owner was sent to Slack's page by it. */
async function openInstall({ rotatesTokens = false } = {}) {
  const slack = await startFakeSlack({ rotatesTokens });
  const team = slack.addTeam("Archive", { isInstalled: false });
  const owner = slack.addPerson("owner", { team: team.id });
  const page = new URL("https://slack.com/oauth/v2/authorize");
  page.searchParams.set("client_id", slack.client.id);
  page.searchParams.set("scope", "chat:write,commands");
  page.searchParams.set("state", "s1");
  page.searchParams.set("redirect_uri", "http://127.0.0.1/slack/oauth_redirect");
  const access = (args: Fields) =>
    callSlack(slack.apiUrl, "", "oauth.v2.access", {
      client_id: slack.client.id,
      client_secret: slack.client.secret,
      ...args,
    });
  return { slack, team, owner, page: page.href, access, [Symbol.asyncDispose]: () => slack.close() };
}

test("who allows the app gets back with a code that gives a token once", async () => {
  await using desk = await openInstall();
  const back = new URL(desk.slack.allow(desk.page, desk.owner));
  const code = back.searchParams.get("code");

  const given = await desk.access({ code });
  const again = await desk.access({ code });
  const known = await callSlack(desk.slack.apiUrl, given["access_token"] as string, "auth.test");

  assert.equal(back.searchParams.get("state"), "s1");
  assert.equal(given["scope"], "chat:write,commands");
  assert.deepEqual(given["team"], { id: "T0ARCHIVE", name: "Archive" });
  assert.equal(again["error"], "code_already_used");
  assert.equal(known["team_id"], "T0ARCHIVE");
});

test("who declines gets back without a code", async () => {
  await using desk = await openInstall();

  const back = desk.slack.decline(desk.page, desk.owner);

  assert.equal(back, "http://127.0.0.1/slack/oauth_redirect?state=s1&error=access_denied");
});

test("a wrong client, secret, code or redirect is refused each in its own words", async () => {
  await using desk = await openInstall();
  const code = new URL(desk.slack.allow(desk.page, desk.owner)).searchParams.get("code");

  assert.equal((await desk.access({ code, client_id: "x" }))["error"], "invalid_client_id");
  assert.equal((await desk.access({ code, client_secret: "x" }))["error"], "bad_client_secret");
  assert.equal((await desk.access({ code: "x" }))["error"], "invalid_code");
  assert.equal((await desk.access({ code, redirect_uri: "http://127.0.0.1/x" }))["error"], "bad_redirect_uri");
});

test("a rotated token expires after twelve hours, and its refresh token gives the next one once", async () => {
  await using desk = await openInstall({ rotatesTokens: true });
  const code = new URL(desk.slack.allow(desk.page, desk.owner)).searchParams.get("code");
  const first = await desk.access({ code });
  const refresh = { grant_type: "refresh_token", refresh_token: first["refresh_token"] };

  await desk.slack.clock.advance(43_200_000);
  const expired = await callSlack(desk.slack.apiUrl, first["access_token"] as string, "auth.test");
  const next = await desk.access(refresh);
  const again = await desk.access(refresh);
  const known = await callSlack(desk.slack.apiUrl, next["access_token"] as string, "auth.test");

  assert.equal(first["expires_in"], 43_200);
  assert.equal(expired["error"], "token_expired");
  assert.equal(known["ok"], true);
  assert.equal(again["error"], "invalid_refresh_token");
});
