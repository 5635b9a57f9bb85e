import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import type { ThreadId } from "../../../src/core/message.ts";
import type { Identity } from "../../../src/platforms/slack/inbound.ts";
import { whoseEvent } from "../../../src/platforms/slack/whose-event.ts";

const LIBRARY = { team: "T1", user: "U1BOT", bot: "B1" };
const ARCHIVE = { team: "T2", user: "U2BOT", bot: "B2" };

/** The workspace of an event that Slack tells the library of, where Footnote takes part in these threads. */
async function whose(body: unknown, threads: readonly ThreadId[] = [], team = "T1"): Promise<Identity> {
  const tenancy = {
    async recognise(wanted: string) {
      const self = [LIBRARY, ARCHIVE].find((candidate) => candidate.team === wanted);
      if (self === undefined) throw new Failure("delivery-failed", "not installed");
      return self;
    },
  };
  return whoseEvent(team, body, { tenancy, store: { listens: async (thread) => threads.includes(thread) } });
}

function shared(event: Readonly<Record<string, unknown>>) {
  return { is_ext_shared_channel: true, event: { type: "message", channel: "C1", ts: "5", ...event } };
}

describe("an event of a channel that two workspaces share", () => {
  test("is the mentioned one's", async () => {
    assert.equal(await whose(shared({ user_team: "T2", text: "<@U2BOT> when?" })), ARCHIVE);
    assert.equal(await whose(shared({ user_team: "T2", text: "<@U1BOT> when?" })), LIBRARY);
  });

  test("is the one's that takes part in its thread", async () => {
    const followUp = shared({ user_team: "T2", text: "and on Venus?", thread_ts: "3" });

    assert.equal(await whose(followUp, ["slack:T2:C1:3"]), ARCHIVE);
    assert.equal(await whose(followUp, ["slack:T1:C1:3"]), LIBRARY);
    assert.equal(await whose(followUp), LIBRARY);
  });

  test("is its own question's when it is an edit or a deletion", async () => {
    const said = { ts: "3", user_team: "T2", team: "T2", text: "when?" };

    assert.equal(
      await whose(shared({ subtype: "message_changed", message: said, previous_message: said }), ["slack:T2:C1:3"]),
      ARCHIVE,
    );
    assert.equal(
      await whose(shared({ subtype: "message_deleted", previous_message: said }), ["slack:T2:C1:3"]),
      ARCHIVE,
    );
  });

  test("is Slack's choice when its author's workspace has no Footnote", async () => {
    assert.equal(await whose(shared({ user_team: "T3", text: "and on Venus?", thread_ts: "3" })), LIBRARY);
  });
});

describe("any other event", () => {
  test("is the one's that Slack names, whoever wrote it", async () => {
    const event = { type: "message", channel: "C1", ts: "5", user_team: "T2", text: "<@U2BOT> when?" };

    assert.equal(await whose({ is_ext_shared_channel: false, event }), LIBRARY);
  });

  test("fails where Footnote is not installed", async () => {
    await assert.rejects(whose({ event: { type: "app_home_opened" } }, [], "T3"), { kind: "delivery-failed" });
  });
});

describe("a click", () => {
  test("belongs to the workspace that wrote the message, whoever clicks", async () => {
    const click = { type: "block_actions", team: { id: "T2" }, message: { team: "T1" } };

    assert.equal(await whose(click, [], "T2"), LIBRARY);
    assert.equal(await whose({ ...click, message: { team: "T3" } }, [], "T2"), ARCHIVE);
  });
});
