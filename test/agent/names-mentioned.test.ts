import assert from "node:assert/strict";
import { test } from "node:test";
import { namesMentioned } from "../../src/agent/names-mentioned.ts";

const said = (...texts: readonly string[]) => texts.map((text) => ({ author: "Ann", text }));

test("Names come with all their words, those of the latest message first", () => {
  const names = namesMentioned(said("I read about the Treaty of Versailles.", "And the Bay of Pigs or Port Ellery?"));

  assert.deepEqual(names, ["Bay of Pigs", "Port Ellery", "Treaty of Versailles"]);
});

test("A single word that begins a sentence comes last, since any would be written so", () => {
  const names = namesMentioned(said("Octopuses are clever. So is everyone in Kyoto."));

  assert.deepEqual(names, ["Kyoto", "Octopuses"]);
});

test("Greetings, question words and people are no names", () => {
  const names = namesMentioned(
    said("Hello! When did @Bob see <@U0123>?", "Thanks Ann, I don't know", "Who knows Kyoto's age"),
  );

  assert.deepEqual(names, ["Kyoto"]);
});

test("Addresses and code hold no names", () => {
  const names = namesMentioned(
    said("See https://wiki.example/Velm and `Const Velm` and <https://x.example/Velm|here> :Tada:"),
  );

  assert.deepEqual(names, []);
});

test("Names are found in Japanese", () => {
  assert.deepEqual(namesMentioned(said("京都のタコが好きです")), ["京都", "タコ"]);
});

test("A long thread gives few names", () => {
  const names = namesMentioned(said("we saw Aland, Bland, Cland, Dland, Eland, Fland, Gland and Hland"));

  assert.equal(names.length, 6);
});
