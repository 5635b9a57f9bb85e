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

test("A question without a subject is about the first mentioned name that answers it", async () => {
  const wiki = plainWiki(WIKI);
  const finder = createPassageFinder(wiki, { language: "en" });

  const { value } = await finder.find("What is its population?", { mentioned: ["Nowhere", "Yeast", "Gannet Island"] });

  assert.equal(value.passages[0]?.sentences[0]?.text, "Its population is 52.");
  assert.equal(value.relevant, true);
  assert.deepEqual(wiki.requests, ["article:Nowhere", "article:Yeast", "article:Gannet Island"]);
});

test("A short question without a word that refers back asks for no mentioned name", async () => {
  const wiki = plainWiki(WIKI);
  const finder = createPassageFinder(wiki, { language: "en" });

  await finder.find("What is yeast?", { mentioned: ["Port Ellery"] });

  assert.deepEqual(wiki.requests, ["article:yeast"]);
});

test("A question without a subject is not answered from wherever its word stands", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("What is its population?");

  assert.equal(value.relevant, false);
});

test("A question that says nothing by itself is about the subject of the thread", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("What is it?", { subject: "Gannet Island" });

  assert.equal(value.passages[0]?.sentences[0]?.text, "Gannet Island is an island in the western sea.");
  assert.equal(value.relevant, true);
});

test("A question of one word asks the question before it again, for something else", async () => {
  const mill = page(
    "Ellery Mill",
    ["", "Ellery Mill grinds corn for the whole coast."],
    ["Building", "The mill was built by Dorothea Lund. The mill was built in 1871."],
  );
  const finder = createPassageFinder(plainWiki([mill]), { language: "en" });

  const who = await finder.find("by whom?", { earlier: ["why?", "When was Ellery Mill built?"] });
  const when = await finder.find("when?", { earlier: ["Who built Ellery Mill?"] });

  assert.equal(who.value.passages[0]?.sentences[0]?.text, "The mill was built by Dorothea Lund.");
  assert.equal(when.value.passages[0]?.sentences[0]?.text, "The mill was built in 1871.");
});

test("A question of one word is in the language of the question before it", async () => {
  const mill = page("Molino de Ellery", [
    "",
    "El molino de Ellery muele maíz.",
    "Los vecinos lo construyeron en 1871.",
  ]);
  const finder = createPassageFinder(plainWiki([mill]), { language: "en" });

  const { value } = await finder.find("¿cuándo?", { earlier: ["¿Quiénes fueron los que construyeron el molino?"] });

  assert.equal(value.passages[0]?.source.text, "Los vecinos lo construyeron en 1871.");
});

test("A title that the question is certainly about needs no naming, and naming it is no answer", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });
  const options = { titles: ["Port Ellery"], subject: "Port Ellery" };

  const unnamed = await finder.find("How many people live in the harbour?", options);
  const unanswered = await finder.find("Who painted Port Ellery?", options);
  const bare = await finder.find("Ellery harbour town", options);

  assert.equal(unnamed.value.passages[0]?.source.title, "Port Ellery");
  assert.equal(unanswered.value.relevant, false);
  assert.deepEqual(unanswered.value.titles, ["Port Ellery"]);
  assert.equal(bare.value.passages[0]?.sentences[0]?.text, "Port Ellery is a harbour town on the west coast.");
});
