import assert from "node:assert/strict";
import { test } from "node:test";
import { callSlack } from "./call-slack.ts";
import { startFakeSlack } from "./start-fake-slack.ts";

test("a request without a token is refused", async () => {
  await using slack = await startFakeSlack();

  const reply = await callSlack(slack.apiUrl, "", "auth.test");

  assert.deepEqual(reply, { ok: false, error: "not_authed" });
  assert.deepEqual(slack.faults, [{ method: "auth.test", error: "not_authed", detail: "" }]);
});

test("an unknown token, a revoked one and one of the wrong kind are refused each in its own words", async () => {
  await using slack = await startFakeSlack();
  const other = slack.addTeam("Archive");
  slack.setToken(other.botToken, "token_revoked");

  const unknown = await callSlack(slack.apiUrl, "xoxb-unknown", "auth.test");
  const revoked = await callSlack(slack.apiUrl, other.botToken, "auth.test");
  const wrongKind = await callSlack(slack.apiUrl, slack.appToken, "auth.test");

  assert.equal(unknown["error"], "invalid_auth");
  assert.equal(revoked["error"], "token_revoked");
  assert.equal(wrongKind["error"], "not_allowed_token_type");
});

test("an unknown method is refused", async () => {
  await using slack = await startFakeSlack();

  const reply = await callSlack(slack.apiUrl, slack.botToken, "chat.shout");

  assert.equal(reply["error"], "unknown_method");
});

test("a method beyond the token's scopes is refused with the scope it needs", async () => {
  await using slack = await startFakeSlack({ scopes: ["channels:history"] });

  const reply = await callSlack(slack.apiUrl, slack.botToken, "chat.postMessage", {
    channel: slack.general,
    text: "hi",
  });

  assert.deepEqual(reply, { ok: false, error: "missing_scope", needed: "chat:write", provided: "channels:history" });
});

test("a missing argument is named, and an unknown one is carried out but kept as a fault", async () => {
  await using slack = await startFakeSlack();

  const missing = await callSlack(slack.apiUrl, slack.botToken, "chat.postMessage", { text: "hi" });
  const unknown = await callSlack(slack.apiUrl, slack.botToken, "auth.test", { colour: "red" });

  assert.equal(missing["error"], "invalid_arguments");
  assert.deepEqual(missing["response_metadata"], { messages: ["[ERROR] missing required field: channel"] });
  assert.equal(unknown["ok"], true);
  assert.deepEqual(slack.faults.at(-1), { method: "auth.test", error: "unknown_argument", detail: "colour" });
});

test("channels that are unknown, hidden, archived or without the bot are refused each in its own words", async () => {
  await using slack = await startFakeSlack();
  const post = (channel: string) =>
    callSlack(slack.apiUrl, slack.botToken, "chat.postMessage", { channel, text: "hi" });

  const unknown = await post("C0NOWHERE");
  const hidden = await post(slack.addChannel("secret", { kind: "private", withoutBot: true }));
  const foreign = await post(slack.addChannel("elsewhere", { team: slack.addTeam("Archive").id }));
  const absent = await post(slack.addChannel("lounge", { withoutBot: true }));
  const archived = await post(slack.addChannel("old", { isArchived: true }));

  assert.equal(unknown["error"], "channel_not_found");
  assert.equal(hidden["error"], "channel_not_found");
  assert.equal(foreign["error"], "channel_not_found");
  assert.equal(absent["error"], "not_in_channel");
  assert.equal(archived["error"], "is_archived");
});

test("a thread nobody began is refused", async () => {
  await using slack = await startFakeSlack();
  const args = { channel: slack.general, ts: "1.000001" };

  const read = await callSlack(slack.apiUrl, slack.botToken, "conversations.replies", args);
  const reply = await callSlack(slack.apiUrl, slack.botToken, "chat.postMessage", {
    channel: slack.general,
    thread_ts: "1.000001",
    text: "hi",
  });

  assert.equal(read["error"], "thread_not_found");
  assert.equal(reply["error"], "thread_not_found");
});

test("a method called more often than its tier allows is refused until time has passed", async () => {
  await using slack = await startFakeSlack({ rates: { "chat.delete": 12 } });
  const remove = () => callSlack(slack.apiUrl, slack.botToken, "chat.delete", { channel: slack.general, ts: "1.1" });
  await Promise.all(Array.from({ length: 12 }, remove));

  const tooMany = await remove();
  await slack.clock.advance(5000);
  const later = await remove();

  assert.equal(tooMany["error"], "ratelimited");
  assert.equal(later["error"], "message_not_found");
});

test("a channel takes five posts at once, then one a second", async () => {
  await using slack = await startFakeSlack();
  const post = () =>
    fetch(`${slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${slack.botToken}` },
      body: new URLSearchParams({ channel: slack.general, text: "hi" }),
    });
  await Promise.all(Array.from({ length: 5 }, post));

  const tooMany = await post();
  await slack.clock.advance(1000);
  const later = await post();

  assert.equal(tooMany.status, 429);
  assert.equal(tooMany.headers.get("retry-after"), "1");
  assert.equal(later.status, 200);
});

test("a thread is read in pages, oldest first, without what only one person sees", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  const bob = slack.addPerson("bob");
  const channel = slack.addChannel("quiet", { members: [alice, bob] });
  const first = slack.world.post({ channel, user: alice.id, text: "one", blocks: [] });
  slack.world.post({ channel, user: bob.id, text: "two", blocks: [], threadTs: first.ts });
  slack.world.post({ channel, user: slack.botUser, text: "psst", blocks: [], threadTs: first.ts, onlyFor: bob.id });
  slack.world.post({ channel, user: bob.id, text: "three", blocks: [], threadTs: first.ts });
  const read = (args: object) =>
    callSlack(slack.apiUrl, slack.botToken, "conversations.replies", { channel, ts: first.ts, limit: 2, ...args });

  const page = (await read({})) as { messages: { text: string }[]; response_metadata: { next_cursor: string } };
  const next = (await read({ cursor: page.response_metadata.next_cursor })) as unknown as typeof page;

  assert.deepEqual(
    page.messages.map(({ text }) => text),
    ["one", "two"],
  );
  assert.deepEqual(
    next.messages.map(({ text }) => text),
    ["three"],
  );
});

test("a message's metadata is read back when it is asked for", async () => {
  await using slack = await startFakeSlack();
  const metadata = { event_type: "reply", event_payload: { exchange: "e1" } };
  const { ts } = await callSlack(slack.apiUrl, slack.botToken, "chat.postMessage", {
    channel: slack.general,
    text: "hi",
    metadata,
  });
  const read = (args: object) =>
    callSlack(slack.apiUrl, slack.botToken, "conversations.replies", { channel: slack.general, ts, ...args });

  const plain = (await read({})) as { messages: object[] };
  const whole = (await read({ include_all_metadata: true })) as { messages: object[] };

  assert.equal("metadata" in plain.messages[0]!, false);
  assert.deepEqual((whole.messages[0] as { metadata: object }).metadata, metadata);
});

test("people, reactions and direct messages are served by the scopes they need", async () => {
  await using slack = await startFakeSlack({ scopes: ["users:read", "reactions:write", "im:write", "chat:write"] });
  const alice = slack.addPerson("alice", { locale: "de-DE" });
  const call = (method: string, args: object) => callSlack(slack.apiUrl, slack.botToken, method, { ...args });
  const { ts } = await call("chat.postMessage", { channel: alice.id, text: "hello" });

  const opened = await call("conversations.open", { users: alice.id });
  const reacted = await call("reactions.add", { channel: alice.direct, timestamp: ts, name: "eyes" });
  const again = await call("reactions.add", { channel: alice.direct, timestamp: ts, name: "eyes" });
  const removed = await call("reactions.remove", { channel: alice.direct, timestamp: ts, name: "eyes" });
  const info = (await call("users.info", { user: alice.id })) as { user: { name: string; locale?: string } };
  const more = (await call("users.info", { user: alice.id, include_locale: true })) as typeof info;

  assert.deepEqual(opened["channel"], { id: alice.direct });
  assert.equal(reacted["ok"], true);
  assert.equal(again["error"], "already_reacted");
  assert.equal(removed["ok"], true);
  assert.equal(info.user.name, "alice");
  assert.deepEqual([info.user.locale, more.user.locale], [undefined, "de-DE"]);
});
