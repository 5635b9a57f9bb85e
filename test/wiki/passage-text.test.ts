import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cutText, joinLines, nameCells } from "../../src/wiki/passage-text.ts";

describe("a text", () => {
  it("stays as it is while it is not long", () => {
    assert.deepEqual(cutText(`${"word ".repeat(599)}word.`), [`${"word ".repeat(599)}word.`]);
  });

  it("is cut after the last sentence that fits when it is long", () => {
    const sentence = `${"a".repeat(998)}.`;

    assert.deepEqual(cutText(`${sentence} ${sentence} (${sentence}) ${sentence}`), [
      `${sentence} ${sentence}`,
      `(${sentence}) ${sentence}`,
    ]);
  });

  it("is cut after a line where it has lines", () => {
    const line = "rm -rf build. ".repeat(140).trim();

    assert.deepEqual(cutText(`${line}\n${line}`), [line, line]);
  });

  it("is cut after a sentence of a script without spaces", () => {
    const sentence = `${"東".repeat(1_999)}。`;

    assert.deepEqual(cutText(sentence.repeat(2)), [sentence, sentence]);
  });

  it("is cut between words where no sentence ends, and anywhere where no word does", () => {
    const cutAtWord = cutText("abcde ".repeat(1_000));
    const cutAnywhere = cutText("🏳".repeat(2_000));

    assert.ok(cutAtWord.every((piece) => /^(abcde ?)+$/.test(piece) && piece.length <= 3_000));
    assert.equal(cutAtWord.join(" "), "abcde ".repeat(1_000));
    assert.deepEqual(
      cutAnywhere.map((piece) => piece.length),
      [3_000, 1_000],
    );
    assert.ok(cutAnywhere.every((piece) => piece.isWellFormed()));
  });

  it("of a million letters is in pieces soon", { timeout: 10_000 }, () => {
    assert.equal(cutText("a".repeat(3_000_000)).length, 1_000);
    assert.equal(cutText("a. ".repeat(1_000_000)).join(" "), "a. ".repeat(1_000_000));
  });
});

describe("lines", () => {
  it("are one paragraph, without those that are empty", () => {
    assert.deepEqual(joinLines(["a = 1", "", "b = 2"]), [{ kind: "code", text: "a = 1\nb = 2" }]);
  });

  it("are several passages when they are many, each of whole lines", () => {
    const line = "x".repeat(999);

    assert.deepEqual(
      joinLines([line, line, line, line, line]).map(({ text }) => text),
      [`${line}\n${line}\n${line}`, `${line}\n${line}`],
    );
  });
});

describe("a row", () => {
  it("is its cells with the names of their columns", () => {
    const row = nameCells([
      { name: "Crater", text: "Caloris" },
      { name: "Diameter", text: "1,550 km" },
      { name: "Note", text: "" },
    ]);

    assert.equal(row, "Crater: Caloris; Diameter: 1,550 km");
  });

  it("of a name and its value names itself", () => {
    const row = nameCells([
      { name: "Property", text: "Diameter" },
      { name: "Value", text: "4,879 km" },
    ]);

    assert.equal(row, "Diameter: 4,879 km");
  });

  it("keeps the name of its second column when that tells something", () => {
    const row = nameCells([
      { name: "Census", text: "2010" },
      { name: "Population", text: "1,474,015" },
    ]);

    assert.equal(row, "Census: 2010; Population: 1,474,015");
  });
});
