import assert from "node:assert/strict";
import { test } from "node:test";
import { createPassageFinder } from "../../src/wiki/find-passages.ts";
import { page, plainWiki } from "../fakes/plain-wiki.ts";

const OCTOPUS = page("Octopus", [
  "",
  "An octopus is a sea animal. The tardigrade is far smaller.",
  "Most of its nerve cells are in its arms.",
]);
const TARDIGRADE = page("Tardigrade", ["", "Tardigrades are tiny animals with eight legs. Many of them live in moss."]);
const MILL = page("Ell Mill", [
  "",
  "The Ell Mill is a mill on the Ell.",
  "It ground oats and had a fair number of hands.",
]);
const LIFE = page("Hibernation", ["", "Hibernation is a state of suspended life. Dormice need 2 nests for it."]);
const WIKI = [OCTOPUS, TARDIGRADE, MILL, LIFE];

test("What another article says without naming the subject is no answer", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("How many arms does a tardigrade have?");

  assert.equal(value.relevant, false);
  assert.equal(value.titles[0], "Tardigrade");
});

test("An article that has nothing of what is asked about its subject is no answer", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("Who demolished the Ell Mill?");

  assert.equal(value.relevant, false);
  assert.equal(value.titles[0], "Ell Mill");
});

test("An article that has it in other words is an answer", async () => {
  const kiln = page("Ell Kiln", ["", "The Ell Kiln is a kiln. It was erected by Anna Reed."]);
  const finder = createPassageFinder(plainWiki([kiln]), { language: "en" });

  const { value } = await finder.find("Who built the Ell Kiln?");

  assert.equal(value.relevant, true);
});

test("Words that stand in most articles find no answer", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("What is the meaning of life?");

  assert.equal(value.relevant, false);
});

test("A number alone is no question, unless it is a title", async () => {
  const year = page("1815", ["", "1815 was a year in which Ell burned."]);
  const finder = createPassageFinder(plainWiki([...WIKI, year]), { language: "en" });

  const { value: none } = await finder.find("2");
  const { value: one } = await finder.find("1815");

  assert.equal(none.relevant, false);
  assert.equal(one.relevant, true);
});

test("A follow-up of which the thread's article has the lesser part is not answered from it", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("What is its atomic number?", { subject: "Ell Mill" });

  assert.equal(value.relevant, false);
});
