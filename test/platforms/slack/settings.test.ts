import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { readChannelSettings, saveChannelSettings } from "../../../src/platforms/slack/channel-settings.ts";
import { type SlackFootnoteOptions, startSlackFootnote } from "./slack-footnote.ts";

const ADMINS: SlackFootnoteOptions = { admins: ["slack:U0ALICE"] };

/** What the modal's form says. */
function chosen(...options: readonly string[]) {
  const selected = options.map((value) => ({ value }));
  return { mention_only: { mention_only: { type: "checkboxes", selected_options: selected } } };
}

for (const mode of ["Socket Mode", "HTTP mode"] as const) {
  test(`/wiki settings lets an admin choose mentions only for a channel in ${mode}`, async (t) => {
    const { slack, alice, store } = await startSlackFootnote(t, { ...ADMINS, mode });

    const command = await alice.slash(slack.general, "/wiki", "settings");
    const opened = alice.views();
    const submitted = await alice.submit(chosen("mention_only"));

    assert.deepEqual([command.isAcked, submitted.isAcked], [true, true]);
    assert.deepEqual(opened, [
      `What I listen to in #${slack.general}\nFollow-up questions: [ ] Only when I am mentioned`,
    ]);
    assert.deepEqual(alice.views(), [`Saved. In #${slack.general} I answer only when I am mentioned.`]);
    assert.deepEqual(await readChannelSettings(store, slack.team, slack.general), { mentionOnly: true });
    assert.deepEqual(slack.channel(slack.general).entries({ as: alice.id }), []);
    assert.deepEqual(slack.faults, []);
  });
}

describe("/wiki settings", () => {
  test("shows what is set, and takes it back", async (t) => {
    const { slack, alice, store } = await startSlackFootnote(t, ADMINS);
    await saveChannelSettings(store, slack.team, slack.general, { mentionOnly: true }, "slack:U0CAROL");

    await alice.slash(slack.general, "/wiki", "Settings");
    const opened = alice.views();
    await alice.submit(chosen());

    assert.match(opened[0] ?? "", /\[x\] Only when I am mentioned/);
    assert.deepEqual(alice.views(), [`Saved. In #${slack.general} follow-up questions need no mention.`]);
    assert.deepEqual(await readChannelSettings(store, slack.team, slack.general), { mentionOnly: false });
    assert.deepEqual(slack.faults, []);
  });

  test("takes effect: a follow-up without a mention is not answered", async (t) => {
    const { slack, alice, seen, asked } = await startSlackFootnote(t, ADMINS);
    await alice.slash(slack.general, "/wiki", "settings");
    await alice.submit(chosen("mention_only"));
    const { thread } = await alice.mention(slack.general, "how long does a day last on Mercury?");
    await seen(thread, 2);

    await alice.say(slack.general, "and how long is its year?", { thread });
    await seen(thread, 3);

    assert.equal(asked.length, 1);
    assert.deepEqual(slack.faults, []);
  });

  test("is for admins of the workspace, too", async (t) => {
    const { slack } = await startSlackFootnote(t);
    const carol = slack.addPerson("carol", { isAdmin: true });

    await carol.slash(slack.general, "/wiki", "settings");

    assert.equal(carol.views().length, 1);
  });

  test("is refused to others", async (t) => {
    const { slack, alice } = await startSlackFootnote(t);

    await alice.slash(slack.general, "/wiki", "settings");

    assert.deepEqual(slack.channel(slack.general).entries({ as: alice.id }), [
      "Footnote (only for alice): Only admins can do that.",
    ]);
    assert.deepEqual(alice.views(), []);
    assert.deepEqual(slack.faults, []);
  });

  test("has nothing to set in direct messages", async (t) => {
    const { slack, alice } = await startSlackFootnote(t, ADMINS);

    await alice.slash(alice.direct, "/wiki", "settings");

    assert.match(slack.channel(alice.direct).text({ as: alice.id }), /There is nothing to set in direct messages/);
    assert.deepEqual(alice.views(), []);
  });

  test("that cannot be saved say so, and stay open", async (t) => {
    const store = {
      saveSettings: async () => {
        throw new Failure("store-unavailable", "the database is away");
      },
    };
    const { slack, alice } = await startSlackFootnote(t, { ...ADMINS, store });
    await alice.slash(slack.general, "/wiki", "settings");

    const { deliveries, isAcked } = await alice.submit(chosen("mention_only"));

    assert.equal(isAcked, true);
    assert.deepEqual(deliveries[0]?.outcomes, [
      {
        isAcked: true,
        body: {
          response_action: "errors",
          errors: { mention_only: "My database can't be reached just now. Please try again in a little while." },
        },
      },
    ]);
    assert.equal(alice.views().length, 1);
  });

  test("that cannot be read say so", async (t) => {
    const store = {
      settings: async () => {
        throw new Failure("store-unavailable", "the database is away");
      },
    };
    const { slack, alice } = await startSlackFootnote(t, { ...ADMINS, store });

    const { isAcked } = await alice.slash(slack.general, "/wiki", "settings");

    assert.equal(isAcked, true);
    assert.match(slack.channel(slack.general).text({ as: alice.id }), /My database can't be reached just now/);
    assert.deepEqual(slack.faults, []);
  });
});
