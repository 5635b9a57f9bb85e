import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createTextsOf, type TextsOf } from "../../../src/platforms/slack/locale.ts";
import type { SlackApi, SlackResult } from "../../../src/platforms/slack/slack-api.ts";
import { SlackRefusal, SlackSilence } from "../../../src/platforms/slack/slack-error.ts";
import { silentLog } from "../../fakes/log.ts";

const HANS = { team: "T1", user: "UHANS" };

/** Asks a Slack that answers so, one after the other. */
function asking(...answers: readonly (() => Promise<SlackResult | undefined>)[]) {
  const asked: unknown[] = [];
  const ifFree: SlackApi["ifFree"] = async (_method, args) => {
    asked.push(args["user"]);
    return answers[asked.length - 1]?.();
  };
  const workspaces = { api: () => ({ ifFree, once: silent, again: silent }) };
  const textsOf = createTextsOf({ workspaces, log: silentLog });
  return { asked, textsOf };
}

async function stopOf(textsOf: TextsOf): Promise<string> {
  return (await textsOf(HANS)).buttons.stop;
}

const silent = () => Promise.reject(new SlackSilence("no answer"));
const german = async () => ({ user: { locale: "de-DE" } });

describe("somebody's language", () => {
  test("is asked for once", async () => {
    const { textsOf, asked } = asking(german);

    const stops = [...(await Promise.all([stopOf(textsOf), stopOf(textsOf)])), await stopOf(textsOf)];

    assert.deepEqual(stops, ["Anhalten", "Anhalten", "Anhalten"]);
    assert.deepEqual(asked, ["UHANS"]);
  });

  test("that comes too late is there for the next time", async () => {
    const late = Promise.withResolvers<SlackResult>();
    const { textsOf, asked } = asking(() => late.promise);

    const first = await stopOf(textsOf);
    late.resolve(await german());
    const next = await stopOf(textsOf);

    assert.deepEqual([first, next], ["Stop", "Anhalten"]);
    assert.equal(asked.length, 1);
  });

  test("is asked for again where Slack was silent, or let nobody ask", async () => {
    const { textsOf } = asking(silent, async () => undefined, german);

    const stops = [await stopOf(textsOf), await stopOf(textsOf), await stopOf(textsOf)];

    assert.deepEqual(stops, ["Stop", "Stop", "Anhalten"]);
  });

  test("is not asked for again where Slack refuses it", async () => {
    const { textsOf, asked } = asking(() => Promise.reject(new SlackRefusal("missing_scope")), german);

    const stops = [await stopOf(textsOf), await stopOf(textsOf)];

    assert.deepEqual(stops, ["Stop", "Stop"]);
    assert.equal(asked.length, 1);
  });
});
