import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { until } from "../../support/until.ts";
import type { FakeSlack } from "./fake-slack.ts";
import { startFakeSlack } from "./start-fake-slack.ts";

/** Bolt over HTTP, replying "You said: …" in the thread of whatever mentions it. */
async function startEcho(slack: FakeSlack) {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    token: slack.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  app.event("app_mention", async ({ event, say }) => {
    await say({ thread_ts: event.thread_ts ?? event.ts, text: `You said: ${event.text}` });
  });
  app.command("/wiki", async ({ command, ack }) => ack(`Looking up ${command.text}`));
  const server = await receiver.start(0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/slack/events`;
  return { url, [Symbol.asyncDispose]: async () => receiver.stop() };
}

/** A request URL that does as it is told. */
async function startListener(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}/`, [Symbol.asyncDispose]: close };
}

test("Bolt over HTTP passes the challenge, hears a mention and replies in its thread", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  await using echo = await startEcho(slack);
  const http = slack.useHttp(echo.url);

  const isAccepted = await http.verify();
  const sent = await alice.mention(slack.general, "hello");
  const thread = slack.thread(slack.general, sent.thread);
  await slack.until(() => thread.entries().length === 2);

  assert.equal(isAccepted, true);
  assert.equal(sent.isAcked, true);
  assert.equal(thread.text(), "alice: @Footnote hello\nFootnote: You said: @Footnote hello");
  assert.deepEqual(slack.faults, []);
});

test("Bolt over HTTP refuses a wrong signature, a stale timestamp and none", async () => {
  await using slack = await startFakeSlack();
  await using echo = await startEcho(slack);
  const http = slack.useHttp(echo.url);
  const payload = { type: "event_callback", event: { type: "app_mention" } };

  assert.equal(await http.forge(payload, "bad-signature"), 401);
  assert.equal(await http.forge(payload, "stale"), 401);
  assert.equal(await http.forge(payload, "unsigned"), 401);
});

test("a slash command over HTTP shows what the app acks it with", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  await using echo = await startEcho(slack);
  slack.useHttp(echo.url);

  await alice.slash(slack.general, "/wiki", "Ada Lovelace");

  assert.equal(
    slack.channel(slack.general).text({ as: alice.id }),
    "Footnote (only for alice): Looking up Ada Lovelace",
  );
});

test("an event the app answers with an error comes again, marked with its number and reason", async () => {
  await using slack = await startFakeSlack({ events: ["app_mention"] });
  const alice = slack.addPerson("alice");
  const seen: IncomingHttpHeaders[] = [];
  const statuses = [500, 500, 200];
  await using listener = await startListener(({ headers }, reply) => {
    reply.writeHead(statuses[seen.push(headers) - 1]!).end();
  });
  slack.useHttp(listener.url);

  const sending = alice.mention(slack.general, "hello");
  await until(
    async () => seen.length,
    (requests) => requests === 2,
  );
  await slack.clock.advance(60_000);
  const sent = await sending;

  assert.equal(sent.isAcked, true);
  assert.deepEqual(
    seen.map((headers) => [headers["x-slack-retry-num"], headers["x-slack-retry-reason"]]),
    [
      [undefined, undefined],
      ["1", "http_error"],
      ["2", "http_error"],
    ],
  );
});

test("an app that wants no retry gets none", async () => {
  await using slack = await startFakeSlack({ events: ["app_mention"] });
  const alice = slack.addPerson("alice");
  let requests = 0;
  await using listener = await startListener((_, reply) => {
    requests += 1;
    reply.writeHead(500, { "x-slack-no-retry": "1" }).end();
  });
  slack.useHttp(listener.url);

  const sent = await alice.mention(slack.general, "hello");

  assert.equal(sent.isAcked, false);
  assert.equal(requests, 1);
});

test("a request the app lets hang for three seconds counts as timed out", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  await using listener = await startListener(() => arrive());
  slack.useHttp(listener.url);

  const sending = alice.slash(slack.general, "/wiki");
  await arrived;
  await slack.clock.advance(3000);
  await sending;

  assert.deepEqual(slack.faults, [{ method: "/wiki", error: "operation_timeout", detail: "http_timeout" }]);
});

test("a request URL nobody listens on is a failed connection", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  slack.useHttp("http://127.0.0.1:1/");

  await alice.slash(slack.general, "/wiki");

  assert.deepEqual(slack.faults, [{ method: "/wiki", error: "operation_timeout", detail: "connection_failed" }]);
});
