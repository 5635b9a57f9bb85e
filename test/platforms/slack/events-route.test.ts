import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "node:test";
import { createEventsRoute } from "../../../src/platforms/slack/events-route.ts";
import type { Deliver } from "../../../src/platforms/slack/receiver.ts";
import { silentLog } from "../../fakes/log.ts";

const SECRET = "a signing secret";
const COMMAND = { command: "/wiki", text: "who was Ada & Charles?" };

function post(body: string, deliver: Deliver, { secret = SECRET } = {}): Promise<Response> {
  const { handle } = createEventsRoute({ signingSecret: SECRET, isOpen: () => true, deliver, log: silentLog });
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`,
  };
  return handle(new Request("http://127.0.0.1/slack/events", { method: "POST", body, headers }));
}

/** A Footnote that acks so, and keeps what it was told. */
function acking(said?: unknown) {
  const heard: unknown[] = [];
  const deliver: Deliver = async ({ body }, ack) => {
    heard.push(body);
    await ack(said);
  };
  return { heard, deliver };
}

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

describe("a form that Slack posts", () => {
  test("is a command by its fields", async () => {
    const { heard, deliver } = acking();

    const response = await post(form(COMMAND), deliver);

    assert.equal(response.status, 200);
    assert.equal(await response.text(), "");
    assert.deepEqual(heard, [COMMAND]);
  });

  test("is anything else by its payload", async () => {
    const { heard, deliver } = acking();

    const response = await post(form({ payload: `{"type":"block_actions","n":1}` }), deliver);

    assert.equal(response.status, 200);
    assert.deepEqual(heard, [{ type: "block_actions", n: 1 }]);
  });

  test("is answered with what the ack says, as text or JSON", async () => {
    const text = await post(form(COMMAND), acking("Looking…").deliver);
    const json = await post(form(COMMAND), acking({ response_action: "clear" }).deliver);

    assert.equal(await text.text(), "Looking…");
    assert.match(json.headers.get("content-type") ?? "", /^application\/json/);
    assert.deepEqual(await json.json(), { response_action: "clear" });
  });

  test("is answered once it is acked, whatever is done after it", async () => {
    const response = await post(form(COMMAND), async (_, ack) => {
      await ack("Looking…");
      await new Promise(() => {});
    });

    assert.equal(response.status, 200);
  });

  test("is not acked when nobody could take it", async () => {
    const response = await post(form(COMMAND), () => Promise.reject(new Error("out of order")));

    assert.equal(response.status, 503);
  });

  for (const body of [form({ payload: "{" }), form({ payload: "{}" }), form({ text: "no command" }), ""]) {
    test(`is refused when it is "${body}"`, async () => {
      const { heard, deliver } = acking();

      const response = await post(body, deliver);

      assert.equal(response.status, 400);
      assert.deepEqual(heard, []);
    });
  }

  test("is refused when somebody else has signed it", async () => {
    const { heard, deliver } = acking();

    const response = await post(form(COMMAND), deliver, { secret: "another secret" });

    assert.equal(response.status, 401);
    assert.deepEqual(heard, []);
  });
});
