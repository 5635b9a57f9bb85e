import assert from "node:assert/strict";
import { test } from "node:test";
import { App, LogLevel, type BlockAction, type ButtonAction } from "@slack/bolt";
import { callSlack } from "./call-slack.ts";
import type { FakeSlack } from "./fake-slack.ts";
import { startFakeSlack } from "./start-fake-slack.ts";

/** Bolt in Socket Mode with what `listen` adds. */
async function startApp(slack: FakeSlack, listen: (app: App) => void): Promise<AsyncDisposable> {
  const app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  listen(app);
  await app.start();
  return { [Symbol.asyncDispose]: async () => void (await app.stop()) };
}

const CHOICE = [
  {
    type: "actions",
    elements: [
      { type: "button", action_id: "choose", text: { type: "plain_text", text: "Planet" }, value: "planet" },
      { type: "button", action_id: "choose2", text: { type: "plain_text", text: "Metal" }, value: "metal" },
    ],
  },
];
const FEEDBACK = [
  {
    type: "context_actions",
    elements: [
      {
        type: "feedback_buttons",
        action_id: "judge",
        positive_button: { text: { type: "plain_text", text: "Good" }, value: "good" },
        negative_button: { text: { type: "plain_text", text: "Bad" }, value: "bad" },
      },
    ],
  },
];

const say = (url: string, body: object) => fetch(url, { method: "POST", body: JSON.stringify(body) });

const post = (slack: FakeSlack, blocks: object[]) =>
  callSlack(slack.apiUrl, slack.botToken, "chat.postMessage", { channel: slack.general, text: "choose", blocks });

test("a slash command can be answered to everybody or to the asker through its response_url", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  await using _ = await startApp(slack, (app) => {
    app.command("/wiki", async ({ ack, respond }) => {
      await ack();
      await respond({ text: "for all", response_type: "in_channel" });
      await respond("for you");
    });
  });

  await alice.slash(slack.general, "/wiki", "Ada");
  const channel = slack.channel(slack.general);
  await slack.until(() => channel.entries({ as: alice.id }).length === 2);

  assert.deepEqual(channel.entries(), ["Footnote: for all"]);
  assert.deepEqual(channel.entries({ as: alice.id }), ["Footnote: for all", "Footnote (only for alice): for you"]);
  assert.deepEqual(slack.faults, []);
});

test("a click tells which button it was, and its response_url replaces the message", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  const { ts } = await post(slack, CHOICE);
  const before = slack.channel(slack.general).text();
  await using _ = await startApp(slack, (app) => {
    app.action<BlockAction<ButtonAction>>("choose2", async ({ ack, action, respond }) => {
      await ack();
      await respond({ replace_original: true, text: `You chose ${action.value}` });
    });
  });

  await alice.click({ channel: slack.general, ts: ts as string }, "choose2");
  await slack.until(() => slack.channel(slack.general).text() === "Footnote: You chose metal");

  assert.equal(before, "Footnote: [Planet] [Metal]");
  assert.deepEqual(slack.faults, []);
});

test("feedback is told by its value", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  const { ts } = await post(slack, FEEDBACK);
  const judged: unknown[] = [];
  await using _ = await startApp(slack, (app) => {
    app.action("judge", async ({ ack, action }) => {
      judged.push(action);
      await ack();
    });
  });

  await alice.click({ channel: slack.general, ts: ts as string }, "judge", "bad");

  const [{ type, action_id, value }] = judged as [{ type: string; action_id: string; value: string }];
  assert.deepEqual({ type, action_id, value }, { type: "feedback_buttons", action_id: "judge", value: "bad" });
});

test("a button that is not there cannot be pressed", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  const { ts } = await post(slack, CHOICE);

  assert.throws(() => alice.click({ channel: slack.general, ts: ts as string }, "gone"), /no button gone/);
});

test("a response_url takes five posts in half an hour, and no markdown_text", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  const urls: string[] = [];
  await using _ = await startApp(slack, (app) => {
    app.command("/wiki", async ({ ack, command }) => {
      urls.push(command.response_url);
      await ack();
    });
  });
  await alice.slash(slack.general, "/wiki");
  await alice.slash(slack.general, "/wiki");
  const [first, second] = urls as [string, string];

  const markdown = await say(first, { markdown_text: "x" });
  await Promise.all(Array.from({ length: 5 }, () => say(first, { text: "x" })));
  const sixth = await say(first, { text: "x" });
  await slack.clock.advance(30 * 60_000 + 1000);
  const late = await say(second, { text: "x" });

  assert.equal(markdown.status, 400);
  assert.deepEqual(await sixth.json(), { ok: false, error: "used_url" });
  assert.deepEqual(await late.json(), { ok: false, error: "expired_url" });
});

test("a shortcut hands over its message", async () => {
  await using slack = await startFakeSlack({ events: [] });
  const alice = slack.addPerson("alice");
  const texts: unknown[] = [];
  await using _ = await startApp(slack, (app) => {
    app.shortcut("look_it_up", async ({ ack, shortcut }) => {
      texts.push(shortcut.type === "message_action" ? shortcut.message.text : undefined);
      await ack();
    });
  });
  const message = await alice.say(slack.general, "tardigrades survive in space");

  await alice.shortcut(message, "look_it_up");

  assert.deepEqual(texts, ["tardigrades survive in space"]);
});

test("a modal opens by the trigger of a click, once and within three seconds, and closes when it is submitted", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  const triggers: string[] = [];
  await using _ = await startApp(slack, (app) => {
    app.command("/wiki", async ({ ack, body }) => {
      triggers.push(body.trigger_id);
      await ack();
    });
    app.view("settings", async ({ ack }) => ack());
  });
  const view = {
    type: "modal",
    callback_id: "settings",
    title: { type: "plain_text", text: "Settings" },
    blocks: [{ type: "section", text: { type: "plain_text", text: "Mentions only?" } }],
  };
  const open = (trigger_id: string | undefined) =>
    callSlack(slack.apiUrl, slack.botToken, "views.open", { view, trigger_id });
  await alice.slash(slack.general, "/wiki");
  await alice.slash(slack.general, "/wiki");

  const opened = await open(triggers[0]);
  const seen = alice.views();
  const again = await open(triggers[0]);
  await slack.clock.advance(3001);
  const late = await open(triggers[1]);
  await alice.submit();

  assert.equal(opened["ok"], true);
  assert.deepEqual(seen, ["Mentions only?"]);
  assert.equal(again["error"], "exchanged_trigger_id");
  assert.equal(late["error"], "expired_trigger_id");
  assert.deepEqual(alice.views(), []);
});

test("opening the messages tab is told to the app", async () => {
  await using slack = await startFakeSlack();
  const alice = slack.addPerson("alice");
  const tabs: unknown[] = [];
  await using _ = await startApp(slack, (app) => {
    app.event("app_home_opened", async ({ event }) => void tabs.push([event.tab, event.channel]));
  });

  await alice.openMessagesTab();

  assert.deepEqual(tabs, [["messages", alice.direct]]);
});
