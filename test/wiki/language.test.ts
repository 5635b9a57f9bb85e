import assert from "node:assert/strict";
import { it } from "node:test";
import { wikiLanguage } from "../../src/wiki/language.ts";

it("a language tag is asked for at the wiki that serves it", () => {
  const codes = ["en", "pt-BR", "zh-Hant-TW", "simple", "nds-nl", "be-tarask", "EN"].map(wikiLanguage);

  assert.deepEqual(codes, ["en", "pt", "zh", "simple", "nds-nl", "be-tarask", "en"]);
});

it("what is no language tag is refused", () => {
  for (const tag of ["", "e", "en.evil", "en/", "en@x", "-en", "en--x", "ënglish"]) {
    assert.throws(() => wikiLanguage(tag), { name: "Failure", kind: "invalid-input" });
  }
});
