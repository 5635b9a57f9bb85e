import assert from "node:assert/strict";
import { test } from "node:test";
import { callDiscord } from "./call-discord.ts";
import type { Fields } from "./entities.ts";
import { openMessageDesk, ROUTE } from "./message-desk.ts";

const button = (id: string) => ({ type: 2, style: 1, label: "a", custom_id: id });
const row = (...components: Fields[]) => ({ content: "x", components: [{ type: 1, components }] });
const option = (value: string) => ({ label: "a", value });

test("a message holds at most 2,000 characters, and something", async () => {
  await using desk = await openMessageDesk();

  const fits = await desk.post({ content: "a".repeat(2000) });
  const long = await desk.post({ content: "a".repeat(2001) });
  const empty = await desk.post({ content: " " });

  assert.equal(fits.status, 200);
  assert.equal(long.status, 400);
  assert.deepEqual(long.body, {
    message: "Invalid Form Body",
    code: 50035,
    errors: { content: { _errors: [{ code: "BASE_TYPE_MAX_LENGTH", message: "Must be 2000 or fewer in length." }] } },
  });
  assert.equal(empty.body["code"], 50006);
  assert.deepEqual(
    desk.discord.faults.map(({ route, code }) => [route, code]),
    [
      [ROUTE, 50035],
      [ROUTE, 50006],
    ],
  );
});

test("embeds are held to their limits, each and all together", async () => {
  await using desk = await openMessageDesk();
  const field = { name: "n", value: "v" };

  assert.deepEqual(await desk.codes({ embeds: [{ title: "a".repeat(257) }] }), {
    "embeds.0.title": "BASE_TYPE_MAX_LENGTH",
  });
  assert.deepEqual(await desk.codes({ embeds: [{ description: "a".repeat(4097) }] }), {
    "embeds.0.description": "BASE_TYPE_MAX_LENGTH",
  });
  assert.deepEqual(await desk.codes({ embeds: [{ fields: Array.from({ length: 26 }, () => field) }] }), {
    "embeds.0.fields": "BASE_TYPE_MAX_LENGTH",
  });
  assert.deepEqual(await desk.codes({ embeds: [{ fields: [{ name: "n", value: "a".repeat(1025) }] }] }), {
    "embeds.0.fields.0.value": "BASE_TYPE_MAX_LENGTH",
  });
  assert.deepEqual(await desk.codes({ embeds: Array.from({ length: 11 }, () => ({ title: "a" })) }), {
    embeds: "BASE_TYPE_MAX_LENGTH",
  });
  assert.deepEqual(
    await desk.codes({ embeds: [{ description: "a".repeat(4000) }, { description: "a".repeat(2001) }] }),
    {
      embeds: "MAX_EMBED_SIZE_EXCEEDED",
    },
  );
  assert.deepEqual(await desk.codes({ embeds: [{ title: "a", url: "javascript:alert(1)" }] }), {
    "embeds.0.url": "STRING_TYPE_REGEX",
  });
  assert.deepEqual(await desk.codes({ embeds: [{ color: 1 }] }), { embeds: "BASE_TYPE_REQUIRED" });
});

test("buttons and menus are held to their limits", async () => {
  await using desk = await openMessageDesk();

  assert.deepEqual(await desk.codes(row(button("a".repeat(101)))), {
    "components.0.components.0.custom_id": "BASE_TYPE_MAX_LENGTH",
  });
  assert.deepEqual(await desk.codes(row({ ...button("a"), label: "a".repeat(81) })), {
    "components.0.components.0.label": "BASE_TYPE_MAX_LENGTH",
  });
  assert.deepEqual(await desk.codes(row(button("a"), button("a"))), { components: "COMPONENT_CUSTOM_ID_DUPLICATED" });
  assert.deepEqual(await desk.codes(row(...["1", "2", "3", "4", "5", "6"].map(button))), {
    "components.0.components": "BASE_TYPE_BAD_LENGTH",
  });
  assert.deepEqual(await desk.codes(row({ type: 2, style: 5, label: "a", custom_id: "a" })), {
    "components.0.components.0": "BUTTON_COMPONENT_CUSTOM_ID_OR_URL_REQUIRED",
  });
  assert.deepEqual(await desk.codes(row({ type: 3, custom_id: "a", options: [option("1"), option("1")] })), {
    "components.0.components.0.options": "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
  });
  assert.deepEqual(
    await desk.codes({
      content: "x",
      components: Array.from({ length: 6 }, (_, n) => row(button(String(n))).components[0]!),
    }),
    {
      components: "BASE_TYPE_BAD_LENGTH",
    },
  );
});

test("components of version 2 need their flag, and exclude text and embeds beside them", async () => {
  await using desk = await openMessageDesk();
  const components = [{ type: 17, components: [{ type: 10, content: "hello" }] }];

  const unflagged = await desk.post({ components });
  const flagged = await desk.post({ components, flags: 1 << 15 });
  const mixed = await desk.codes({ components, flags: 1 << 15, content: "x" });
  const long = await desk.codes({ components: [{ type: 10, content: "a".repeat(4001) }], flags: 1 << 15 });

  assert.equal(unflagged.body["code"], 50035);
  assert.equal(flagged.status, 200);
  assert.deepEqual(mixed, { content: "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2" });
  assert.deepEqual(long, { components: "COMPONENT_MAX_TOTAL_LENGTH_EXCEEDED" });
});

test("an enforced nonce brings back the message it was sent with, for a few minutes and in whichever channel", async () => {
  await using desk = await openMessageDesk();
  const draft = { content: "one", nonce: "n1", enforce_nonce: true };
  const lobby = desk.discord.addChannel("lobby");

  const first = await desk.post(draft);
  const again = await desk.post({ ...draft, content: "two" });
  const elsewhere = await desk.post(draft, lobby);
  await desk.discord.clock.advance(180_001);
  const later = await desk.post(draft);
  const unenforced = await desk.post({ content: "three", nonce: "n1" });
  const long = await desk.post({ ...draft, nonce: "n".repeat(26) });

  assert.equal(again.body["id"], first.body["id"]);
  assert.equal(again.body["content"], "one");
  assert.equal(elsewhere.body["id"], first.body["id"]);
  assert.notEqual(later.body["id"], first.body["id"]);
  assert.notEqual(unenforced.body["id"], later.body["id"]);
  assert.equal(long.body["code"], 50035);
  assert.deepEqual(desk.discord.channel(desk.general).entries(), ["Footnote: one", "Footnote: one", "Footnote: three"]);
});

test("a message that was deleted is not sent again with its nonce", async () => {
  await using desk = await openMessageDesk();
  const draft = { content: "one", nonce: "n1", enforce_nonce: true };
  const { body } = await desk.post(draft);
  await callDiscord(desk.discord, `DELETE /channels/${desk.general}/messages/${String(body["id"])}`);

  const again = await desk.post(draft);

  assert.deepEqual([again.status, again.body["code"]], [404, 10008]);
});

test("each missing permission has its outcome", async () => {
  await using desk = await openMessageDesk();
  const alice = desk.discord.addPerson("alice");
  const channel = (name: string, ...denied: Parameters<typeof desk.discord.deny>[1]) => {
    const id = desk.discord.addChannel(name);
    desk.discord.deny(id, denied);
    return id;
  };
  const historyless = channel("historyless", "READ_MESSAGE_HISTORY");
  const question = alice.say(historyless, "who?");
  const form = new FormData();
  form.set("payload_json", JSON.stringify({ content: "x" }));
  form.set("files[0]", new Blob(["data"]), "a.txt");

  const unseen = await desk.post({ content: "x" }, channel("unseen", "VIEW_CHANNEL"));
  const mute = await desk.post({ content: "x" }, channel("mute", "SEND_MESSAGES"));
  const reply = await desk.post({ content: "x", message_reference: { message_id: question.id } }, historyless);
  const history = await callDiscord(desk.discord, `GET /channels/${historyless}/messages`);
  const one = await callDiscord(desk.discord, `GET /channels/${historyless}/messages/${question.id}`);
  const fileless = channel("fileless", "ATTACH_FILES");
  const file = await callDiscord(desk.discord, `POST /channels/${fileless}/messages`, form);
  const plain = await desk.post({ content: "x", embeds: [{ title: "e" }] }, channel("plain", "EMBED_LINKS"));
  const unknown = await desk.post({ content: "x" }, "100000000000000009");

  assert.deepEqual([unseen.status, unseen.body["code"]], [403, 50001]);
  assert.deepEqual([mute.status, mute.body["code"]], [403, 50013]);
  assert.equal(reply.body["code"], 160002);
  assert.deepEqual(history.body, []);
  assert.equal(one.body["code"], 50013);
  assert.equal(file.body["code"], 50013);
  assert.equal(plain.body["code"], 50013);
  assert.deepEqual([unknown.status, unknown.body["code"]], [404, 10003]);
});

test("a forum takes no messages, and voice channels only those of whoever may connect", async () => {
  await using desk = await openMessageDesk();
  const forum = desk.discord.addChannel("forum", { kind: "forum" });
  const voice = desk.discord.addChannel("voice", { kind: "voice" });
  const stage = desk.discord.addChannel("stage", { kind: "stage" });
  desk.discord.deny(stage, ["CONNECT"]);

  const inForum = await desk.post({ content: "x" }, forum);
  const inVoice = await desk.post({ content: "x" }, voice);
  const inStage = await desk.post({ content: "x" }, stage);

  assert.equal(inForum.body["code"], 50008);
  assert.equal(inVoice.status, 200);
  assert.equal(inStage.body["code"], 50013);
});

test("a request without the token, without a proper user agent, or to nowhere is refused", async () => {
  await using desk = await openMessageDesk();

  const strange = await callDiscord(desk.discord, "GET /users/@me", undefined, { authorization: "Bot nonsense" });
  const anonymous = await callDiscord(desk.discord, "GET /users/@me", undefined, { "user-agent": "curl" });
  const nowhere = await callDiscord(desk.discord, "GET /nowhere");

  assert.deepEqual([strange.status, strange.body], [401, { message: "401: Unauthorized", code: 0 }]);
  assert.deepEqual([anonymous.status, anonymous.body["code"]], [403, 40333]);
  assert.deepEqual([nowhere.status, nowhere.body["code"]], [404, 0]);
});
