import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import type { Inbox, Store } from "../../../src/core/exchange.ts";
import { Failure } from "../../../src/core/failure.ts";
import { createInbox } from "../../../src/exchange/inbox.ts";
import type { TextsOf } from "../../../src/platforms/slack/locale.ts";
import { createEventTaker } from "../../../src/platforms/slack/take-events.ts";
import { slackTextsFor } from "../../../src/platforms/slack/texts/slack-texts.ts";
import type { Workspaces } from "../../../src/platforms/slack/workspaces.ts";
import { silentLog } from "../../fakes/log.ts";
import { createMemoryStore } from "../../fakes/memory-store.ts";

const MENTION = { type: "app_mention", channel: "C1", user: "U1", text: "<@UBOT> how long is a day?", ts: "1.000100" };
const FOLLOW_UP = { ...MENTION, type: "message", text: "and on Venus?", ts: "2.000100", thread_ts: "1.000100" };
const DELETION = { type: "message", subtype: "message_deleted", channel: "C1", deleted_ts: "1.000100" };
const THREAD = "slack:T1:C1:1.000100";
const MESSAGE = "T1:C1:1.000100";

interface TakerParts {
  readonly inbox?: Inbox;
  readonly store?: Store;
  readonly workspaces?: Workspaces;
}

function taker(parts: TakerParts): (event: unknown) => Promise<void> {
  const { store = createMemoryStore(), inbox = createInbox({ store, log: silentLog }), workspaces = unheard } = parts;
  const take = createEventTaker({ inbox, store, workspaces, textsOf: inEnglish, admins: new Set(), log: silentLog });
  return (event) => take(event, { team: "T1", user: "UBOT", bot: "BBOT" });
}

const inEnglish: TextsOf = async () => slackTextsFor("en");

/** Workspaces where nobody hears what Footnote says. */
const unheard: Workspaces = {
  api: () => ({ once: silent, ifFree: silent, again: silent }),
  identity: () => Promise.reject(new Failure("delivery-failed", "not asked here")),
};

/** Workspaces that count how often Footnote turns to Slack. */
function counting() {
  const calls: string[] = [];
  const api: Workspaces["api"] = (team) => {
    calls.push(team);
    return unheard.api(team);
  };
  return { workspaces: { ...unheard, api }, calls };
}

async function silent() {
  return {};
}

function inboxThat(overrides: Pick<Inbox, "accept">): Inbox {
  return { ...createInbox({ store: createMemoryStore(), log: silentLog }), ...overrides };
}

describe("an event of Slack's", () => {
  test("is refused in time for an ack when it is not stored by then", async (t: TestContext) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const take = taker({ inbox: inboxThat({ accept: () => new Promise(() => {}) }) });

    const taken = take(MENTION);
    t.mock.timers.tick(2_500);

    await assert.rejects(taken, { name: "Failure", kind: "store-unavailable" });
  });

  test("is refused when the store is away", async () => {
    const failure = new Failure("store-unavailable", "the database is away");

    await assert.rejects(taker({ inbox: inboxThat({ accept: () => Promise.reject(failure) }) })(MENTION), failure);
  });

  test("waits for the events of its thread that came before it", async () => {
    const store = createMemoryStore();
    const take = taker({ store });

    await Promise.all([take(MENTION), take(FOLLOW_UP)]);

    const messages = await store.messages(THREAD, { limit: 9 });
    assert.deepEqual(
      messages?.items.map(({ text }) => text),
      ["how long is a day?", "and on Venus?"],
    );
  });

  test("does not suffer from one that failed before it", async () => {
    const store = createMemoryStore();
    const inbox = createInbox({ store, log: silentLog });
    const failure = new Failure("store-unavailable", "the database is away");
    let isAway = true;
    const take = taker({
      store,
      inbox: inboxThat({ accept: (m) => (isAway ? Promise.reject(failure) : inbox.accept(m)) }),
    });
    await assert.rejects(take(MENTION));

    isAway = false;
    await take(MENTION);

    assert.equal(await store.listens(THREAD), true);
  });

  test("is taken for good when it can be no question", async () => {
    const store = createMemoryStore();

    await taker({ store })({ ...MENTION, text: `<@UBOT> ${"x".repeat(8_001)}` });

    assert.equal(await store.listens(THREAD), false);
  });

  test("without a mention begins nothing in a thread that is not Footnote's", async () => {
    const store = createMemoryStore();

    await taker({ store })(FOLLOW_UP);

    assert.equal(await store.listens(THREAD), false);
  });
});

describe("a deleted question", () => {
  test("is not asked when another replica hears of it once more, and nobody is told", async () => {
    const store = createMemoryStore();
    const { workspaces, calls } = counting();
    const take = taker({ store });
    await take(MENTION);
    await take(DELETION);
    const withdrawn = await store.exchangeOf("slack", MESSAGE);
    await store.forget(withdrawn?.id ?? "");

    await taker({ store, workspaces })(MENTION);

    assert.equal(withdrawn?.isWithdrawn, true);
    assert.deepEqual(calls, []);
    assert.equal(await store.exchangeOf("slack", MESSAGE), undefined);
  });

  test("is not asked when it is heard of after its deletion, and nobody is told", async () => {
    const store = createMemoryStore();
    const { workspaces, calls } = counting();
    await taker({ store })(DELETION);

    await taker({ store, workspaces })(MENTION);

    assert.deepEqual(calls, []);
    assert.equal(await store.exchangeOf("slack", MESSAGE), undefined);
  });
});
