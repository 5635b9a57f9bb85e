import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import type { FakeSlack } from "../../fakes/slack/fake-slack.ts";
import type { MessageAt, Person } from "../../fakes/slack/person.ts";
import { answered } from "./answered.ts";
import { type SlackFootnote, type SlackFootnoteOptions, startSlackFootnote } from "./slack-footnote.ts";

const HEADING = /^Footnote \(only for alice\): Footnote in figures\n/;

function seenBy({ id }: Person, { channel, general }: Pick<FakeSlack, "channel" | "general">): string[] {
  return channel(general).entries({ as: id });
}

/** Figures that alice asked for in the general channel, with their chart. */
async function figures(t: TestContext, options: SlackFootnoteOptions = {}) {
  const footnote = await startSlackFootnote(t, options);
  const { slack, alice } = footnote;
  await alice.slash(slack.general, "/wikistats");
  await slack.until(() => seenBy(alice, slack).length === 2);
  const [message] = slack.world.messagesIn(slack.general);
  return { footnote, message: { channel: slack.general, ts: message?.ts ?? "" } };
}

/** Presses the button, and waits until this person sees what comes of it. */
async function clear(by: Person, message: MessageAt, { slack }: SlackFootnote, seen: RegExp): Promise<void> {
  await by.click(message, "clear_cache");
  await slack.until(() => seen.test(seenBy(by, slack).join("\n")));
}

for (const mode of ["Socket Mode", "HTTP mode"] as const) {
  test(`/wikistats shows figures and a chart to whoever asks alone in ${mode}`, async (t) => {
    const { footnote } = await figures(t, { mode });
    const { slack, alice } = footnote;

    const [shown = "", chart = ""] = seenBy(alice, slack);
    assert.match(shown, HEADING);
    assert.match(
      shown,
      /\*Cache\*\nIn memory, without Redis\n42 items, 1\.2M of memory\nHit rate: 75% since the start/,
    );
    assert.match(shown, /\*Database\*\n0 conversations/);
    assert.match(shown, /\*Wiki\*\nWikipedia answers/);
    assert.doesNotMatch(shown, /Clear cache/);
    assert.match(chart, /\(image: Questions a day\. .*none\.\)$/);
    assert.deepEqual(slack.channel(slack.general).entries(), []);
    assert.deepEqual(slack.faults, []);
  });
}

describe("/wikistats", () => {
  test("names the most cited articles, with links", async (t) => {
    const { footnote } = await answered(t);
    const { slack, alice } = footnote;

    await alice.slash(slack.general, "/wikistats");
    await slack.until(() => seenBy(alice, slack).length === 3);

    const shown = seenBy(alice, slack).find((entry) => HEADING.test(entry)) ?? "";
    assert.match(
      shown,
      /\*Most cited in 7 days\*\n\[Mercury \(planet\)\]\(https:\/\/wiki\.example\/[^)]+\), 1 citation/,
    );
    assert.deepEqual(slack.faults, []);
  });

  test("works where Footnote is not, without the chart", async (t) => {
    const { slack, alice } = await startSlackFootnote(t);
    const aside = slack.addChannel("aside", { members: [alice], withoutBot: true });

    await alice.slash(aside, "/wikistats");
    await slack.until(() => slack.faults.length > 0);

    const shown = slack.channel(aside).entries({ as: alice.id });
    assert.equal(shown.length, 1);
    assert.match(shown[0] ?? "", HEADING);
    assert.deepEqual(slack.faults, [{ method: "chat.postEphemeral", error: "not_in_channel", detail: aside }]);
  });
});

describe("the chart of /wikistats", () => {
  test("is a picture that is uploaded whole", async (t) => {
    const { footnote } = await figures(t);

    const [file, ...others] = footnote.slack.files();

    assert.deepEqual(file?.bytes?.subarray(1, 4).toString(), "PNG");
    assert.equal(file?.bytes?.length, file?.length);
    assert.deepEqual(others, []);
  });

  test("is shown once Slack has looked at its file", async (t) => {
    const { slack, alice } = await startSlackFootnote(t);
    slack.fail("chat.postEphemeral", { error: "invalid_blocks" }, 2);

    await alice.slash(slack.general, "/wikistats");
    await slack.until(() => seenBy(alice, slack).length === 2);

    assert.match(seenBy(alice, slack)[1] ?? "", /\(image: Questions a day\./);
  });

  test("keeps no figures waiting", async (t) => {
    const { slack, alice } = await startSlackFootnote(t);
    slack.fail("files.getUploadURLExternal", { hang: "before" });

    await alice.slash(slack.general, "/wikistats");
    await slack.until(() => seenBy(alice, slack).length === 1);

    assert.match(seenBy(alice, slack)[0] ?? "", HEADING);
  });

  test("is left out where files may not be written", async (t) => {
    const { slack, alice } = await startSlackFootnote(t, { slack: { scopes: ["chat:write", "commands"] } });

    await alice.slash(slack.general, "/wikistats");
    await slack.until(() => slack.faults.some(({ method }) => method === "files.getUploadURLExternal"));

    assert.equal(seenBy(alice, slack).length, 1);
    assert.deepEqual(
      slack.faults.map(({ method, error }) => [method, error]),
      [
        ["users.info", "missing_scope"],
        ["users.info", "missing_scope"],
        ["files.getUploadURLExternal", "missing_scope"],
      ],
    );
  });
});

describe("Clear cache", () => {
  test("is offered to admins of Footnote, says how much it cleared, and stays", async (t) => {
    const { footnote, message } = await figures(t, { admins: ["slack:U0ALICE"] });
    const { slack, alice, core } = footnote;
    const offered = seenBy(alice, slack)[0] ?? "";

    await clear(alice, message, footnote, /The cache is cleared/);

    const [shown = "", ...others] = seenBy(alice, slack);
    assert.match(offered, /\n\[Clear cache\]$/);
    assert.match(shown, /Footnote in figures\nThe cache is cleared: 3 entries\.\n\*Cache\*[^]*\[Clear cache\]$/);
    assert.equal(others.length, 1);
    assert.equal(core.cache.cleared(), 1);
    assert.deepEqual(slack.faults, []);
  });

  test("asks before it does", async (t) => {
    const { footnote } = await figures(t, { admins: ["slack:U0ALICE"] });

    const [shown] = footnote.slack.world.messagesIn(footnote.slack.general);

    assert.match(JSON.stringify(shown?.blocks.at(-1)), /"confirm":\{"title":\{[^}]*"Clear the cache\?"/);
  });

  test("is offered to admins of the workspace", async (t) => {
    const { slack, core } = await startSlackFootnote(t);
    const carol = slack.addPerson("carol", { isAdmin: true });

    await carol.slash(slack.general, "/wikistats");
    await slack.until(() => seenBy(carol, slack).length === 2);

    assert.match(seenBy(carol, slack)[0] ?? "", /\n\[Clear cache\]$/);
    assert.equal(core.cache.cleared(), 0);
  });

  test("is not for admins of another workspace", async (t) => {
    const { slack } = await startSlackFootnote(t);
    const partner = slack.addTeam("Archive", { isInstalled: false });
    const stranger = slack.addPerson("stranger", { team: partner.id, isAdmin: true });
    const shared = slack.addChannel("shared", { sharedWith: [partner.id], members: [stranger] });

    await stranger.slash(shared, "/wikistats");
    await slack.until(() => slack.channel(shared).entries({ as: stranger.id }).length === 2);

    assert.doesNotMatch(slack.channel(shared).text({ as: stranger.id }), /Clear cache/);
    assert.deepEqual(slack.faults, []);
  });

  test("is refused to others, whatever they click", async (t) => {
    const { footnote, message } = await figures(t, { admins: ["slack:U0ALICE"] });
    const { slack, core } = footnote;
    const bob = slack.addPerson("bob");

    await clear(bob, message, footnote, /Only admins can do that/);

    assert.deepEqual(seenBy(bob, slack), ["Footnote (only for bob): Only admins can do that."]);
    assert.equal(core.cache.cleared(), 0);
  });
});
