import assert from "node:assert/strict";
import { test } from "node:test";
import { createPassageFinder } from "../../src/wiki/find-passages.ts";
import { page, plainWiki } from "../fakes/plain-wiki.ts";

const ELLERY = page(
  "Port Ellery",
  ["", "Port Ellery is a harbour town on the west coast."],
  ["People", "The population was 8,400 in 2020. Most families came from the islands."],
);
const ISLAND = page(
  "Gannet Island",
  ["", "Gannet Island is an island in the western sea."],
  ["People", "Its population is 52. The islanders speak a dialect of their own."],
);
const YEAST = page("Yeast", ["", "Yeast is a fungus of a single cell. Bakers let dough rise with it."]);
const WIKI = [ISLAND, ELLERY, YEAST];

test("A question without a subject is about the thread's", async () => {
  const wiki = plainWiki(WIKI);
  const finder = createPassageFinder(wiki, { language: "en" });

  const { value } = await finder.find("And its population?", { subject: "Port Ellery" });

  assert.equal(value.passages[0]?.sentences[0]?.text, "The population was 8,400 in 2020.");
  assert.equal(value.relevant, true);
  assert.deepEqual(wiki.requests, ["article:Port Ellery"]);
});

test("A longer question is about the thread's subject when a pronoun says so", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("From which islands did most families that live there come?", {
    subject: "Port Ellery",
  });

  assert.equal(value.passages[0]?.sentences[0]?.text, "Most families came from the islands.");
});

test("A question that names something else is not about the thread's subject", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("What is the population of Gannet Island?", { subject: "Port Ellery" });

  assert.equal(value.passages[0]?.source.title, "Gannet Island");
});

test("A short question that the thread's subject does not answer is searched for", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("What is yeast?", { subject: "Port Ellery" });

  assert.equal(value.passages[0]?.source.title, "Yeast");
});

test("A question that says too little by itself is not searched for elsewhere", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("Who speaks a dialect there?", { subject: "Port Ellery" });

  assert.equal(value.relevant, false);
  assert.deepEqual(value.titles, ["Port Ellery"]);
});

test("A German question without a subject is about the thread's", async () => {
  const stadt = page("Ellerhafen", ["", "Ellerhafen ist eine Stadt."], ["Leute", "Die Einwohnerzahl betrug 8.400."]);
  const finder = createPassageFinder(plainWiki([stadt]), { language: "de" });

  const { value } = await finder.find("Und die Einwohnerzahl?", { subject: "Ellerhafen" });

  assert.equal(value.passages[0]?.sentences[0]?.text, "Die Einwohnerzahl betrug 8.400.");
});
