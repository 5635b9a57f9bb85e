import assert from "node:assert/strict";
import { test } from "node:test";
import { App, LogLevel } from "@slack/bolt";
import type { FakeSlack } from "./fake-slack.ts";
import { startFakeSlack } from "./start-fake-slack.ts";

interface Listener extends AsyncDisposable {
  /** Ids of the events heard, in order. */
  readonly heard: readonly string[];
  readonly app: App;
}

/** Bolt in Socket Mode, replying "You said: …" in the thread of whatever mentions it. */
async function startEcho(slack: FakeSlack): Promise<Listener> {
  const heard: string[] = [];
  const app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  app.event("app_mention", async ({ event, body, say }) => {
    heard.push(body.event_id);
    await say({ thread_ts: event.thread_ts ?? event.ts, text: `You said: ${event.text}` });
  });
  await app.start();
  return { app, heard, [Symbol.asyncDispose]: async () => void (await app.stop()) };
}

/** An app's end of Socket Mode that acks nothing by itself. */
async function connect(slack: FakeSlack): Promise<{ readonly received: readonly Envelope[] }> {
  const response = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: "POST",
    headers: { authorization: `Bearer ${slack.appToken}` },
  });
  const { url } = (await response.json()) as { url: string };
  const socket = new WebSocket(url);
  const received: Envelope[] = [];
  const { promise: greeted, resolve: greet } = Promise.withResolvers<void>();
  socket.addEventListener("message", ({ data }) => {
    received.push(JSON.parse(String(data)) as Envelope);
    greet();
  });
  await greeted;
  return { received };
}

interface Envelope {
  readonly envelope_id: string;
  readonly type: string;
  readonly reason?: string;
  readonly retry_attempt?: number;
  readonly retry_reason?: string;
  readonly payload: { readonly event_id: string };
}

test("Bolt in Socket Mode hears a mention and replies in its thread", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  await using _ = await startEcho(slack);

  const sent = await alice.mention(slack.general, "fish & chips");
  const thread = slack.thread(slack.general, sent.thread);
  await slack.until(() => thread.entries().length === 2);

  assert.equal(sent.isAcked, true);
  assert.equal(thread.text(), "alice: @Footnote fish & chips\nFootnote: You said: @Footnote fish & chips");
  assert.deepEqual(slack.faults, []);
});

test("an address for a connection works once", async () => {
  await using slack = await startFakeSlack();
  const url = slack.socket.openConnection();
  const open = async () => {
    const socket = new WebSocket(url);
    return new Promise((resolve) => {
      socket.addEventListener("message", () => resolve("hello"));
      socket.addEventListener("error", () => resolve("refused"));
    });
  };

  assert.equal(await open(), "hello");
  assert.equal(await open(), "refused");
});

test("an event that is not acked comes again at once, after a minute and after five, then no more", async () => {
  await using slack = await startFakeSlack({ events: ["app_mention"] });
  const alice = slack.addPerson("alice");
  const { received } = await connect(slack);

  const sending = alice.mention(slack.general, "anybody there?");
  await slack.clock.advance(3000);
  await slack.clock.advance(3000 + 60_000);
  await slack.clock.advance(3000 + 300_000);
  await slack.clock.advance(3000);
  const sent = await sending;
  await slack.until(() => received.length === 5);

  assert.equal(sent.isAcked, false);
  assert.deepEqual(
    received.slice(1).map(({ retry_attempt: attempt, retry_reason: reason }) => [attempt, reason]),
    [
      [0, ""],
      [1, "timeout"],
      [2, "timeout"],
      [3, "timeout"],
    ],
  );
  assert.equal(new Set(received.slice(1).map(({ payload }) => payload.event_id)).size, 1);
});

test("an event whose connection breaks before the ack is handed to the next connection", async () => {
  await using slack = await startFakeSlack({ events: ["app_mention"] });
  const alice = slack.addPerson("alice");
  await connect(slack);

  const sending = alice.mention(slack.general, "hello?");
  slack.socket.connections[0]?.drop();
  await using echo = await startEcho(slack);
  const sent = await sending;

  assert.equal(sent.isAcked, true);
  assert.equal(echo.heard.length, 1);
});

test("what happens while nobody is connected is told when somebody connects", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");

  const sending = alice.mention(slack.general, "good morning");
  await using echo = await startEcho(slack);
  await sending;

  assert.equal(echo.heard.length, 1);
});

test("with two connections an event goes to one of them, and to both when it is duplicated", async () => {
  await using slack = await startFakeSlack({ events: ["app_mention"] });
  const alice = slack.addPerson("alice");
  await using one = await startEcho(slack);
  await using two = await startEcho(slack);

  const sent = await alice.mention(slack.general, "hello");
  const heardOnce = [...one.heard, ...two.heard];
  slack.duplicate(sent.deliveries[0]!);
  await slack.until(() => one.heard.length + two.heard.length === 3);

  assert.equal(heardOnce.length, 1);
  assert.equal(new Set([...one.heard, ...two.heard]).size, 1);
});

test("a connection is told when it is to be given up, and closed after a while", async () => {
  await using slack = await startFakeSlack();
  const { received } = await connect(slack);

  slack.socket.connections[0]?.warn();
  slack.socket.connections[0]?.refresh();
  await slack.clock.advance(10_000);
  await slack.until(() => slack.socket.connections.length === 0);

  assert.deepEqual(
    received.map(({ type, reason }) => [type, reason]),
    [
      ["hello", undefined],
      ["disconnect", "warning"],
      ["disconnect", "refresh_requested"],
    ],
  );
});

test("a redelivered event carries the same id, and says that it is a retry when it is marked as one", async () => {
  await using slack = await startFakeSlack({ events: ["app_mention"] });
  const alice = slack.addPerson("alice");
  await using echo = await startEcho(slack);
  const sent = await alice.mention(slack.general, "hello");

  await slack.redeliver(sent.deliveries[0]!);
  await slack.redeliver(sent.deliveries[0]!, { num: 1, reason: "timeout" });

  assert.equal(echo.heard.length, 3);
  assert.equal(new Set(echo.heard).size, 1);
});
