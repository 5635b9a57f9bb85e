import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { PassageFinder } from "../../src/core/wiki.ts";
import { createPassageFinder } from "../../src/wiki/find-passages.ts";
import { createMediaWikiSource } from "../../src/wiki/mediawiki-source.ts";
import { createRequestBudget } from "../../src/wiki/request-budget.ts";
import { silentLog } from "../fakes/log.ts";
import { startFakeMediaWiki, type FakeMediaWiki } from "../fakes/mediawiki.ts";

const PAGES = [
  { title: "Port Ellery", lead: "Port Ellery is a harbour town. A wall was raised by Dorothea Lund." },
  { title: "Lund Bridge", lead: "Lund Bridge was designed by Dorothea Lund, an engineer." },
  { title: "Gannet Rock", lead: "Gannet Rock carries a lighthouse. An engineer of the town keeps its lamp." },
  { title: "Mason bee", lead: "Mason bees build nests of mud in a wall." },
];

test("A cold question costs six requests at the most, when everything found is of no use", async (t) => {
  const { finder, wiki } = await openWiki(t, { searchStems: false });

  await finder.find("Which zymurgist taught the engineer Dorothea to keep bees?");

  assert.equal(wiki.requests.length, 6);
});

test("A cold question costs six requests at the most on a wiki that stems", async (t) => {
  const { finder, wiki } = await openWiki(t, { searchStems: true });

  await finder.find("Which zymurgist taught the engineer Dorothea to keep bees?");

  assert.equal(wiki.requests.length, 6);
});

test("A cold question for a subject that has no article costs six requests at the most", async (t) => {
  const { finder, wiki } = await openWiki(t, { searchStems: false });

  await finder.find("Who was Dorothea Engineer of Gannet Mud?");

  assert.equal(wiki.requests.length, 6);
});

test("A cold follow-up that its subject does not answer costs six requests at the most", async (t) => {
  const { finder, wiki } = await openWiki(t, { searchStems: false });

  await finder.find("And does an engineer there keep the lamp of zymurgy with bees?", { subject: "Mason bee" });

  assert.equal(wiki.requests.length, 6);
});

test("A cold question without a subject costs six requests at the most, however many names were mentioned", async (t) => {
  const { finder, wiki } = await openWiki(t, { searchStems: false });

  await finder.find("And does its engineer keep nests?", {
    mentioned: ["Lund", "Velm", "Arlen", "Gannet Rock", "Lund Bridge"],
  });

  assert.equal(wiki.requests.length, 6);
});

test("A cold question whose words all stand in one article costs two requests", async (t) => {
  const { finder, wiki } = await openWiki(t, { searchStems: false });

  await finder.find("Who keeps the lamp of the lighthouse?");

  assert.deepEqual(
    wiki.requests.map(({ parameters }) => parameters["srsearch"] ?? parameters["page"]),
    ["lighthous* lamp* keep*", "Gannet Rock"],
  );
});

async function openWiki(
  t: TestContext,
  { searchStems }: { readonly searchStems: boolean },
): Promise<{ readonly finder: PassageFinder; readonly wiki: FakeMediaWiki }> {
  const wiki = await startFakeMediaWiki(t, { pages: PAGES });
  const source = createMediaWikiSource({
    apiUrl: wiki.apiUrl,
    language: "en",
    userAgent: "Footnote/0.1 (https://wiki.example) node/24",
    budget: createRequestBudget({ perMinute: 100, concurrent: 3 }),
    log: silentLog,
  });
  t.after(() => source.close());
  return { finder: createPassageFinder(source, { language: "en", searchStems }), wiki };
}
