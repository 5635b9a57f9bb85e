import assert from "node:assert/strict";
import { test } from "node:test";
import { callSlack } from "./call-slack.ts";
import type { Fields } from "./entities.ts";
import type { FakeSlack } from "./fake-slack.ts";
import { startFakeSlack } from "./start-fake-slack.ts";

const post = (slack: FakeSlack, args: Fields) =>
  callSlack(slack.apiUrl, slack.botToken, "chat.postMessage", { channel: slack.general, ...args });
const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });
/** 12,000 characters and so many more. */
const sections = (characters: number) => [
  ...Array.from({ length: 4 }, () => section("x".repeat(3000))),
  section("x".repeat(characters)),
];

test("a message that says nothing is refused", async () => {
  await using slack = await startFakeSlack();

  assert.equal((await post(slack, { text: "" }))["error"], "no_text");
  assert.equal((await post(slack, { blocks: [] }))["error"], "no_text");
});

test("text over 40,000 characters is cut, with a warning", async () => {
  await using slack = await startFakeSlack();

  const reply = (await post(slack, { text: "x".repeat(40_001) })) as { message: { text: string }; warning: string };

  assert.equal(reply.message.text.length, 40_000);
  assert.equal(reply.warning, "message_truncated");
  assert.deepEqual(slack.faults, [{ method: "chat.postMessage", error: "message_truncated", detail: "" }]);
});

test("markdown_text holds 12,000 characters and stands alone", async () => {
  await using slack = await startFakeSlack();

  const fits = await post(slack, { markdown_text: "x".repeat(12_000) });
  const tooLong = await post(slack, { markdown_text: "x".repeat(12_001) });
  const withText = await post(slack, { markdown_text: "x", text: "x" });
  const withBlocks = await post(slack, { markdown_text: "x", blocks: [section("x")] });

  assert.equal(fits["ok"], true);
  assert.equal(tooLong["error"], "msg_too_long");
  assert.equal(withText["error"], "markdown_text_conflict");
  assert.equal(withBlocks["error"], "markdown_text_conflict");
});

test("blocks hold 13,200 characters in all", async () => {
  await using slack = await startFakeSlack();

  const fits = await post(slack, { blocks: sections(1200) });
  const tooLong = await post(slack, { blocks: sections(1201) });

  assert.equal(fits["ok"], true);
  assert.equal(tooLong["error"], "msg_blocks_too_long");
});

test("the markdown blocks of a message hold 12,000 characters together", async () => {
  await using slack = await startFakeSlack();
  const markdown = { type: "markdown", text: "x".repeat(6001) };

  assert.equal((await post(slack, { blocks: [markdown, markdown] }))["error"], "msg_too_long");
});

const button = (fields: Fields = {}) => ({ type: "button", text: { type: "plain_text", text: "Go" }, ...fields });
const INVALID: Readonly<Record<string, Fields[]>> = {
  "51 blocks": Array.from({ length: 51 }, () => ({ type: "divider" })),
  "an unknown block": [{ type: "marquee" }],
  "a section without text": [{ type: "section" }],
  "a section over 3,000 characters": [section("x".repeat(3001))],
  "a field over 2,000 characters": [{ type: "section", fields: [{ type: "mrkdwn", text: "x".repeat(2001) }] }],
  "eleven fields": [{ type: "section", fields: Array.from({ length: 11 }, () => ({ type: "mrkdwn", text: "x" })) }],
  "a header over 150 characters": [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }],
  "a header in mrkdwn": [{ type: "header", text: { type: "mrkdwn", text: "x" } }],
  "a context of eleven": [
    { type: "context", elements: Array.from({ length: 11 }, () => ({ type: "mrkdwn", text: "x" })) },
  ],
  "an empty context": [{ type: "context", elements: [] }],
  "26 actions": [{ type: "actions", elements: Array.from({ length: 26 }, () => button()) }],
  "six context actions": [
    { type: "context_actions", elements: Array.from({ length: 6 }, () => ({ type: "icon_button" })) },
  ],
  "a button's text over 75 characters": [
    { type: "actions", elements: [button({ text: { type: "plain_text", text: "x".repeat(76) } })] },
  ],
  "a button's value over 2,000 characters": [{ type: "actions", elements: [button({ value: "x".repeat(2001) })] }],
  "feedback buttons without a second button": [
    { type: "context_actions", elements: [{ type: "feedback_buttons", positive_button: { text: { text: "Good" } } }] },
  ],
  "a table of 101 rows": [
    { type: "table", rows: Array.from({ length: 101 }, () => [{ type: "raw_text", text: "x" }]) },
  ],
  "a table of 21 columns": [
    { type: "table", rows: [Array.from({ length: 21 }, () => ({ type: "raw_text", text: "x" }))] },
  ],
  "a markdown block over 12,000 characters": [{ type: "markdown", text: "x".repeat(12_001) }],
  "an image without alt text": [{ type: "image", image_url: "https://example.invalid/a.png" }],
  "the same block_id twice": [
    { type: "divider", block_id: "a" },
    { type: "divider", block_id: "a" },
  ],
};

for (const [title, blocks] of Object.entries(INVALID)) {
  test(`${title} is refused as invalid_blocks`, async () => {
    await using slack = await startFakeSlack();

    assert.equal((await post(slack, { blocks }))["error"], "invalid_blocks");
  });
}

test("blocks that are no JSON, and metadata of another shape, are refused by name", async () => {
  await using slack = await startFakeSlack();

  assert.equal((await post(slack, { blocks: "[{" }))["error"], "invalid_blocks_format");
  assert.equal((await post(slack, { text: "x", metadata: { type: "x" } }))["error"], "invalid_metadata_format");
});

test("an update holds 4,000 characters of text", async () => {
  await using slack = await startFakeSlack();
  const { ts } = await post(slack, { text: "hi" });
  const update = (text: string) =>
    callSlack(slack.apiUrl, slack.botToken, "chat.update", { channel: slack.general, ts, text });

  assert.equal((await update("x".repeat(4000)))["ok"], true);
  assert.equal((await update("x".repeat(4001)))["error"], "msg_too_long");
});

test("only its own messages does a bot update and delete", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  const { ts } = slack.world.post({ channel: slack.general, user: alice.id, text: "mine", blocks: [] });
  const call = (method: string, args: Fields) =>
    callSlack(slack.apiUrl, slack.botToken, method, { channel: slack.general, ...args });

  assert.equal((await call("chat.update", { ts, text: "x" }))["error"], "cant_update_message");
  assert.equal((await call("chat.delete", { ts }))["error"], "cant_delete_message");
  assert.equal((await call("chat.update", { ts: "1.1", text: "x" }))["error"], "message_not_found");
  assert.equal((await call("chat.delete", { ts: "1.1" }))["error"], "message_not_found");
});

test("an update of text is marked as edited, an update of blocks is not", async () => {
  await using slack = await startFakeSlack();
  const { ts } = await post(slack, { text: "hi" });
  const update = (args: Fields) =>
    callSlack(slack.apiUrl, slack.botToken, "chat.update", { channel: slack.general, ts, ...args });
  const seen = () => slack.channel(slack.general).text();

  await update({ text: "blocks", blocks: [section("as blocks")] });
  const withBlocks = seen();
  await update({ text: "as text" });

  assert.equal(withBlocks, "Footnote: as blocks");
  assert.equal(seen(), "Footnote: as text (edited)");
});

test("a private word reaches members only, and is seen by nobody else", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  slack.addTeam("Archive", { isInstalled: false });
  const stranger = slack.addPerson("stranger", { team: "T0ARCHIVE" });
  const whisper = (user: string) =>
    callSlack(slack.apiUrl, slack.botToken, "chat.postEphemeral", { channel: slack.general, user, text: "psst" });

  await whisper(alice.id);
  const toStranger = await whisper(stranger.id);

  assert.equal(toStranger["error"], "user_not_in_channel");
  assert.equal(slack.channel(slack.general).text(), "");
  assert.equal(slack.channel(slack.general).text({ as: alice.id }), "Footnote (only for alice): psst");
});
