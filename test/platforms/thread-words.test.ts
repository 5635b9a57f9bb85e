import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { threadWordIn } from "../../src/platforms/thread-words.ts";

const STOPS = `
  stop · Stop. · STOP!! · !stop · /stop · stop… · please stop · Stop it, please. · stop now · halt · cancel
  Stopp! · abbrechen · hör auf · Bitte aufhören! · para · ¡Para! · cancela, por favor · detente
  arrête · Arrête-toi ! · annuler · s'il te plaît arrête · ストップ · 停止。 · やめて · キャンセル！`;

const QUESTIONS = `
  stop and think · what is a full stop? · halt and catch fire · Cancel culture · bus stop · start · who said stop?
  para que sirve una brújula · stop listening to music · 停止とは`;

describe("a word to Footnote", () => {
  for (const text of linesOf(STOPS)) {
    test(`stops what is under way: ${text}`, () => {
      assert.equal(threadWordIn(text), "stop");
    });
  }

  test("makes it listen, or no longer", () => {
    assert.equal(threadWordIn("Stop listening, please."), "stop listening");
    assert.equal(threadWordIn("start listening"), "start listening");
  });

  for (const text of ["", ...linesOf(QUESTIONS)]) {
    test(`is not meant by “${text}”`, () => {
      assert.equal(threadWordIn(text), undefined);
    });
  }
});

function linesOf(list: string): string[] {
  return list.trim().split(/\s*[·\n]\s*/u);
}
