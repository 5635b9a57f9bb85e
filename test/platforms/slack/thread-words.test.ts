import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { threadWordIn } from "../../../src/platforms/slack/thread-words.ts";

describe("a word to Footnote", () => {
  const stops = [
    ...[
      "stop",
      "Stop.",
      "STOP!!",
      "!stop",
      "/stop",
      "stop…",
      "please stop",
      "Stop it, please.",
      "stop now",
      "halt",
      "cancel",
    ],
    ...["Stopp!", "abbrechen", "hör auf", "Bitte aufhören!", "para", "¡Para!", "cancela, por favor", "detente"],
    ...["arrête", "Arrête-toi !", "annuler", "s'il te plaît arrête", "ストップ", "停止。", "やめて", "キャンセル！"],
  ];
  for (const text of stops) {
    test(`stops what is under way: ${text}`, () => {
      assert.equal(threadWordIn(text), "stop");
    });
  }

  test("makes it listen, or no longer", () => {
    assert.equal(threadWordIn("Stop listening, please."), "stop listening");
    assert.equal(threadWordIn("start listening"), "start listening");
  });

  const questions = [
    ...[
      "",
      "stop and think",
      "what is a full stop?",
      "halt and catch fire",
      "Cancel culture",
      "para que sirve una brújula",
    ],
    ...["who said stop?", "bus stop", "start"],
  ];
  for (const text of questions) {
    test(`is none: “${text}”`, () => {
      assert.equal(threadWordIn(text), undefined);
    });
  }
});
