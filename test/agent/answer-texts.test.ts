import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { textsFor } from "../../src/agent/answer-texts.ts";

describe("what Footnote itself says", () => {
  for (const [question, said] of [
    ["When was Kyoto founded?", "I found no source for this in Wikipedia."],
    ["Los Angeles population", "I found no source for this in Wikipedia."],
    ["Kyoto", "I found no source for this in Wikipedia."],
    ["Wann wurde Kyoto gegründet?", "Dafür habe ich in Wikipedia keine Quelle gefunden."],
    ["Wer war Nikola Tesla?", "Dafür habe ich in Wikipedia keine Quelle gefunden."],
    ["¿Quién fue Nikola Tesla?", "No he encontrado ninguna fuente para esto en Wikipedia."],
    ["¿Cuántos años tiene la ciudad?", "No he encontrado ninguna fuente para esto en Wikipedia."],
    ["Qui est Nikola Tesla ?", "Je n’ai trouvé aucune source à ce sujet dans Wikipedia."],
    ["Quand la ville a-t-elle été fondée ?", "Je n’ai trouvé aucune source à ce sujet dans Wikipedia."],
    ["京都はいつできましたか？", "Wikipediaには出典が見つかりませんでした。"],
    ["Wie oud is de stad van het water?", "I found no source for this in Wikipedia."],
  ] as const) {
    test(`is in the language of the question: ${question}`, () => {
      assert.equal(textsFor(question).noSource("Wikipedia"), said);
    });
  }

  test("calls a wiki without a name of its own no English name in other languages", () => {
    assert.equal(
      textsFor("Wer war Nikola Tesla?").noSource("the handbook wiki"),
      "Dafür habe ich in diesem Wiki keine Quelle gefunden.",
    );
  });
});
