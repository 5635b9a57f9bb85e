import assert from "node:assert/strict";
import { test } from "node:test";
import { createPassageFinder } from "../../src/wiki/find-passages.ts";
import { page, plainWiki } from "../fakes/plain-wiki.ts";

const WIKI = [
  page("Dorothea Lund", ["", "She raised the harbour wall."]),
  page("Dorothea Quay", ["", "Ships moor there."]),
  page("Zeppelin", ["", "An airship."]),
];

test("A misspelt name is met with the titles that begin like it", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("Who was Dorothea Lunt?");

  assert.deepEqual(value.titles, ["Dorothea Lund"]);
  assert.equal(value.relevant, false);
});

test("A misspelt name within a question is met so too", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("Which Zepelin crashed?");

  assert.deepEqual(value.titles, ["Zeppelin"]);
});

test("A name of which only the first word is right is met with what begins like that", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("Where does Dorothea Smith live?");

  assert.deepEqual(value.titles, ["Dorothea Lund", "Dorothea Quay"]);
});

test("A wiki is asked for nearby titles only when no search has found any", async () => {
  const wiki = plainWiki(WIKI);
  const finder = createPassageFinder(wiki, { language: "en" });

  await finder.find("Which ships moor in Valparaíso?");

  assert.deepEqual(
    wiki.requests.filter((request) => request.startsWith("suggest:")),
    [],
  );
});

test("Looking for nearby titles keeps within the six requests", async () => {
  const wiki = plainWiki(WIKI);
  const finder = createPassageFinder(wiki, { language: "en" });

  const { value } = await finder.find("Which Umbrian virtuoso taught Xaver Quux the theremin?");

  assert.deepEqual(value.titles, []);
  assert.equal(wiki.requests.length, 6);
  assert.equal(wiki.requests.at(-1), "suggest:Umbri");
});
