import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { apology } from "../../src/core/failure.ts";
import { type Texts, textsFor } from "../../src/platforms/texts.ts";

const LANGUAGES = ["en", "de", "es", "fr", "ja"];

describe("fixed texts", () => {
  test("are in the language of a locale, whatever its region", () => {
    const stops = ["de", "de-AT", "es-419", "es-ES", "fr", "ja", "en-GB"].map(
      (locale) => textsFor(locale).buttons.stop,
    );

    assert.deepEqual(stops, ["Anhalten", "Anhalten", "Parar", "Parar", "Arrêter", "停止", "Stop"]);
  });

  test("are English in other languages, and where nobody knows the language", () => {
    const stops = ["ko", "zh-CN", "", "constructor", undefined].map((locale) => textsFor(locale).buttons.stop);

    assert.deepEqual(stops, ["Stop", "Stop", "Stop", "Stop", "Stop"]);
  });

  test("apologise in English with the words that are stored", () => {
    assert.equal(textsFor("en").apology("deadline"), apology("deadline"));
  });

  for (const language of LANGUAGES) {
    test(`fit on buttons and in titles: ${language}`, () => {
      const texts = textsFor(language);

      const tooLong = shortTextsOf(texts).filter((text) => text.length > 45);

      assert.deepEqual(tooLong, []);
      assert.ok(texts.settings.limitHint.length <= 100 && texts.settings.languageHint.length <= 100);
    });
  }
});

function shortTextsOf({ buttons, settings, stats }: Texts): readonly string[] {
  const { title, language, questionsPerMinute } = settings;
  return [...Object.values(buttons), title, language, questionsPerMinute, stats.clear, stats.yes, stats.no];
}
