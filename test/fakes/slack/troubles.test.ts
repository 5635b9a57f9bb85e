import assert from "node:assert/strict";
import { test } from "node:test";
import { callSlack } from "./call-slack.ts";
import type { FakeSlack } from "./fake-slack.ts";
import { startFakeSlack } from "./start-fake-slack.ts";

const post = (slack: FakeSlack, text = "hi") =>
  fetch(`${slack.apiUrl}chat.postMessage`, {
    method: "POST",
    headers: { authorization: `Bearer ${slack.botToken}` },
    body: new URLSearchParams({ channel: slack.general, text }),
    signal: AbortSignal.timeout(200),
  });
const seen = (slack: FakeSlack) => slack.channel(slack.general).entries();

/** How forty calls ended. */
const outcomes = async () => {
  await using slack = await startFakeSlack();
  slack.failSometimes({ share: 0.3, seed: 7, troubles: [{ error: "internal_error" }, { error: "fatal_error" }] });
  for (let count = 0; count < 40; count += 1) await callSlack(slack.apiUrl, slack.botToken, "auth.test");
  return slack.calls.map(({ outcome }) => outcome);
};

test("an error, a broken server and a rate limit come when they are told to, and are nobody's fault", async () => {
  await using slack = await startFakeSlack();
  slack.fail("chat.postMessage", { error: "internal_error" });
  slack.fail("chat.postMessage", { status: 503 });
  slack.fail("chat.postMessage", { retryAfter: 7 });

  const error = await post(slack);
  const broken = await post(slack);
  const limited = await post(slack);
  const fine = await post(slack);

  assert.deepEqual(await error.json(), { ok: false, error: "internal_error" });
  assert.equal(broken.status, 503);
  assert.equal(limited.status, 429);
  assert.equal(limited.headers.get("retry-after"), "7");
  assert.equal(fine.status, 200);
  assert.deepEqual(seen(slack), ["Footnote: hi"]);
  assert.deepEqual(slack.faults, []);
});

test("a connection breaks before the method is carried out, or after", async () => {
  await using slack = await startFakeSlack();
  slack.fail("chat.postMessage", { close: "before" });
  slack.fail("chat.postMessage", { close: "after" });

  await assert.rejects(post(slack, "not done"), TypeError);
  await assert.rejects(post(slack, "done"), TypeError);

  assert.deepEqual(seen(slack), ["Footnote: done"]);
});

test("a reply can be awaited in vain, whether the method is carried out or not", async () => {
  await using slack = await startFakeSlack();
  slack.fail("*", { hang: "before" });
  slack.fail("*", { hang: "after" });

  await assert.rejects(post(slack, "not done"), { name: "TimeoutError" });
  await assert.rejects(post(slack, "done"), { name: "TimeoutError" });

  assert.deepEqual(seen(slack), ["Footnote: done"]);
});

test("a share of all calls fails, the same ones for the same seed", async () => {
  const once = await outcomes();
  const again = await outcomes();

  assert.deepEqual(once, again);
  assert.deepEqual(new Set(once), new Set(["ok", '{"error":"internal_error"}', '{"error":"fatal_error"}']));
});

test("every call is kept with its arguments and without its token", async () => {
  await using slack = await startFakeSlack();

  await callSlack(slack.apiUrl, "", "chat.postMessage", { token: slack.botToken, channel: slack.general, text: "hi" });

  const [{ method, args, outcome }] = slack.calls as [(typeof slack.calls)[number]];
  assert.deepEqual(
    { method, args, outcome },
    {
      method: "chat.postMessage",
      args: { channel: slack.general, text: "hi" },
      outcome: "ok",
    },
  );
});
