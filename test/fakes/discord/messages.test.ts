import assert from "node:assert/strict";
import { test } from "node:test";
import { callDiscord, fieldErrors } from "./call-discord.ts";
import type { Fields } from "./entities.ts";
import type { FakeDiscordOptions } from "./fake-discord.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

const ROUTE = "POST /channels/:channel/messages";

/** A Discord without hurry, and a request that writes into its first channel. */
async function openDesk(options: FakeDiscordOptions = {}) {
  const discord = await startFakeDiscord({ rates: { [ROUTE]: { limit: 1000, windowMs: 1000 } }, ...options });
  const post = (body: Fields, channel = discord.general) =>
    callDiscord(discord, `POST /channels/${channel}/messages`, body);
  const codes = async (body: Fields) => fieldErrors((await post(body)).body);
  return { discord, post, codes, general: discord.general, [Symbol.asyncDispose]: () => discord.close() };
}

const button = (id: string) => ({ type: 2, style: 1, label: "a", custom_id: id });
const row = (...components: Fields[]) => ({ content: "x", components: [{ type: 1, components }] });
const option = (value: string) => ({ label: "a", value });

test("a message holds at most 2,000 characters, and something", async () => {
  await using desk = await openDesk();

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
  await using desk = await openDesk();
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
  await using desk = await openDesk();

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
  await using desk = await openDesk();
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

test("an enforced nonce brings back the message it was sent with, for a few minutes and in its channel", async () => {
  await using desk = await openDesk();
  const draft = { content: "one", nonce: "n1", enforce_nonce: true };
  const lobby = desk.discord.addChannel("lobby");

  const first = await desk.post(draft);
  const again = await desk.post({ ...draft, content: "two" });
  const elsewhere = await desk.post(draft, lobby);
  const unenforced = await desk.post({ content: "three", nonce: "n1" });
  await desk.discord.clock.advance(180_001);
  const later = await desk.post(draft);
  const long = await desk.post({ ...draft, nonce: "n".repeat(26) });

  assert.equal(again.body["id"], first.body["id"]);
  assert.equal(again.body["content"], "one");
  assert.notEqual(elsewhere.body["id"], first.body["id"]);
  assert.notEqual(unenforced.body["id"], first.body["id"]);
  assert.notEqual(later.body["id"], first.body["id"]);
  assert.equal(long.body["code"], 50035);
  assert.deepEqual(desk.discord.channel(desk.general).entries(), ["Footnote: one", "Footnote: three", "Footnote: one"]);
});

test("a message calls everybody it names unless it says otherwise", async () => {
  await using desk = await openDesk({ permissions: ["MENTION_EVERYONE"] });
  const alice = desk.discord.addPerson("alice");
  const role = desk.discord.addRole("staff");
  const content = `<@${alice.id}> <@&${role}> @everyone \`@here\``;

  await desk.post({ content });
  await desk.post({ content, allowed_mentions: { parse: [] } });
  await desk.post({ content, allowed_mentions: { parse: ["users"] } });
  const both = await desk.codes({ content, allowed_mentions: { parse: ["users"], users: [alice.id] } });

  assert.deepEqual(
    desk.discord.world.pings.map(({ ping }) => ping),
    ["@everyone", `<@&${role}>`, `<@${alice.id}>`, `<@${alice.id}>`],
  );
  assert.deepEqual(both, { allowed_mentions: "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE" });
});

test("a bot that may not mention everybody calls nobody by @everyone, and no closed role", async () => {
  await using desk = await openDesk();
  const role = desk.discord.addRole("staff");

  await desk.post({ content: `<@&${role}> @everyone @here` });

  assert.deepEqual(desk.discord.world.pings, []);
});

test("a reply calls the author it replies to unless allowed mentions are given", async () => {
  await using desk = await openDesk();
  const alice = desk.discord.addPerson("alice");
  const question = alice.say(desk.general, "who?");
  const reference = { message_reference: { message_id: question.id } };

  const plain = await desk.post({ content: "one", ...reference });
  await desk.post({ content: "two", ...reference, allowed_mentions: { parse: [], replied_user: false } });

  assert.deepEqual(
    desk.discord.world.pings.map(({ ping }) => ping),
    [`<@${alice.id}>`],
  );
  assert.equal(plain.body["type"], 19);
  assert.equal((plain.body["referenced_message"] as Fields)["content"], "who?");
});

test("a reply to a message that is gone is refused unless that is allowed", async () => {
  await using desk = await openDesk();
  const alice = desk.discord.addPerson("alice");
  const question = alice.say(desk.general, "who?");
  alice.delete(question);

  const strict = await desk.codes({ content: "one", message_reference: { message_id: question.id } });
  const lenient = await desk.post({
    content: "two",
    message_reference: { message_id: question.id, fail_if_not_exists: false },
  });

  assert.deepEqual(strict, { message_reference: "REPLIES_UNKNOWN_MESSAGE" });
  assert.equal(lenient.status, 200);
});

test("an edit replaces what it names and keeps the rest, and only the author may make it", async () => {
  await using desk = await openDesk();
  const alice = desk.discord.addPerson("alice");
  const hers = alice.say(desk.general, "mine");
  const { body } = await desk.post({ content: "one", embeds: [{ title: "e" }] });
  const edit = (id: unknown, change: Fields) =>
    callDiscord(desk.discord, `PATCH /channels/${desk.general}/messages/${String(id)}`, change);

  const edited = await edit(body["id"], { content: "two" });
  const emptied = await edit(body["id"], { content: "", embeds: [] });
  const foreign = await edit(hers.id, { content: "yours" });
  const unknown = await edit("100000000000000009", { content: "?" });

  assert.equal((edited.body["embeds"] as Fields[]).length, 1);
  assert.equal(edited.body["content"], "two");
  assert.equal(emptied.body["code"], 50006);
  assert.deepEqual([foreign.status, foreign.body["code"]], [403, 50005]);
  assert.deepEqual([unknown.status, unknown.body["code"]], [404, 10008]);
});

test("a deletion answers 204 without a body, and nobody else's message may be deleted", async () => {
  await using desk = await openDesk();
  const alice = desk.discord.addPerson("alice");
  const hers = alice.say(desk.general, "mine");
  const { body } = await desk.post({ content: "one" });
  const remove = (id: unknown) => callDiscord(desk.discord, `DELETE /channels/${desk.general}/messages/${String(id)}`);

  const own = await remove(body["id"]);
  const foreign = await remove(hers.id);

  assert.deepEqual([own.status, own.body], [204, {}]);
  assert.equal(foreign.body["code"], 50013);
  assert.deepEqual(desk.discord.channel(desk.general).entries(), ["alice: mine"]);
});

test("messages are listed newest first, before, after and around one", async () => {
  await using desk = await openDesk();
  const alice = desk.discord.addPerson("alice");
  const [, , third] = ["1", "2", "3", "4", "5"].map((text) => alice.say(desk.general, text));
  const list = async (query: string) => {
    const { body } = await callDiscord(desk.discord, `GET /channels/${desk.general}/messages?${query}`);
    return (body as unknown as Fields[]).map((message) => message["content"]);
  };

  assert.deepEqual(await list("limit=2"), ["5", "4"]);
  assert.deepEqual(await list(`limit=1&before=${third?.id}`), ["2"]);
  assert.deepEqual(await list(`limit=1&after=${third?.id}`), ["4"]);
  assert.deepEqual(await list(`limit=3&around=${third?.id}`), ["4", "3", "2"]);
});

test("each missing permission has its outcome", async () => {
  await using desk = await openDesk();
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

test("files come as a form, and an edit keeps those it lists", async () => {
  await using desk = await openDesk();
  const form = new FormData();
  form.set("payload_json", JSON.stringify({ content: "chart", attachments: [{ id: "0", description: "a chart" }] }));
  form.set("files[0]", new Blob(["data"], { type: "image/png" }), "chart.png");

  const sent = await callDiscord(desk.discord, `POST /channels/${desk.general}/messages`, form);
  const [attachment] = sent.body["attachments"] as Fields[];
  const path = `PATCH /channels/${desk.general}/messages/${String(sent.body["id"])}`;
  const kept = await callDiscord(desk.discord, path, { attachments: [{ id: attachment?.["id"] }] });
  const dropped = await callDiscord(desk.discord, path, { attachments: [] });
  const unknown = await callDiscord(desk.discord, path, { attachments: [{ id: "7" }] });

  assert.deepEqual(
    [attachment?.["filename"], attachment?.["size"], attachment?.["description"], attachment?.["content_type"]],
    ["chart.png", 4, "a chart", "image/png"],
  );
  assert.equal((kept.body["attachments"] as Fields[]).length, 1);
  assert.deepEqual(dropped.body["attachments"], []);
  assert.equal(unknown.body["code"], 50146);
});

test("direct messages reach people who have them open", async () => {
  await using desk = await openDesk();
  const alice = desk.discord.addPerson("alice");
  const opened = await callDiscord(desk.discord, "POST /users/@me/channels", { recipient_id: alice.id });

  const sent = await desk.post({ content: "hi" }, String(opened.body["id"]));
  alice.setDirectOpen(false);
  const refused = await desk.post({ content: "hello?" }, alice.direct);

  assert.equal(opened.body["id"], alice.direct);
  assert.equal(sent.status, 200);
  assert.deepEqual([refused.status, refused.body["code"]], [403, 50007]);
});

test("a forum takes no messages, and voice channels only those of whoever may connect", async () => {
  await using desk = await openDesk();
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
  await using desk = await openDesk();

  const strange = await callDiscord(desk.discord, "GET /users/@me", undefined, { authorization: "Bot nonsense" });
  const anonymous = await callDiscord(desk.discord, "GET /users/@me", undefined, { "user-agent": "curl" });
  const nowhere = await callDiscord(desk.discord, "GET /nowhere");

  assert.deepEqual([strange.status, strange.body], [401, { message: "401: Unauthorized", code: 0 }]);
  assert.deepEqual([anonymous.status, anonymous.body["code"]], [403, 40333]);
  assert.deepEqual([nowhere.status, nowhere.body["code"]], [404, 0]);
});
