import assert from "node:assert/strict";
import { test } from "node:test";
import { readQuestion } from "../../src/wiki/question-terms.ts";
import { loadLanguageWords } from "../../src/wiki/terms-language.ts";

const english = await loadLanguageWords("en");
const german = await loadLanguageWords("de");

for (const [question, names] of [
  ["Who built the Pharos of Alexandria?", ["Pharos of Alexandria"]],
  ["Who founded AT&T?", ["AT&T"]],
  ["How does Vitamin C help?", ["Vitamin C"]],
  ["Did Ada Lovelace know Charles Babbage in 1843?", ["Charles Babbage", "Ada Lovelace"]],
  ["What happened in 1843?", []],
  ["what is a tardigrade", []],
] as const) {
  test(`"${question}" names ${names.join(" and ") || "nothing"}`, () => {
    const read = readQuestion(question, english);

    assert.deepEqual(read.names, names);
  });
}

test("A German noun alone is no name", () => {
  const { names } = readQuestion("Wann hat Ada Lovelace das Programm geschrieben?", german);

  assert.deepEqual(names, ["Ada Lovelace"]);
});
