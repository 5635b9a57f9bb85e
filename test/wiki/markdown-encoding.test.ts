import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeText } from "../../src/wiki/markdown-encoding.ts";

describe("the text of a file", () => {
  it("is UTF-8, with or without a mark that says so", () => {
    assert.deepEqual(decodeText(Buffer.from("Größe 東京")), { text: "Größe 東京" });
    assert.deepEqual(decodeText(Buffer.from("\uFEFFGröße")), { text: "Größe" });
    assert.deepEqual(decodeText(Buffer.alloc(0)), { text: "" });
  });

  it("is UTF-16 of either order where its mark says so", () => {
    const little = Buffer.from("\uFEFFGröße 東京", "utf16le");

    assert.deepEqual(decodeText(little), { text: "Größe 東京" });
    assert.deepEqual(decodeText(Buffer.from(little).swap16()), { text: "Größe 東京" });
  });

  it("is taken for Windows-1252 where it can be that", () => {
    assert.deepEqual(decodeText(Buffer.from("Die Größe, \x93so sagt man\x94", "latin1")), {
      text: "Die Größe, “so sagt man”",
      guess: "Windows-1252",
    });
  });

  it("stays UTF-8 when most of it is", () => {
    const bytes = Buffer.concat([Buffer.from("Größe, Höhe "), Buffer.from("Länge", "latin1")]);

    assert.deepEqual(decodeText(bytes), { text: "Größe, Höhe L\uFFFDnge", guess: "UTF-8 with errors" });
  });

  it("is not guessed of what may be anything else", () => {
    const cyrillic = Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4]);

    assert.equal(decodeText(cyrillic), undefined);
    assert.equal(decodeText(Buffer.from("Velm", "utf16le")), undefined);
    assert.equal(decodeText(Buffer.from("plain text and \x81 this", "latin1")), undefined);
  });
});
