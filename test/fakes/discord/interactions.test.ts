import assert from "node:assert/strict";
import { test } from "node:test";
import { callDiscord, fieldErrors } from "./call-discord.ts";
import type { Fields } from "./entities.ts";
import { openInteractionDesk, say } from "./interaction-desk.ts";

test("a command comes with its channel, member, locales and owners", async () => {
  await using desk = await openInteractionDesk();

  const asking = desk.ask();
  const event = await desk.told();
  await desk.respond(event, say("hi"));
  const invoked = await asking;

  const { data } = event;
  assert.deepEqual((data["data"] as Fields)["options"], [
    { type: 1, name: "ask", options: [{ type: 3, name: "question", value: "who?" }] },
  ]);
  assert.equal((data["channel"] as Fields)["id"], desk.discord.general);
  assert.equal(((data["member"] as Fields)["user"] as Fields)["id"], desk.alice.id);
  assert.deepEqual([data["locale"], data["guild_locale"], data["context"]], ["de", "en-US", 0]);
  assert.deepEqual(data["authorizing_integration_owners"], { "0": desk.discord.guild });
  assert.equal(invoked.isAnswered, true);
  assert.deepEqual(desk.seen(), ["Footnote: hi"]);
});

test("a response after three seconds comes too late, and people see that there was none", async () => {
  await using desk = await openInteractionDesk();

  const asking = desk.ask();
  const event = await desk.told();
  await desk.discord.clock.advance(3001);
  const invoked = await asking;
  const late = await desk.respond(event, say("hi"));

  assert.equal(invoked.isAnswered, false);
  assert.deepEqual([late.status, late.body["code"]], [404, 10062]);
  assert.deepEqual(desk.seen(), []);
  assert.deepEqual(
    desk.discord.faults.map(({ route, code }) => [route, code]),
    [
      ["interaction", 10062],
      ["POST /interactions/:id/:token/callback", 10062],
    ],
  );
});

test("an interaction is responded to once", async () => {
  await using desk = await openInteractionDesk();
  const asking = desk.ask();
  const event = await desk.told();

  const first = await desk.respond(event, say("hi"));
  const second = await desk.respond(event, say("again"));
  await asking;

  assert.deepEqual([first.status, first.body], [204, {}]);
  assert.deepEqual([second.status, second.body["code"]], [400, 40060]);
});

test("the response is told back when that is asked for", async () => {
  await using desk = await openInteractionDesk();
  const asking = desk.ask();

  const { body } = await desk.respond(await desk.told(), say("hi"), "?with_response=true");
  const invoked = await asking;

  assert.equal((body["interaction"] as Fields)["response_message_id"], invoked.reply?.id);
  assert.equal(((body["resource"] as Fields)["message"] as Fields)["content"], "hi");
});

test("a deferral shows that the app thinks, and takes no flag but ephemeral", async () => {
  await using desk = await openInteractionDesk();
  const first = desk.ask();
  const refused = await desk.respond(await desk.told(), { type: 5, data: { flags: 4 } });
  await desk.discord.clock.advance(3001);
  await first;
  const second = desk.ask();
  const event = await desk.told();

  await desk.respond(event, { type: 5, data: { flags: 64 } });
  await second;
  const everybody = desk.seen();
  const thinking = desk.seen(desk.alice.id);
  await desk.webhook("PATCH", event, "/messages/%40original", { content: "here" });

  assert.deepEqual(fieldErrors(refused.body), { "data.flags": "BASE_TYPE_CHOICES" });
  assert.deepEqual(everybody, []);
  assert.deepEqual(thinking, ["Footnote (only for alice): (thinking)"]);
  assert.deepEqual(desk.seen(desk.alice.id), ["Footnote (only for alice): here"]);
});

test("the first follow-up after a deferral takes its place, whatever its flags", async () => {
  await using desk = await openInteractionDesk();
  const asking = desk.ask();
  const event = await desk.told();
  await desk.respond(event, { type: 5 });
  await asking;

  await desk.webhook("POST", event, "", { content: "one", flags: 64 });
  await desk.webhook("POST", event, "", { content: "two", flags: 64 });

  assert.deepEqual(desk.seen(), ["Footnote: one"]);
  assert.deepEqual(desk.seen(desk.alice.id), ["Footnote: one", "Footnote (only for alice): two"]);
});

test("a token lives fifteen minutes", async () => {
  await using desk = await openInteractionDesk();
  const asking = desk.ask();
  const event = await desk.told();
  const early = await desk.webhook("PATCH", event, "/messages/@original", { content: "?" });
  await desk.respond(event, say("hi"));
  await asking;

  await desk.discord.clock.advance(890_000);
  const alive = await desk.webhook("PATCH", event, "/messages/@original", { content: "still" });
  await desk.discord.clock.advance(11_000);
  const dead = await desk.webhook("PATCH", event, "/messages/@original", { content: "gone" });

  assert.equal(early.body["code"], 10015);
  assert.equal(alive.status, 200);
  assert.deepEqual([dead.status, dead.body["code"]], [401, 50027]);
  assert.deepEqual(desk.seen(), ["Footnote: still (edited)"]);
});

test("messages of an interaction are got, edited and deleted by its token alone", async () => {
  await using desk = await openInteractionDesk();
  const asking = desk.ask();
  const event = await desk.told();
  await desk.respond(event, say("secret", 64));
  await asking;
  const { body: followUp } = await desk.webhook("POST", event, "", { content: "more" });
  const mine = desk.alice.say(desk.discord.general, "mine");

  const got = await desk.webhook("GET", event, "/messages/@original");
  const foreign = await desk.webhook("PATCH", event, `/messages/${mine.id}`, { content: "yours" });
  const byBot = await callDiscord(
    desk.discord,
    `GET /channels/${desk.discord.general}/messages/${String(got.body["id"])}`,
  );
  const gone = await desk.webhook("DELETE", event, `/messages/${String(followUp["id"])}`);

  assert.equal(got.body["content"], "secret");
  assert.equal(foreign.body["code"], 10008);
  assert.equal(byBot.body["code"], 10008);
  assert.equal(gone.status, 204);
  assert.deepEqual(desk.seen(), ["alice: mine"]);
});

test("an app that is installed by the user alone follows up five times, and cannot see the channel", async () => {
  await using desk = await openInteractionDesk();
  const elsewhere = desk.discord.addGuild("Elsewhere", { hasBot: false });
  const lobby = desk.discord.addChannel("lobby", { guild: elsewhere });
  desk.discord.addMember(elsewhere, desk.alice);
  const asking = desk.ask(lobby);
  const event = await desk.told();
  await desk.respond(event, say("hi"));
  await asking;

  const codes: unknown[] = [];
  for (const text of ["1", "2", "3", "4", "5", "6"]) {
    const { status, body } = await desk.webhook("POST", event, "", { content: text });
    codes.push(status === 200 ? 200 : body["code"]);
    await desk.discord.clock.advance(5000);
  }
  const direct = await callDiscord(desk.discord, `POST /channels/${lobby}/messages`, { content: "x" });

  assert.deepEqual(event.data["authorizing_integration_owners"], { "1": desk.alice.id });
  assert.deepEqual(codes, [200, 200, 200, 200, 200, 40094]);
  assert.equal(direct.body["code"], 50001);
});

test("mentions in responses call users and nobody else", async () => {
  await using desk = await openInteractionDesk({ permissions: ["MENTION_EVERYONE"] });
  const asking = desk.ask();

  await desk.respond(await desk.told(), say(`<@${desk.alice.id}> @everyone`));
  await asking;

  assert.deepEqual(
    desk.discord.world.pings.map(({ ping }) => ping),
    [`<@${desk.alice.id}>`],
  );
});

test("in a locked thread nothing more is said, not even by a command that was run before", async () => {
  await using desk = await openInteractionDesk();
  const thread = desk.alice.startThread("talk", { channel: desk.discord.general });
  const asking = desk.ask(thread);
  const event = await desk.told();
  await desk.respond(event, { type: 5 });
  await asking;

  desk.discord.archive(thread, { isLocked: true });
  const { body } = await desk.webhook("PATCH", event, "/messages/@original", { content: "late" });

  assert.equal(body["code"], 50083);
});

test("a command works where the bot can see nothing, and says what it may do there", async () => {
  await using desk = await openInteractionDesk();
  desk.discord.deny(desk.discord.general, ["VIEW_CHANNEL"]);
  const asking = desk.ask();
  const event = await desk.told();

  await desk.respond(event, say("hi"));
  await asking;
  const direct = await callDiscord(desk.discord, `POST /channels/${desk.discord.general}/messages`, { content: "x" });

  assert.equal(event.data["app_permissions"], "0");
  assert.equal(direct.body["code"], 50001);
  assert.deepEqual(desk.seen(), ["Footnote: hi"]);
});
