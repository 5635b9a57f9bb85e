import assert from "node:assert/strict";
import { test } from "node:test";

import { splitSentences } from "../../src/core/sentences.ts";

test("A sentence ends where the next one begins", () => {
  assert.deepEqual(splitSentences("Bees dance. Do ants?  They do not! "), ["Bees dance.", "Do ants?", "They do not!"]);
});

test("An empty text has no sentences", () => {
  assert.deepEqual(splitSentences(" \n "), []);
});

test("A title before a name does not end a sentence", () => {
  assert.deepEqual(splitSentences("Dr. Reed met Mrs. Lund at St. Mary. They spoke."), [
    "Dr. Reed met Mrs. Lund at St. Mary.",
    "They spoke.",
  ]);
});

test("Initials belong to the name behind them", () => {
  assert.deepEqual(splitSentences("It was drawn by J. B. Lund. The copy is by A.-M. Roe."), [
    "It was drawn by J. B. Lund.",
    "The copy is by A.-M. Roe.",
  ]);
});

test("U.S. ends a sentence only where a new one begins", () => {
  assert.deepEqual(splitSentences("The U.S. Army left the U.S. The war was over at 5 p.m. Monday."), [
    "The U.S. Army left the U.S.",
    "The war was over at 5 p.m. Monday.",
  ]);
});

test("Decimals, e.g. and a lower-case word do not end a sentence", () => {
  const text = "It is 3.5 km long, e.g. Lake A. measured in spring.";

  assert.deepEqual(splitSentences(text), [text]);
});

test("A year ends a sentence", () => {
  assert.deepEqual(splitSentences("It sank in 1905. Nobody drowned."), ["It sank in 1905.", "Nobody drowned."]);
});

test("A German ordinal does not end a sentence", () => {
  assert.deepEqual(splitSentences("Sie tagt am 3. Oktober. Das war 1990. Danach nie.", "de"), [
    "Sie tagt am 3. Oktober.",
    "Das war 1990.",
    "Danach nie.",
  ]);
});

test("Words after a quotation belong to its sentence", () => {
  assert.deepEqual(splitSentences('"Why?" she asked. “Stay. Wait.” He left.'), [
    '"Why?" she asked.',
    "“Stay. Wait.”",
    "He left.",
  ]);
});

test("A parenthesis stays whole", () => {
  assert.deepEqual(splitSentences("The mill (built by Lund. Later sold) burned. It was rebuilt."), [
    "The mill (built by Lund. Later sold) burned.",
    "It was rebuilt.",
  ]);
});

test("A parenthesis that never closes does not swallow the text", () => {
  assert.deepEqual(splitSentences("The mill (built by Lund burned. It was rebuilt."), [
    "The mill (built by Lund burned.",
    "It was rebuilt.",
  ]);
});

test("A line break ends a sentence", () => {
  assert.deepEqual(splitSentences("Height: 20 m\nWidth: 3 m"), ["Height: 20 m", "Width: 3 m"]);
});

test("Chinese and Japanese sentences end without white space", () => {
  assert.deepEqual(splitSentences("東京は首都である。人口は多い。「行く。」", "ja"), [
    "東京は首都である。",
    "人口は多い。",
    "「行く。」",
  ]);
});

test("An unknown language is cut like English", () => {
  assert.deepEqual(splitSentences("One is here. Two is there.", "not a language"), ["One is here.", "Two is there."]);
});
