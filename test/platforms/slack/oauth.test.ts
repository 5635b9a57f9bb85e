import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readSettings } from "../../../src/config.ts";
import { Failure } from "../../../src/core/failure.ts";
import type { Log } from "../../../src/core/log.ts";
import { describeParts } from "../../../src/parts.ts";
import { silentLog } from "../../fakes/log.ts";
import type { FakeSlack } from "../../fakes/slack/fake-slack.ts";
import { until } from "../../support/until.ts";
import { install, STATE_SECRET } from "./installing.ts";
import { type Mode, type SlackFootnote, startSlackFootnote } from "./slack-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";
const BY_OAUTH = { stateSecret: STATE_SECRET };
const MODES: readonly Mode[] = ["Socket Mode", "HTTP mode"];

function listen(): { readonly log: Log; readonly errors: object[] } {
  const errors: object[] = [];
  const log: Log = { ...silentLog, error: (fields) => void errors.push(fields), child: () => log };
  return { log, errors };
}

/** Ids of who wrote in the thread, in order. */
function writers(slack: FakeSlack, channel: string, thread: string): string[] {
  return slack.messages(channel, thread).map(({ user }) => user);
}

/** A second workspace, with somebody in it and Footnote installed. */
async function joinedBy(footnote: SlackFootnote, name: string) {
  const { id: team } = footnote.slack.addTeam(name, { isInstalled: false });
  const person = footnote.slack.addPerson(`${name}ist`.toLowerCase(), { team });
  await install(footnote, footnote.slack, person);
  return { team, person, bot: `UBOT${team.slice(1)}` };
}

for (const mode of MODES) {
  describe(`Slack by OAuth in ${mode}`, () => {
    test("waits for installations, and takes no event of a workspace without one", async (t) => {
      const { slack, alice, asked } = await startSlackFootnote(t, { ...BY_OAUTH, mode });

      const question = await alice.mention(slack.general, QUESTION);

      assert.equal(question.isAcked, true);
      assert.equal(asked.length, 0);
      assert.deepEqual(
        slack.calls.filter(({ method }) => method !== "apps.connections.open"),
        [],
      );
    });

    test("answers in every workspace that installs it, each in its own name", async (t) => {
      const footnote = await startSlackFootnote(t, { ...BY_OAUTH, mode });
      const { slack, alice, seen, store } = footnote;
      await install(footnote, slack, alice);
      const archive = await joinedBy(footnote, "Archive");

      const here = await alice.mention(slack.general, QUESTION);
      const there = await archive.person.dm(QUESTION);
      const shown = [await seen(here.thread, 2), await seen(there.thread, 2, archive.person.direct)];
      const { items } = await store.conversations({ limit: 10 });

      assert.match(shown[0] ?? "", /176 Earth days/);
      assert.match(shown[1] ?? "", /176 Earth days/);
      assert.deepEqual(writers(slack, slack.general, here.thread), [alice.id, slack.botUser]);
      assert.deepEqual(writers(slack, archive.person.direct, there.thread), [archive.person.id, archive.bot]);
      assert.deepEqual(
        items.map(({ thread }) => thread).toSorted(),
        [
          `slack:${archive.team}:${archive.person.direct}:${there.thread}`,
          `slack:${slack.team}:${slack.general}:${here.thread}`,
        ].toSorted(),
      );
      assert.deepEqual(slack.faults, []);
    });

    test("is off where it is removed, forgets that workspace, and goes on in another", async (t) => {
      const { log, errors } = listen();
      const footnote = await startSlackFootnote(t, { ...BY_OAUTH, mode, log });
      const { slack, alice, asked, seen, store } = footnote;
      await install(footnote, slack, alice);
      const archive = await joinedBy(footnote, "Archive");

      await slack.uninstall(archive.team);
      const forgotten = await until(
        () => store.installations.get("slack", archive.team),
        (sealed) => sealed === undefined,
      );
      const there = await archive.person.dm(QUESTION);
      const here = await alice.mention(slack.general, QUESTION);
      const shown = await seen(here.thread, 2);

      assert.equal(forgotten, undefined);
      assert.equal(there.isAcked, true);
      assert.equal(asked.length, 1);
      assert.match(shown, /176 Earth days/);
      assert.deepEqual(errors, [{ code: "account_inactive" }]);
      assert.deepEqual(new Set(slack.faults.map(({ error }) => error)), new Set(["account_inactive"]));
    });

    test("is on again where it is installed again, and a late word of its removal changes nothing", async (t) => {
      const footnote = await startSlackFootnote(t, { ...BY_OAUTH, mode });
      const { slack, alice, seen } = footnote;
      await install(footnote, slack, alice);
      await slack.uninstall(slack.team);
      await install(footnote, slack, alice);

      const late = { type: "event_callback", team_id: slack.team, event: { type: "app_uninstalled" }, event_id: "Ev9" };
      const outcome = await slack.redeliver({
        kind: "events_api",
        payload: late,
        outcomes: [],
        done: Promise.resolve({ isAcked: true, body: "" }),
      });
      const { thread } = await alice.mention(slack.general, QUESTION);
      const shown = await seen(thread, 2);

      assert.equal(outcome.isAcked, true);
      assert.match(shown, /176 Earth days/);
    });

    test("acks no event while the database cannot tell whose it is", async (t) => {
      let isAway = true;
      const footnote = await startSlackFootnote(t, { ...BY_OAUTH, mode, slack: { ackMs: 300 } });
      const { slack, alice, store } = footnote;
      await install(footnote, slack, alice);
      const get: typeof store.installations.get = async (...key) => {
        if (!isAway) return store.installations.get(...key);
        isAway = false;
        throw new Failure("store-unavailable", "the database is away");
      };
      const installations = { ...store.installations, get };
      await footnote.platform.stop();
      const restarted = await startSlackFootnote(t, {
        ...BY_OAUTH,
        mode,
        beside: footnote,
        store: { installations },
      });

      const question = await alice.mention(slack.general, QUESTION);
      const shown = await restarted.seen(question.thread, 2);

      assert.equal(question.isAcked, true);
      assert.ok(question.deliveries.flatMap(({ outcomes }) => outcomes).some(({ isAcked }) => !isAcked));
      assert.match(shown, /176 Earth days/);
      assert.equal(restarted.asked.length, 1);
    });

    test("answers once each in a channel of two workspaces that both have it, whoever asks", async (t) => {
      const footnote = await startSlackFootnote(t, { ...BY_OAUTH, mode });
      const { slack, alice, asked, seen } = footnote;
      await install(footnote, slack, alice);
      const archive = await joinedBy(footnote, "Archive");
      const bob = archive.person;
      const joint = slack.addChannel("joint", { sharedWith: [archive.team], members: [alice, bob] });

      const hers = await alice.mention(joint, QUESTION);
      await seen(hers.thread, 2, joint);
      const his = await bob.mention(joint, "and on Venus?");
      await seen(his.thread, 2, joint);
      await bob.say(joint, "and on Earth?", { thread: his.thread });
      await seen(his.thread, 4, joint);
      await bob.say(joint, "and on Mars?", { thread: hers.thread });
      await seen(hers.thread, 4, joint);
      await alice.say(joint, `<@${archive.bot}> and on Jupiter?`);
      await until(
        async () => asked.length,
        (count) => count >= 5,
      );
      await footnote.core.idle();

      assert.deepEqual(writers(slack, joint, hers.thread), [alice.id, slack.botUser, bob.id, slack.botUser]);
      assert.deepEqual(writers(slack, joint, his.thread), [bob.id, archive.bot, bob.id, archive.bot]);
      assert.equal(asked.length, 5);
      assert.deepEqual(slack.faults, []);
    });
  });
}

describe("Slack by OAuth, on two replicas", () => {
  test("answers in a workspace that installed it by way of either, and stops there when it is removed", async (t) => {
    const first = await startSlackFootnote(t, BY_OAUTH);
    const { slack, alice } = first;
    const second = await startSlackFootnote(t, { ...BY_OAUTH, beside: first });
    await install(second, slack, alice);

    const questions = await Promise.all(
      ["one?", "two?", "three?", "four?"].map((text) => alice.mention(slack.general, text)),
    );
    for (const { thread } of questions) {
      await slack.until(() => slack.thread(slack.general, thread).text().includes("176 Earth days"));
    }
    await Promise.all([first.core.idle(), second.core.idle()]);
    await slack.uninstall(slack.team);
    const late = await alice.mention(slack.general, QUESTION);

    assert.equal(first.asked.length + second.asked.length, 4);
    assert.equal(late.isAcked, true);
    assert.equal(slack.thread(slack.general, late.thread).entries().length, 1);
  });
});

describe("Slack by OAuth, with another secret than before,", () => {
  test("says so in the log, takes no question it could not answer, and is healed by installing again", async (t) => {
    const before = await startSlackFootnote(t, BY_OAUTH);
    const { slack, alice } = before;
    await install(before, slack, alice);
    await before.platform.stop();
    const { log, errors } = listen();
    const after = await startSlackFootnote(t, {
      ...BY_OAUTH,
      stateSecret: "another secret of 16 bytes or more",
      beside: before,
      log,
    });

    const lost = await alice.mention(slack.general, QUESTION);
    await install(after, slack, alice);
    const { thread } = await alice.mention(slack.general, QUESTION);
    const shown = await after.seen(thread, 2);

    assert.equal(lost.isAcked, true);
    assert.equal(after.asked.length, 1);
    assert.match(shown, /176 Earth days/);
    assert.equal(errors.length, 1);
    assert.match(String(Object.values(errors[0] ?? {})[0]), /SLACK_STATE_SECRET has changed/);
  });
});

describe("what is printed at the start", () => {
  test("says where workspaces install Footnote, and shows no secret", () => {
    const text = describeParts(
      readSettings({
        WIKI_CONTACT: "ops@example.org",
        SLACK_APP_TOKEN: "xapp-hunter2",
        SLACK_CLIENT_ID: "1.2",
        SLACK_CLIENT_SECRET: "hunter2",
        SLACK_STATE_SECRET: "hunter2hunter2hunter2",
      }),
    );

    assert.match(text, /Slack +Socket Mode, waiting for workspaces to install it at \/slack\/install/);
    assert.doesNotMatch(text, /hunter2/);
  });
});

describe("Slack by OAuth, with a token for Socket Mode that Slack refuses,", () => {
  test("is off as a whole", async (t) => {
    const { log, errors } = listen();
    const { slack, platform } = await startSlackFootnote(t, { ...BY_OAUTH, log });

    slack.setToken(slack.appToken, "token_revoked");
    slack.socket.connections[0]?.drop();
    await until(
      async () => errors.length,
      (count) => count > 0,
    );

    assert.deepEqual(errors, [{ code: "token_revoked" }]);
    await assert.doesNotReject(platform.stop());
  });
});
