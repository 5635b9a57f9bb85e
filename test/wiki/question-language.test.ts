import assert from "node:assert/strict";
import { test } from "node:test";
import { languageOf } from "../../src/wiki/question-language.ts";
import { readQuestion } from "../../src/wiki/question-terms.ts";
import { loadLanguageWords } from "../../src/wiki/terms-language.ts";

test("A question is read in the usual language unless its words speak clearly against it", async () => {
  assert.equal(await languageOf("When was the harbour of Los Angeles built?", "en"), "en");
  assert.equal(await languageOf("Ada Lovelace", "de"), "de");
});

test("Stop words tell a language of the same script", async () => {
  assert.equal(await languageOf("Wie viele Menschen leben in der Stadt?", "en"), "de");
  assert.equal(await languageOf("Which of the towns was it?", "fr"), "en");
});

test("A script tells a language", async () => {
  assert.equal(await languageOf("京都の人口は？", "en"), "ja");
  assert.equal(await languageOf("Кто построил мост?", "en"), "ru");
});

test("A script that several languages share does not speak against the usual one", async () => {
  assert.equal(await languageOf("Хто збудував міст?", "uk"), "uk");
  assert.equal(await languageOf("京都人口", "ja"), "ja");
});

test("Simple English is English", async () => {
  const { code, isStopWord } = await loadLanguageWords("simple");

  assert.deepEqual([code, isStopWord("the")], ["en", true]);
});

test("A language nobody knows has words of its own, whatever it is called", async () => {
  const question = readQuestion("Where is Velm?", await loadLanguageWords("constructor"));

  assert.deepEqual(
    question.terms.map(({ text }) => text),
    ["Where", "is", "Velm"],
  );
});
