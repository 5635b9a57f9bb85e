import assert from "node:assert/strict";
import { test } from "node:test";
import { callSlack } from "./call-slack.ts";
import type { Fields } from "./entities.ts";
import { startFakeSlack } from "./start-fake-slack.ts";

/** A channel, and what the bot does in it. */
async function openChannel() {
  const slack = await startFakeSlack();
  const call = async (method: string, args: Fields) =>
    callSlack(slack.apiUrl, slack.botToken, method, { channel: slack.general, ...args });
  return { slack, call, channel: slack.channel(slack.general), [Symbol.asyncDispose]: () => slack.close() };
}

test("a transcript shows a message as it was at any moment, and its history every version", async () => {
  await using desk = await openChannel();
  const { ts } = await desk.call("chat.postMessage", { text: "one" });
  await desk.slack.clock.advance(1000);
  await desk.call("chat.update", { ts, text: "two" });
  await desk.slack.clock.advance(1000);
  await desk.call("chat.delete", { ts });

  const history = desk.channel.history();
  const moments = history.map(({ at }) => desk.channel.text({ at }));

  assert.deepEqual(moments, ["Footnote: one", "Footnote: two (edited)", ""]);
  assert.deepEqual(
    history.map(({ change, text }) => [change, text]),
    [
      ["posted", "one"],
      ["edited", "two"],
      ["deleted", ""],
    ],
  );
});

test("blocks are read as people see them, footnotes as links", async () => {
  await using desk = await openChannel();
  const blocks = [
    { type: "header", text: { type: "plain_text", text: "Ada" } },
    { type: "markdown", text: "She wrote [1](https://example.invalid/a_(b))." },
    { type: "divider" },
    { type: "section", text: { type: "mrkdwn", text: "*a* &lt; <https://example.invalid|b>" } },
    {
      type: "table",
      rows: [
        [
          { type: "raw_text", text: "x" },
          { type: "raw_text", text: "y" },
        ],
      ],
    },
    { type: "image", image_url: "https://example.invalid/a.png", alt_text: "portrait" },
    { type: "context", elements: [{ type: "mrkdwn", text: "sources" }] },
  ];

  await desk.call("chat.postMessage", { text: "Ada", blocks });

  assert.equal(
    desk.channel.text(),
    "Footnote: Ada\nShe wrote [1](https://example.invalid/a_(b)).\n---\n*a* < [b](https://example.invalid)\nx | y\n(image: portrait)\nsources",
  );
});

test("whom a bot's message would call is kept, in text and in blocks", async () => {
  await using desk = await openChannel();
  const { slack } = desk;

  await desk.call("chat.postMessage", { text: "<!here> <@U0ALICE> user@everyone.invalid" });
  await desk.call("chat.postMessage", { markdown_text: "hello @everyone and <!subteam^S1>" });

  assert.deepEqual(
    slack.world.pings.map(({ ping }) => ping),
    ["<!here>", "<@U0ALICE>", "@everyone", "<!subteam^S1>"],
  );
});

test("a channel shows no replies, and a thread nothing else", async () => {
  await using desk = await openChannel();
  const { ts } = await desk.call("chat.postMessage", { text: "one" });
  await desk.call("chat.postMessage", { text: "reply", thread_ts: ts });
  await desk.call("chat.postMessage", { text: "two" });

  assert.deepEqual(desk.channel.entries(), ["Footnote: one", "Footnote: two"]);
  assert.deepEqual(desk.slack.thread(desk.slack.general, ts as string).entries(), ["Footnote: one", "Footnote: reply"]);
});
