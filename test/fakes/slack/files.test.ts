import assert from "node:assert/strict";
import { test } from "node:test";
import { callSlack } from "./call-slack.ts";
import type { FakeSlack } from "./fake-slack.ts";
import { startFakeSlack } from "./start-fake-slack.ts";

const call = (slack: FakeSlack, method: string, args: object) =>
  callSlack(slack.apiUrl, slack.botToken, method, { ...args });

async function openUpload(slack: FakeSlack, length: number): Promise<{ readonly id: string; readonly url: string }> {
  const opened = await call(slack, "files.getUploadURLExternal", { filename: "chart.png", length });
  return { id: String(opened["file_id"]), url: String(opened["upload_url"]) };
}

function show(slack: FakeSlack, id: string) {
  const blocks = [{ type: "image", slack_file: { id }, alt_text: "a chart" }];
  return call(slack, "chat.postMessage", { channel: slack.general, text: "a chart", blocks });
}

test("a file is uploaded in three steps, and then shown", async () => {
  await using slack = await startFakeSlack();
  const { id, url } = await openUpload(slack, 5);

  const uploaded = await fetch(url, { method: "POST", body: "bytes" });
  const completed = await call(slack, "files.completeUploadExternal", { files: [{ id, title: "chart" }] });
  const shown = await show(slack, id);

  assert.deepEqual([uploaded.status, completed["ok"], shown["ok"]], [200, true, true]);
  assert.equal(slack.files()[0]?.bytes?.toString(), "bytes");
  assert.equal(slack.channel(slack.general).text(), "Footnote: (image: a chart)");
  assert.deepEqual(slack.faults, []);
});

test("a file that is not complete is neither shown nor completed", async () => {
  await using slack = await startFakeSlack();
  const { id } = await openUpload(slack, 5);

  const completed = await call(slack, "files.completeUploadExternal", { files: [{ id }] });
  const shown = await show(slack, id);

  assert.deepEqual([completed["error"], shown["error"]], ["file_not_found", "invalid_blocks"]);
});

test("an upload of another length is refused", async () => {
  await using slack = await startFakeSlack();
  const { url } = await openUpload(slack, 5);

  const uploaded = await fetch(url, { method: "POST", body: "more bytes" });

  assert.equal(uploaded.status, 400);
  assert.deepEqual(slack.faults, [{ method: "upload", error: "length_mismatch", detail: "10 of 5 bytes" }]);
});

test("a file belongs to the workspace where it was uploaded", async () => {
  await using slack = await startFakeSlack();
  const archive = slack.addTeam("Archive");
  const { id, url } = await openUpload(slack, 5);
  await fetch(url, { method: "POST", body: "bytes" });

  const completed = await callSlack(slack.apiUrl, archive.botToken, "files.completeUploadExternal", {
    files: [{ id }],
  });

  assert.equal(completed["error"], "file_not_found");
});
