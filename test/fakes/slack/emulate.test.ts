import assert from "node:assert/strict";
import { test } from "node:test";
import { createEmulator } from "emulate";
import { callSlack } from "./call-slack.ts";
import type { Fields } from "./entities.ts";
import { startFakeSlack } from "./start-fake-slack.ts";

type Ask = (method: string, args?: Fields) => Promise<Fields>;

/** The same requests for both: what an independent emulation of Slack knows as well. */
async function converse(ask: Ask, channel: string, user: string): Promise<Record<string, Fields>> {
  const posted = await ask("chat.postMessage", { channel, text: "one" });
  const blocks = [{ type: "section", text: { type: "mrkdwn", text: "two" } }];
  const metadata = { event_type: "reply", event_payload: {} };
  const view = { type: "home", title: { type: "plain_text", text: "Home" }, blocks: [{ type: "divider" }] };
  return {
    "auth.test": await ask("auth.test"),
    "chat.postMessage": posted,
    "chat.postMessage in a thread": await ask("chat.postMessage", {
      channel,
      thread_ts: posted["ts"],
      blocks,
      metadata,
      text: "two",
    }),
    "chat.postMessage without text": await ask("chat.postMessage", { channel, text: "" }),
    "chat.postMessage to nowhere": await ask("chat.postMessage", { channel: "C0NOWHERE", text: "one" }),
    "chat.postEphemeral": await ask("chat.postEphemeral", { channel, user, text: "psst" }),
    "conversations.replies": await ask("conversations.replies", {
      channel,
      ts: posted["ts"],
      include_all_metadata: true,
    }),
    "chat.update": await ask("chat.update", { channel, ts: posted["ts"], text: "three" }),
    "views.publish": await ask("views.publish", { user_id: user, view }),
    "chat.delete": await ask("chat.delete", { channel, ts: posted["ts"] }),
    "chat.delete again": await ask("chat.delete", { channel, ts: posted["ts"] }),
  };
}

/** Every field with its type, errors with their words: `message.text: string`. */
function shapeOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => shapeOf(item, `${path}.${index}`));
  if (typeof value !== "object" || value === null)
    return [`${path}: ${path.endsWith(".error") ? String(value) : typeof value}`];
  return Object.entries(value).flatMap(([key, item]) => shapeOf(item, `${path}.${key}`));
}

test("every field of an independent emulation's replies is in the fake's as well, with the same type", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  const emulator = await createEmulator({ service: "slack", port: 0 });
  const emulatedUrl = `${emulator.url.replace("localhost", "127.0.0.1")}/api/`;

  const emulated = await converse(
    (method, args) => callSlack(emulatedUrl, "xoxb-test", method, args),
    "C000000001",
    "U000000001",
  );
  const faked = await converse(
    (method, args) => callSlack(slack.apiUrl, slack.botToken, method, args),
    slack.general,
    alice.id,
  );
  await emulator.close();

  assert.deepEqual(new Set(shapeOf(emulated)).difference(new Set(shapeOf(faked))), new Set());
});
