import assert from "node:assert/strict";
import { test } from "node:test";
import { stemOfEnglish } from "../../src/wiki/terms-english.ts";

for (const [word, form] of [
  ["elect", "election"],
  ["constructed", "construction"],
  ["invent", "inventions"],
  ["translate", "translation"],
  ["write", "wrote"],
  ["university", "universities"],
] as const) {
  test(`"${form}" is found by "${word}"`, () => {
    const stem = stemOfEnglish(form);

    assert.equal(stem, stemOfEnglish(word));
  });
}

for (const [word, other] of [
  ["news", "new"],
  ["meaning", "mean"],
  ["buildings", "built"],
  ["police", "policy"],
  ["university", "universe"],
] as const) {
  test(`"${word}" is not found by "${other}"`, () => {
    const stem = stemOfEnglish(word);

    assert.notEqual(stem, stemOfEnglish(other));
  });
}
