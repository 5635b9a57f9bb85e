import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { test } from "node:test";
import { callSlack } from "./call-slack.ts";
import type { Fields } from "./entities.ts";
import { startFakeSlack, type FakeSlackOptions } from "./start-fake-slack.ts";

interface Told {
  readonly team_id: string;
  readonly event_id: string;
  readonly is_ext_shared_channel: boolean;
  readonly event: Fields;
}

/** A Slack whose app acks whatever it is told, and writes it down. */
async function startWitness(options: FakeSlackOptions = {}) {
  const slack = await startFakeSlack(options);
  const told: Told[] = [];
  const server = createServer((incoming, reply) => {
    json(incoming).then(
      (body) => {
        told.push(body as Told);
        return reply.end();
      },
      () => reply.destroy(),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  slack.useHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await slack.close();
  };
  return { slack, told, alice: slack.addPerson("alice"), [Symbol.asyncDispose]: close };
}

test("a mention is told as a message and as a mention, each with an id of its own", async () => {
  await using desk = await startWitness();

  await desk.alice.mention(desk.slack.general, "who?");

  assert.deepEqual(
    desk.told.map(({ event }) => [event["type"], event["text"]]),
    [
      ["message", "<@UBOT0LIBRARY> who?"],
      ["app_mention", "<@UBOT0LIBRARY> who?"],
    ],
  );
  assert.equal(new Set(desk.told.map(({ event_id: id }) => id)).size, 2);
  assert.equal(new Set(desk.told.map(({ event }) => event["ts"])).size, 1);
});

test("a mention in direct messages is told as a message alone", async () => {
  await using desk = await startWitness();

  await desk.alice.dm("<@UBOT0LIBRARY> who?");

  assert.deepEqual(
    desk.told.map(({ event }) => [event["type"], event["channel_type"]]),
    [["message", "im"]],
  );
});

test("nothing is told of a channel without the bot, nor of what the app did not subscribe to", async () => {
  await using desk = await startWitness({ events: ["message.im"] });
  const lounge = desk.slack.addChannel("lounge", { members: [desk.alice], withoutBot: true });

  await desk.alice.mention(lounge, "who?");
  await desk.alice.mention(desk.slack.general, "who?");

  assert.deepEqual(desk.told, []);
});

test("what people type is escaped, and addresses are marked", async () => {
  await using desk = await startWitness();

  await desk.alice.say(desk.slack.general, "is 1 < 2 & why? https://example.invalid/a");

  assert.equal(desk.told[0]?.event["text"], "is 1 &lt; 2 &amp; why? <https://example.invalid/a>");
});

test("an edit is told with the message before and after", async () => {
  await using desk = await startWitness();
  const sent = await desk.alice.say(desk.slack.general, "teh");

  await desk.alice.edit(sent, "the");

  const { event } = desk.told[1]!;
  assert.equal(event["subtype"], "message_changed");
  assert.equal((event["message"] as Fields)["text"], "the");
  assert.equal((event["message"] as Fields)["ts"], sent.ts);
  assert.equal((event["previous_message"] as Fields)["text"], "teh");
  assert.equal(desk.slack.channel(desk.slack.general).text(), "alice: the (edited)");
});

test("a deleted message is told as deleted, and as a tombstone when it has replies", async () => {
  await using desk = await startWitness();
  const alone = await desk.alice.say(desk.slack.general, "one");
  const parent = await desk.alice.say(desk.slack.general, "two");
  await desk.alice.say(desk.slack.general, "reply", { thread: parent.ts });

  await desk.alice.delete(alone);
  await desk.alice.delete(parent);

  const [deleted = {}, buried = {}] = desk.told.slice(3).map(({ event }) => event);
  assert.equal(deleted["subtype"], "message_deleted");
  assert.equal(deleted["deleted_ts"], alone.ts);
  assert.equal(buried["subtype"], "message_changed");
  assert.equal((buried["message"] as Fields)["subtype"], "tombstone");
  assert.equal((buried["previous_message"] as Fields)["text"], "two");
});

test("the bot hears its own messages too, marked as a bot's", async () => {
  await using desk = await startWitness();

  await callSlack(desk.slack.apiUrl, desk.slack.botToken, "chat.postMessage", {
    channel: desk.slack.general,
    text: "hi",
  });
  await desk.alice.say(desk.slack.general, "hi");

  const own = desk.told.find(({ event }) => event["user"] === desk.slack.botUser)?.event;
  assert.equal(own?.["bot_id"], "B0LIBRARY");
  assert.equal(own?.["app_id"], "A0FOOTNOTE");
});

test("other bots, joins and topics are told as such", async () => {
  await using desk = await startWitness();
  const robot = desk.slack.addBot("robot");

  await robot.mention(desk.slack.general, "beep");
  await desk.alice.join(desk.slack.general);
  await desk.alice.setTopic(desk.slack.general, "books");

  assert.deepEqual(
    desk.told.map(({ event }) => [event["type"], event["bot_id"], event["subtype"]]),
    [
      ["message", "B0ROBOT", undefined],
      ["app_mention", "B0ROBOT", undefined],
      ["message", undefined, "channel_join"],
      ["message", undefined, "channel_topic"],
    ],
  );
});

test("in a shared channel a person of another team speaks with their own team", async () => {
  await using desk = await startWitness();
  const partner = desk.slack.addTeam("Partner", { isInstalled: false });
  const bob = desk.slack.addPerson("bob", { team: partner.id });
  const shared = desk.slack.addChannel("shared", { sharedWith: [partner.id], members: [desk.alice, bob] });

  await bob.mention(shared, "who?");

  const { team_id: team, is_ext_shared_channel: isShared, event } = desk.told[0]!;
  assert.deepEqual([team, isShared, event["team"], event["user_team"]], ["T0LIBRARY", true, "T0PARTNER", "T0PARTNER"]);
});

test("an app that is uninstalled is told so, and its token is dead", async () => {
  await using desk = await startWitness();

  await desk.slack.uninstall(desk.slack.team);
  const reply = await callSlack(desk.slack.apiUrl, desk.slack.botToken, "auth.test");

  assert.deepEqual(
    desk.told.map(({ event }) => event["type"]),
    ["tokens_revoked", "app_uninstalled"],
  );
  assert.equal(reply["error"], "account_inactive");
});
