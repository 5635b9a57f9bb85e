import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  readChannelSettings,
  rememberChannelSettings,
  saveChannelSettings,
} from "../../../src/platforms/slack/channel-settings.ts";
import { createMemoryStore } from "../../fakes/memory-store.ts";

describe("the settings of a channel", () => {
  test("are those of that channel alone", async () => {
    const store = createMemoryStore();

    await saveChannelSettings(store, "T1", "C1", { mentionOnly: true }, "slack:U1");

    assert.deepEqual(await readChannelSettings(store, "T1", "C1"), { mentionOnly: true });
    assert.deepEqual(await readChannelSettings(store, "T1", "C2"), { mentionOnly: false });
    assert.deepEqual(await readChannelSettings(store, "T2", "C1"), { mentionOnly: false });
  });

  test("are the usual ones where something else is stored", async () => {
    const store = createMemoryStore();

    await store.saveSettings("slack:T1:C1", { mentionOnly: "sometimes" }, "slack:U1");

    assert.deepEqual(await readChannelSettings(store, "T1", "C1"), { mentionOnly: false });
  });

  test("are looked up once for the messages of some seconds", async (t) => {
    t.mock.timers.enable({ apis: ["Date"], now: 1_700_000_000_000 });
    const store = createMemoryStore();
    let lookups = 0;
    const settingsOf = rememberChannelSettings({
      settings: (place) => {
        lookups += 1;
        return store.settings(place);
      },
    });
    await settingsOf("T1", "C1");
    await saveChannelSettings(store, "T1", "C1", { mentionOnly: true }, "slack:U1");

    const soon = await settingsOf("T1", "C1");
    t.mock.timers.tick(5_000);
    const later = await settingsOf("T1", "C1");

    assert.deepEqual([soon.mentionOnly, later.mentionOnly, lookups], [false, true, 2]);
  });
});
