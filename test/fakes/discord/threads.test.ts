import assert from "node:assert/strict";
import { test } from "node:test";
import { Events } from "discord.js";
import { callDiscord, fieldErrors } from "./call-discord.ts";
import type { Fields } from "./entities.ts";
import { startClient } from "./start-client.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

/** A Discord with a question in its first channel, and requests about threads. */
async function openDesk() {
  const discord = await startFakeDiscord();
  const alice = discord.addPerson("alice");
  const question = alice.say(discord.general, "who?");
  const call = (route: string, body?: Fields) => callDiscord(discord, route, body);
  const fromMessage = (body: Fields, { channel, id } = question) =>
    call(`POST /channels/${channel}/messages/${id}/threads`, body);
  return { discord, alice, question, call, fromMessage, [Symbol.asyncDispose]: () => discord.close() };
}

test("a thread made from a message has the message's id, and is made once", async () => {
  await using desk = await openDesk();

  const made = await desk.fromMessage({ name: "who?", auto_archive_duration: 1440 });
  const again = await desk.fromMessage({ name: "who?" });

  assert.equal(made.body["id"], desk.question.id);
  assert.equal(made.body["owner_id"], desk.discord.app.id);
  assert.equal((made.body["thread_metadata"] as Fields)["auto_archive_duration"], 1440);
  assert.deepEqual(desk.discord.threads(desk.discord.general), [desk.question.id]);
  assert.deepEqual([again.status, again.body["code"]], [400, 160004]);
});

test("a thread's name has 1 to 100 characters, and it is archived after one of four durations", async () => {
  await using desk = await openDesk();
  const codes = async (body: Fields) => fieldErrors((await desk.fromMessage(body)).body);

  assert.deepEqual(await codes({ name: "" }), { name: "BASE_TYPE_BAD_LENGTH" });
  assert.deepEqual(await codes({ name: "a".repeat(101) }), { name: "BASE_TYPE_BAD_LENGTH" });
  assert.deepEqual(await codes({ name: "a", auto_archive_duration: 90 }), {
    auto_archive_duration: "BASE_TYPE_CHOICES",
  });
  assert.deepEqual(await codes({}), { name: "BASE_TYPE_REQUIRED" });
  assert.deepEqual(await codes({ name: "a".repeat(100) }), {});
});

test("threads need the permission to make them and to write in them", async () => {
  await using desk = await openDesk();
  const { discord, alice } = desk;
  const closed = discord.addChannel("closed");
  discord.deny(closed, ["CREATE_PUBLIC_THREADS"]);
  const quiet = discord.addChannel("quiet");
  discord.deny(quiet, ["SEND_MESSAGES_IN_THREADS"]);
  const threadOnly = discord.addChannel("thread-only");
  discord.deny(threadOnly, ["SEND_MESSAGES"]);
  const inThread = (parent: string) =>
    desk.call(`POST /channels/${alice.startThread("talk", { channel: parent })}/messages`, { content: "x" });

  const made = await desk.fromMessage({ name: "a" }, alice.say(closed, "who?"));
  const written = await inThread(quiet);
  const writable = await inThread(threadOnly);

  assert.equal(made.body["code"], 50013);
  assert.equal(written.body["code"], 50013);
  assert.equal(writable.status, 200);
});

test("threads hang in text channels, and not in threads, voice channels or direct messages", async () => {
  await using desk = await openDesk();
  const { discord, alice } = desk;
  const thread = alice.startThread("talk", { channel: discord.general });
  const voice = discord.addChannel("voice", { kind: "voice" });
  const codeFor = async (channel: string) =>
    (await desk.fromMessage({ name: "a" }, alice.say(channel, "who?"))).body["code"];

  assert.deepEqual([await codeFor(thread), await codeFor(voice), await codeFor(alice.direct)], [50024, 50024, 50024]);
});

test("writing opens an archived thread again, and editing in it is refused", async () => {
  await using desk = await openDesk();
  const { body: thread } = await desk.fromMessage({ name: "talk" });
  const path = `/channels/${String(thread["id"])}/messages`;
  const { body: message } = await desk.call(`POST ${path}`, { content: "one" });
  desk.discord.archive(String(thread["id"]));

  const edited = await desk.call(`PATCH ${path}/${String(message["id"])}`, { content: "two" });
  const written = await desk.call(`POST ${path}`, { content: "three" });
  const after = await desk.call(`PATCH ${path}/${String(message["id"])}`, { content: "four" });

  assert.deepEqual([edited.status, edited.body["code"]], [400, 50083]);
  assert.equal(written.status, 200);
  assert.equal(after.status, 200);
});

test("a locked thread takes no messages", async () => {
  await using desk = await openDesk();
  const { body: thread } = await desk.fromMessage({ name: "talk" });
  const path = `/channels/${String(thread["id"])}`;
  desk.discord.archive(String(thread["id"]), { isLocked: true });

  const written = await desk.call(`POST ${path}/messages`, { content: "x" });
  const reopened = await desk.call(`PATCH ${path}`, { archived: false });

  assert.equal(written.body["code"], 50083);
  assert.equal(reopened.body["code"], 50013);
});

test("a bot opens an archived thread and renames its own", async () => {
  await using desk = await openDesk();
  const { body: thread } = await desk.fromMessage({ name: "talk" });
  const path = `PATCH /channels/${String(thread["id"])}`;
  desk.discord.archive(String(thread["id"]));

  const early = await desk.call(path, { name: "new" });
  const opened = await desk.call(path, { archived: false });
  const renamed = await desk.call(path, { name: "new" });

  assert.equal(early.body["code"], 50083);
  assert.equal(opened.status, 200);
  assert.equal(renamed.body["name"], "new");
});

test("a thread without a message leaves a system message where it hangs", async () => {
  await using desk = await openDesk();

  await desk.call(`POST /channels/${desk.discord.general}/threads`, { name: "talk", type: 11 });

  assert.deepEqual(
    desk.discord.messages(desk.discord.general).map(({ type, content }) => [type, content]),
    [
      [0, "who?"],
      [18, "talk"],
    ],
  );
});

test("a post in a forum begins with its message, which has the post's id", async () => {
  await using desk = await openDesk();
  const forum = desk.discord.addChannel("forum", { kind: "forum" });

  const hers = desk.alice.post(forum, "Mercury", "Which one?");
  const { body } = await desk.call(`POST /channels/${forum}/threads`, {
    name: "Venus",
    message: { content: "A planet." },
  });

  assert.equal(hers.channel, hers.id);
  assert.equal(desk.discord.channel(hers.id).text(), "alice: Which one?");
  assert.equal((body["message"] as Fields)["id"], body["id"]);
  assert.deepEqual(desk.discord.threads(forum), [hers.id, body["id"]]);
});

test("members join and leave, but not an archived thread", async () => {
  await using desk = await openDesk();
  const thread = desk.alice.startThread("talk", { channel: desk.discord.general });
  const members = `/channels/${thread}/thread-members`;

  const joined = await desk.call(`PUT ${members}/@me`);
  const listed = await desk.call(`GET ${members}`);
  await desk.call(`DELETE ${members}/@me`);
  const absent = await desk.call(`GET ${members}/@me`);
  desk.discord.archive(thread);
  const late = await desk.call(`PUT ${members}/@me`);

  assert.equal(joined.status, 204);
  assert.deepEqual(
    (listed.body as unknown as Fields[]).map((member) => member["user_id"]),
    [desk.alice.id, desk.discord.app.id],
  );
  assert.equal(absent.body["code"], 10007);
  assert.equal(late.body["code"], 50083);
});

test("discord.js hears of threads, and of the message they are made from as if it had changed", async () => {
  await using desk = await openDesk();
  const { discord, alice } = desk;
  await using client = await startClient(discord);
  const heard: string[] = [];
  client.on(Events.ThreadCreate, ({ name }) => void heard.push(`created ${name}`));
  client.on(Events.ThreadUpdate, (_, { archived }) => void heard.push(`archived ${archived}`));
  client.on(
    Events.MessageUpdate,
    (_, { content, editedAt }) => void heard.push(`updated ${content} ${String(editedAt)}`),
  );
  client.on(Events.ThreadDelete, ({ name }) => void heard.push(`deleted ${name}`));
  const question = alice.say(discord.general, "why?");

  const thread = alice.startThread("talk", { message: question });
  discord.archive(thread);
  discord.deleteChannel(thread);
  await discord.until(() => heard.length === 5);

  assert.deepEqual(heard, ["created talk", "updated why? null", "archived true", "deleted talk", "updated why? null"]);
});

test("a message whose thread is deleted may have another", async () => {
  await using desk = await openDesk();
  const first = await desk.fromMessage({ name: "one" });
  desk.discord.deleteChannel(String(first.body["id"]));

  const second = await desk.fromMessage({ name: "two" });

  assert.equal(second.status, 200);
  assert.equal(desk.discord.nameOf(desk.question.id), "two");
});
