import assert from "node:assert/strict";
import { test } from "node:test";
import { callDiscord } from "./call-discord.ts";
import type { Fields } from "./entities.ts";
import { openMessageDesk } from "./message-desk.ts";

test("a message calls everybody it names unless it says otherwise", async () => {
  await using desk = await openMessageDesk({ permissions: ["MENTION_EVERYONE"] });
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
  await using desk = await openMessageDesk();
  const role = desk.discord.addRole("staff");

  await desk.post({ content: `<@&${role}> @everyone @here` });

  assert.deepEqual(desk.discord.world.pings, []);
});

test("a reply calls the author it replies to unless allowed mentions are given", async () => {
  await using desk = await openMessageDesk();
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
  await using desk = await openMessageDesk();
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
  await using desk = await openMessageDesk();
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
  await using desk = await openMessageDesk();
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
  await using desk = await openMessageDesk();
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

test("files come as a form, and an edit keeps those it lists", async () => {
  await using desk = await openMessageDesk();
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
  await using desk = await openMessageDesk();
  const alice = desk.discord.addPerson("alice");
  const opened = await callDiscord(desk.discord, "POST /users/@me/channels", { recipient_id: alice.id });

  const sent = await desk.post({ content: "hi" }, String(opened.body["id"]));
  alice.setDirectOpen(false);
  const refused = await desk.post({ content: "hello?" }, alice.direct);

  assert.equal(opened.body["id"], alice.direct);
  assert.equal(sent.status, 200);
  assert.deepEqual([refused.status, refused.body["code"]], [403, 50007]);
});

test("an edit loses its embeds without a word where they are not allowed", async () => {
  await using desk = await openMessageDesk();
  const plain = desk.discord.addChannel("plain");
  desk.discord.deny(plain, ["EMBED_LINKS"]);
  const { body } = await desk.post({ content: "one" }, plain);

  const path = `PATCH /channels/${plain}/messages/${String(body["id"])}`;
  const edited = await callDiscord(desk.discord, path, { embeds: [{ title: "e" }] });
  const emptied = await callDiscord(desk.discord, path, { content: "", embeds: [{ title: "e" }] });

  assert.deepEqual([edited.status, edited.body["embeds"]], [200, []]);
  assert.equal(emptied.body["code"], 50006);
  assert.deepEqual(
    desk.discord.faults.map(({ code }) => code),
    [0, 0, 50006],
  );
});
