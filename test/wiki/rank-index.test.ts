import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "../../src/core/failure.ts";
import { openIndex } from "../../src/wiki/rank-index.ts";
import { takeTurns, type Turns } from "../../src/wiki/rank-turns.ts";
import { loadLanguageWords } from "../../src/wiki/terms-language.ts";
import { page } from "../fakes/plain-wiki.ts";

const english = await loadLanguageWords("en");

const mill = () =>
  page("Ell Mill", ["", "The mill grinds oats.", "Oats and more oats."], ["Sale", "It was sold. A baker bought it."]);

test("A passage is found by every word in it, as often as the word is there", async () => {
  const index = await openIndex(mill(), english, takeTurns());

  assert.deepEqual(index.holding("oat"), [0, 1, 1]);
  assert.deepEqual(index.holding("baker"), [2]);
  assert.deepEqual(index.holding("trumpet"), []);
  assert.deepEqual(index.quotes(2), ["It was sold.", "A baker bought it."]);
});

test("An article is read in turns of one passage when others are waiting", async () => {
  const turns = turnsOfOne();

  const index = await openIndex(mill(), english, turns);

  assert.deepEqual(index.holding("baker"), [2]);
  assert.equal(turns.taken(), 3);
});

test("What one question has begun to read, the next one goes on with", async () => {
  const article = mill();
  const failure = new Failure("cancelled", "cancelled");
  const givingUp: Turns = { ...turnsOfOne(), next: () => Promise.reject(failure) };
  await assert.rejects(openIndex(article, english, givingUp), failure);
  const turns = turnsOfOne();

  const index = await openIndex(article, english, turns);

  assert.deepEqual(index.holding("oat"), [0, 1, 1]);
  assert.equal(turns.taken(), 2);
});

test("An article is read once, under whatever title it is asked for", async () => {
  const article = mill();
  const first = await openIndex(article, english, takeTurns());

  const again = await openIndex({ ...article, redirectedFrom: "Mill" }, english, takeTurns());

  assert.equal(again, first);
});

test("An article is read anew for a question in another language", async () => {
  const article = mill();
  const inEnglish = await openIndex(article, english, takeTurns());

  const inGerman = await openIndex(article, await loadLanguageWords("de"), takeTurns());

  assert.notEqual(inGerman, inEnglish);
});

test("The articles asked longest ago are forgotten", async () => {
  const article = mill();
  const first = await openIndex(article, english, takeTurns());
  const long = page("Long", ["", ...Array.from({ length: 10_000 }, () => "Oats.")]);

  await openIndex(long, english, takeTurns());

  assert.notEqual(await openIndex(article, english, takeTurns()), first);
});

test("A question that is given up ends with its turn", async () => {
  const turns = takeTurns(AbortSignal.abort());

  await assert.rejects(turns.next(), { name: "Failure", kind: "cancelled" });
});

function turnsOfOne(): Turns & { taken(): number } {
  let taken = 0;
  return { isOver: () => true, next: async () => void (taken += 1), taken: () => taken };
}
