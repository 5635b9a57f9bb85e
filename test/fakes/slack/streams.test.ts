import assert from "node:assert/strict";
import { test } from "node:test";
import { webApi } from "@slack/bolt";
import { callSlack } from "./call-slack.ts";
import type { Fields } from "./entities.ts";
import type { FakeSlack } from "./fake-slack.ts";
import { startFakeSlack } from "./start-fake-slack.ts";

/** A thread that alice began, and calls about it. */
async function openThread(options: Parameters<typeof startFakeSlack>[0] = {}) {
  const slack = await startFakeSlack(options);
  const alice = slack.addPerson("alice");
  const { ts: thread } = slack.world.post({ channel: slack.general, user: alice.id, text: "question", blocks: [] });
  const call = (method: string, args: Fields) =>
    callSlack(slack.apiUrl, slack.botToken, method, { channel: slack.general, ...args });
  const recipient = { recipient_team_id: slack.team, recipient_user_id: alice.id };
  const start = (args: Fields = {}) => call("chat.startStream", { thread_ts: thread, ...recipient, ...args });
  const seen = () => slack.thread(slack.general, thread).entries();
  return { slack, alice, thread, call, start, seen, [Symbol.asyncDispose]: () => slack.close() };
}

test("a stream grows as pieces are appended, and ends with blocks", async () => {
  await using desk = await openThread();
  const { ts } = await desk.start({ markdown_text: "One." });

  await desk.call("chat.appendStream", { ts, markdown_text: " Two." });
  const growing = desk.seen();
  await desk.call("chat.stopStream", {
    ts,
    blocks: [{ type: "context", elements: [{ type: "mrkdwn", text: "sources" }] }],
  });

  assert.deepEqual(growing, ["alice: question", "Footnote: One. Two."]);
  assert.deepEqual(desk.seen(), ["alice: question", "Footnote: One. Two.\nsources"]);
  assert.deepEqual(desk.slack.faults, []);
});

test("Slack's own helper streams in chunks", async () => {
  await using desk = await openThread();
  const client = new webApi.WebClient(desk.slack.botToken, { slackApiUrl: desk.slack.apiUrl });
  const stream = client.chatStream({
    channel: desk.slack.general,
    thread_ts: desk.thread,
    recipient_team_id: desk.slack.team,
    recipient_user_id: desk.alice.id,
    buffer_size: 1,
  });

  await stream.append({ markdown_text: "One." });
  await stream.append({ markdown_text: " Two." });
  await stream.stop();

  assert.deepEqual(desk.seen(), ["alice: question", "Footnote: One. Two."]);
  assert.deepEqual(desk.slack.faults, []);
});

test("a stream in a channel needs a thread and both recipients", async () => {
  await using desk = await openThread();
  const { slack, thread, call, alice } = desk;

  const noThread = await call("chat.startStream", { recipient_team_id: slack.team, recipient_user_id: alice.id });
  const noTeam = await call("chat.startStream", { thread_ts: thread, recipient_user_id: alice.id });
  const noUser = await call("chat.startStream", { thread_ts: thread, recipient_team_id: slack.team });

  assert.equal(noThread["error"], "invalid_arguments");
  assert.equal(noTeam["error"], "missing_recipient_team_id");
  assert.equal(noUser["error"], "missing_recipient_user_id");
});

test("direct messages stream without recipients", async () => {
  await using desk = await openThread();
  const { slack, alice, call } = desk;
  const { ts } = slack.world.post({ channel: alice.direct, user: alice.id, text: "question", blocks: [] });

  const started = await call("chat.startStream", { channel: alice.direct, thread_ts: ts });

  assert.equal(started["ok"], true);
});

test("a stream closes after five minutes and takes nothing more", async () => {
  await using desk = await openThread();
  const { ts } = await desk.start({ markdown_text: "One." });

  await desk.slack.clock.advance(300_000);
  const appended = await desk.call("chat.appendStream", { ts, markdown_text: " Two." });
  const stopped = await desk.call("chat.stopStream", { ts });
  const updated = await desk.call("chat.update", { ts, markdown_text: "One. Two." });

  assert.equal(appended["error"], "message_not_in_streaming_state");
  assert.equal(stopped["error"], "message_not_in_streaming_state");
  assert.equal(updated["ok"], true);
  assert.deepEqual(desk.seen(), ["alice: question", "Footnote: One. Two."]);
});

test("a message that is streaming can be neither updated nor deleted", async () => {
  await using desk = await openThread();
  const { ts } = await desk.start({ markdown_text: "One." });

  assert.equal((await desk.call("chat.update", { ts, text: "x" }))["error"], "streaming_state_conflict");
  assert.equal((await desk.call("chat.delete", { ts }))["error"], "cant_delete_message");
});

test("a stream keeps to the mode it began in", async () => {
  await using desk = await openThread();
  const chunks = [{ type: "markdown_text", text: "x" }];
  const { ts } = await desk.start({ markdown_text: "One." });

  const both = await desk.call("chat.appendStream", { ts, markdown_text: "x", chunks });
  const mixed = await desk.call("chat.appendStream", { ts, chunks });
  const strange = await desk.start({ chunks: [{ type: "fanfare" }] });
  const nothing = await desk.call("chat.appendStream", { ts });

  assert.equal(both["error"], "cannot_provide_both_markdown_text_and_chunks");
  assert.equal(mixed["error"], "streaming_mode_mismatch");
  assert.equal(strange["error"], "invalid_chunks");
  assert.equal(nothing["error"], "no_text");
});

test("a stream holds 12,000 characters in all, and 13,200 with its last blocks", async () => {
  await using desk = await openThread();
  const { ts } = await desk.start({ markdown_text: "x".repeat(11_999) });
  const section = { type: "section", text: { type: "mrkdwn", text: "x".repeat(1202) } };

  const tooMuch = await desk.call("chat.appendStream", { ts, markdown_text: "xx" });
  const tooManyBlocks = await desk.call("chat.stopStream", { ts, blocks: [section] });
  const tooLongAtOnce = await desk.start({ markdown_text: "x".repeat(12_001) });

  assert.equal(tooMuch["error"], "msg_too_long");
  assert.equal(tooManyBlocks["error"], "msg_blocks_too_long");
  assert.equal(tooLongAtOnce["error"], "msg_too_long");
});

test("a foreign message is no stream of the bot's", async () => {
  await using desk = await openThread();

  const reply = await desk.call("chat.appendStream", { ts: desk.thread, markdown_text: "x" });

  assert.equal(reply["error"], "message_not_owned_by_app");
});

test("a status is seen until the bot says something or two minutes are over", async () => {
  await using desk = await openThread();
  const { slack, thread, call, seen } = desk;
  const setStatus = (status: string) => call("assistant.threads.setStatus", statusArgs(slack, thread, status));

  await setStatus("is searching…");
  const searching = seen();
  await slack.clock.advance(120_000);
  const expired = seen();
  await setStatus("is reading…");
  await call("chat.postMessage", { thread_ts: thread, text: "Here." });

  assert.deepEqual(searching, ["alice: question", "Footnote … is searching…"]);
  assert.deepEqual(expired, ["alice: question"]);
  assert.deepEqual(seen(), ["alice: question", "Footnote: Here."]);
});

function statusArgs(slack: FakeSlack, thread: string, status: string): Fields {
  return { channel: undefined, channel_id: slack.general, thread_ts: thread, status };
}

test("loading messages are ten at most, of fifty characters; prompts are four", async () => {
  await using desk = await openThread();
  const { slack, thread, alice } = desk;
  const call = (method: string, args: Fields) => callSlack(slack.apiUrl, slack.botToken, method, args);
  const status = { channel_id: slack.general, thread_ts: thread, status: "is busy" };
  const prompt = { title: "Ask", message: "Who was Ada?" };
  const prompts = (count: number) => ({
    channel_id: alice.direct,
    prompts: Array.from({ length: count }, () => prompt),
  });

  const many = await call("assistant.threads.setStatus", {
    ...status,
    loading_messages: Array.from({ length: 11 }, () => "x"),
  });
  const long = await call("assistant.threads.setStatus", { ...status, loading_messages: ["x".repeat(51)] });
  const five = await call("assistant.threads.setSuggestedPrompts", prompts(5));
  const four = await call("assistant.threads.setSuggestedPrompts", prompts(4));

  assert.equal(many["error"], "invalid_arguments");
  assert.equal(long["error"], "invalid_arguments");
  assert.equal(five["error"], "invalid_arguments");
  assert.equal(four["ok"], true);
  assert.equal(slack.prompts(alice.direct).length, 4);
});
