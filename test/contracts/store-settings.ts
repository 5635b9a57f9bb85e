import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Store } from "../../src/core/exchange.ts";
import { at, question } from "./store-samples.ts";

/** What every Store must do for threads, places and workspaces. */
export function settingsContract(name: string, open: (t: TestContext) => Promise<Store>): void {
  test(`${name} listens to a thread from its first question until it is erased`, async (t) => {
    const store = await open(t);
    const before = await store.listens("slack:T1:C1:1.0");
    await store.receive(question());

    const between = await store.listens("slack:T1:C1:1.0");
    await store.erase("slack:T1:C1:1.0");

    assert.deepEqual([before, between, await store.listens("slack:T1:C1:1.0")], [false, true, false]);
  });

  test(`${name} listens to no thread that was told to be quiet, until it is told otherwise`, async (t) => {
    const store = await open(t);
    await store.receive(question({ id: "m1" }));

    const isTold = await store.setListening("slack:T1:C1:1.0", false, at(1));
    await store.receive(question({ id: "m2" }));
    const quiet = await store.listens("slack:T1:C1:1.0");
    await store.setListening("slack:T1:C1:1.0", true, at(2));

    assert.deepEqual([isTold, quiet, await store.listens("slack:T1:C1:1.0")], [true, false, true]);
  });

  test(`${name} stays as it was told last when an earlier word comes again`, async (t) => {
    const store = await open(t);
    await store.receive(question());
    await store.setListening("slack:T1:C1:1.0", false, at(1));
    await store.setListening("slack:T1:C1:1.0", true, at(2));

    const isKnown = await store.setListening("slack:T1:C1:1.0", false, at(1));

    assert.equal(isKnown, true);
    assert.equal(await store.listens("slack:T1:C1:1.0"), true);
  });

  test(`${name} cannot be told to listen to a thread it does not know`, async (t) => {
    const store = await open(t);

    assert.equal(await store.setListening("slack:T1:C1:1.0", true, at(1)), false);
    assert.equal(await store.listens("slack:T1:C1:1.0"), false);
  });

  test(`${name} keeps what was said in a thread before the first question`, async (t) => {
    const store = await open(t);
    await store.receive(question());
    await store.receive(question({ id: "m2", thread: "slack:T1:C1:2.0" }));

    const before = await store.nextUnfinished("slack:T1:C1:1.0");
    await store.keepContext("slack:T1:C1:1.0", [
      { author: "Ada", text: "Is it **hot**?\u0000" },
      { author: "Bob", text: "東京" },
    ]);

    assert.equal(before?.context, undefined);
    assert.deepEqual((await store.nextUnfinished("slack:T1:C1:1.0"))?.context, [
      { author: "Ada", text: "Is it **hot**?\uFFFD" },
      { author: "Bob", text: "東京" },
    ]);
    assert.equal((await store.nextUnfinished("slack:T1:C1:2.0"))?.context, undefined);
  });

  test(`${name} knows a thread where nothing had been said from one where nobody has looked`, async (t) => {
    const store = await open(t);
    await store.receive(question());

    await store.keepContext("slack:T1:C1:1.0", []);

    assert.deepEqual((await store.nextUnfinished("slack:T1:C1:1.0"))?.context, []);
  });

  test(`${name} keeps nothing of a thread it does not know`, async (t) => {
    const store = await open(t);

    await store.keepContext("slack:T1:C1:1.0", [{ author: "Ada", text: "Hello" }]);

    assert.equal((await store.stats()).conversations, 0);
    await store.receive(question());
    assert.equal((await store.nextUnfinished("slack:T1:C1:1.0"))?.context, undefined);
  });

  test(`${name} keeps the latest settings of a place`, async (t) => {
    const store = await open(t);
    const before = await store.settings("slack:T1:C1");

    await store.saveSettings("slack:T1:C1", { language: "de", quiet: false, hours: [8, 18] }, "slack:U1");
    await store.saveSettings("discord:1", { language: "fr" }, "discord:1");
    await store.saveSettings("slack:T1:C1", { language: "it\u0000", articles: null }, "slack:U2");

    assert.equal(before, undefined);
    assert.deepEqual(await store.settings("slack:T1:C1"), { language: "it\uFFFD", articles: null });
    assert.deepEqual(await store.settings("discord:1"), { language: "fr" });
  });

  test(`${name} keeps the latest installation of each workspace until it is removed`, async (t) => {
    const { installations } = await open(t);
    await installations.put("slack", "T1", "first");
    await installations.put("slack", "T2", "another");
    await installations.put("discord", "T1", "elsewhere");

    await installations.put("slack", "T1", "second");
    const latest = await installations.get("slack", "T1");
    await installations.remove("slack", "T1");
    await installations.remove("slack", "T1");

    assert.equal(latest, "second");
    assert.equal(await installations.get("slack", "T1"), undefined);
    assert.equal(await installations.get("slack", "T2"), "another");
    assert.equal(await installations.get("discord", "T1"), "elsewhere");
  });

  test(`${name} removes an installation only while it is the one that was meant`, async (t) => {
    const { installations } = await open(t);
    await installations.put("slack", "T1", "first");
    await installations.put("slack", "T1", "second");

    await installations.remove("slack", "T1", "first");
    const kept = await installations.get("slack", "T1");
    await installations.remove("slack", "T1", "second");

    assert.equal(kept, "second");
    assert.equal(await installations.get("slack", "T1"), undefined);
  });

  test(`${name} lets one after another change an installation`, async (t) => {
    const { installations } = await open(t);
    await installations.put("slack", "T1", "");

    const seen = await Promise.all(
      ["a", "b", "c", "d"].map((letter) =>
        installations.update("slack", "T1", async (sealed) => {
          await new Promise(setImmediate);
          return sealed + letter;
        }),
      ),
    );

    const latest = await installations.get("slack", "T1");
    assert.equal(latest?.length, 4);
    assert.deepEqual(new Set(seen.map((sealed) => sealed?.length)), new Set([1, 2, 3, 4]));
  });

  test(`${name} keeps an installation as it is when its change fails, and throws what the change threw`, async (t) => {
    const { installations } = await open(t);
    await installations.put("slack", "T1", "kept");
    const refused = new Error("the token was revoked");

    const update = installations.update("slack", "T1", () => Promise.reject(refused));

    await assert.rejects(update, refused);
    assert.equal(await installations.get("slack", "T1"), "kept");
    assert.equal(await installations.update("slack", "T1", async (sealed) => `${sealed} on`), "kept on");
  });

  test(`${name} changes no installation that is not there`, async (t) => {
    const { installations } = await open(t);

    const updated = await installations.update("slack", "T1", async () => assert.fail("there is nothing to change"));

    assert.equal(updated, undefined);
    assert.equal(await installations.get("slack", "T1"), undefined);
  });
}
