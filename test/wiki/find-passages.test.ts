import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "../../src/core/failure.ts";
import { createPassageFinder } from "../../src/wiki/find-passages.ts";
import { disambiguation, page, plainWiki } from "../fakes/plain-wiki.ts";

const HARBOUR = page(
  "Port Ellery",
  ["", "Port Ellery is a harbour town on the west coast. About 8,400 people live there."],
  [
    "History",
    "Fishermen settled the bay in the Middle Ages. The harbour wall was raised by Dorothea Lund. It was completed in 1871.",
    "A fire destroyed the old market hall. The town council rebuilt it in brick.",
  ],
  ["Lighthouse", "The lighthouse stands on Gannet Rock. Its lamp can be seen for 18 miles."],
);
const BRIDGE = page(
  "Lund Bridge",
  ["", "Lund Bridge is an iron bridge over the Ell. Dorothea Lund designed it after the harbour wall of Port Ellery."],
  ["Toll", "Carts paid a penny until the toll was lifted in 1902."],
);
const BEE = page(
  "Mason bee",
  ["", "Mason bees are solitary bees that build nests of mud. A female lays about 20 eggs in a season."],
  ["Pollination", "Orchards keep mason bees because they pollinate apple trees in cold springs."],
);
const MERCURY_PLANET = page("Mercury (planet)", [
  "",
  "Mercury is the planet closest to the Sun. Its orbit takes 88 days.",
]);
const MERCURY_ELEMENT = page("Mercury (element)", ["", "Mercury is a metal that is liquid at room temperature."]);
const MERCURY = disambiguation("Mercury", "Mercury (planet)", "Mercury (element)");
const WIKI = [HARBOUR, BRIDGE, BEE, MERCURY, MERCURY_PLANET, MERCURY_ELEMENT];

test("The best sentence answers the question, though its passage stands far down in the article", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("How far can the lamp of the lighthouse be seen?");

  assert.equal(value.passages[0]?.source.title, "Port Ellery");
  assert.equal(value.passages[0].source.section, "Lighthouse");
  assert.equal(value.passages[0].sentences[0]?.text, "Its lamp can be seen for 18 miles.");
  assert.equal(value.relevant, true);
});

test("Other forms of the words are found on a wiki that knows no stems", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("Why does an orchard use bees for pollinating apples?");

  assert.equal(value.passages[0]?.source.section, "Pollination");
});

test("A word that the wiki does not know costs no answer", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("How many eggs does a motherly mason bee deposit?");

  assert.equal(value.passages[0]?.sentences[0]?.text, "A female lays about 20 eggs in a season.");
});

test("A sentence is credited with the words of the sentence before it", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("When was the harbour wall of Dorothea Lund finished?");

  const best = value.passages[0]?.sentences.slice(0, 2).map(({ text }) => text);
  assert.deepEqual(best, ["The harbour wall was raised by Dorothea Lund.", "It was completed in 1871."]);
});

test("Sentences are verbatim in their passage and sorted by score", async () => {
  const finder = createPassageFinder(plainWiki([BEE]), { language: "en" });

  const { value } = await finder.find("How many eggs does a female mason bee lay?");

  const [passage] = value.passages;
  assert.deepEqual(
    passage?.sentences.map(({ text }) => text),
    ["A female lays about 20 eggs in a season.", "Mason bees are solitary bees that build nests of mud."],
  );
  assert.equal(
    passage?.source.text,
    "Mason bees are solitary bees that build nests of mud. A female lays about 20 eggs in a season.",
  );
});

test("A question for a subject alone is answered by the opening of its article, with one lookup", async () => {
  const wiki = plainWiki(WIKI);
  const finder = createPassageFinder(wiki, { language: "en" });

  const { value } = await finder.find("What is Port Ellery?");

  assert.equal(value.passages[0]?.sentences[0]?.text, "Port Ellery is a harbour town on the west coast.");
  assert.deepEqual(wiki.requests, ["article:Port Ellery"]);
});

test("A subject is found under the title that redirects to it", async () => {
  const wiki = plainWiki(WIKI, { redirects: { osmia: "Mason bee" } });
  const finder = createPassageFinder(wiki, { language: "en" });

  const { value } = await finder.find("What is osmia?");

  assert.equal(value.passages[0]?.sentences[0]?.text, "Mason bees are solitary bees that build nests of mud.");
  assert.equal(value.relevant, true);
});

test("An ambiguous subject gives its meanings to choose from", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("What is Mercury?");

  assert.deepEqual(value.choices, ["Mercury (planet)", "Mercury (element)"]);
  assert.deepEqual(value.passages, []);
  assert.equal(value.relevant, false);
});

test("A request for an ambiguous subject gives its meanings too", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("Tell me about Mercury.");

  assert.deepEqual(value.choices, ["Mercury (planet)", "Mercury (element)"]);
});

test("A question with words enough finds the meaning it is about", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("How long does Mercury's orbit take?");

  assert.equal(value.passages[0]?.source.title, "Mercury (planet)");
  assert.deepEqual(value.choices, []);
});

test("A question about something the wiki has no article on is not answered", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("Which composer wrote the opera about Emperor Maximilian in Mexico?");

  assert.equal(value.relevant, false);
});

test("What the search offered is suggested when nothing is relevant", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("Which violinist of Vienna liked the quartets and the orchards?");

  assert.equal(value.relevant, false);
  assert.deepEqual(value.titles, ["Mason bee"]);
});

test("A question of stop words alone finds nothing and asks nothing", async () => {
  const wiki = plainWiki(WIKI);
  const finder = createPassageFinder(wiki, { language: "en" });

  const { value } = await finder.find("What is it?");

  assert.deepEqual(value, { passages: [], titles: [], choices: [], coverage: 0, relevant: false });
  assert.deepEqual(wiki.requests, []);
});

test("Given titles are the only articles looked in, without a search", async () => {
  const wiki = plainWiki(WIKI);
  const finder = createPassageFinder(wiki, { language: "en" });

  const { value } = await finder.find("What did Dorothea Lund design?", { titles: ["Lund Bridge"] });

  assert.deepEqual(
    value.passages.map(({ source }) => source.title),
    ["Lund Bridge"],
  );
  assert.deepEqual(wiki.requests, ["article:Lund Bridge"]);
});

test("No more passages come back than asked for", async () => {
  const finder = createPassageFinder(plainWiki(WIKI), { language: "en" });

  const { value } = await finder.find("What did Dorothea Lund raise at the harbour?", { limit: 1 });

  assert.equal(value.passages.length, 1);
});

test("An article that cannot be read does not spoil what the others give", async () => {
  const failures = { "Lund Bridge": new Failure("over-budget", "no permit") };
  const finder = createPassageFinder(plainWiki(WIKI, { failures }), { language: "en" });

  const { value } = await finder.find("Who raised the harbour wall of Port Ellery?");

  assert.equal(value.passages[0]?.source.title, "Port Ellery");
});

test("A search that fails does not take away what was read before it", async () => {
  const failure = new Failure("over-budget", "no permit");
  const wiki = plainWiki(WIKI, { searchesFail: { after: 0, failure } });
  const finder = createPassageFinder(wiki, { language: "en" });

  const { value } = await finder.find("And does an engineer there keep the lamp of zymurgy with bees?", {
    subject: "Port Ellery",
  });

  assert.equal(value.passages[0]?.source.title, "Port Ellery");
  assert.deepEqual(
    wiki.requests.map((request) => request.split(":")[0]),
    ["article", "search"],
  );
});

test("A search that fails does not take away what the one beside it finds", async () => {
  const failure = new Failure("wiki-unavailable", "no answer");
  const wiki = plainWiki(WIKI, { searchesFail: { after: 2, failure } });
  const finder = createPassageFinder(wiki, { language: "en" });

  const { value } = await finder.find("Did Dorothea fence?");

  assert.deepEqual(value.titles, ["Port Ellery", "Lund Bridge"]);
});

test("A wiki that no search gets an answer from is a failure", async () => {
  const failure = new Failure("over-budget", "no permit");
  const finder = createPassageFinder(plainWiki(WIKI, { searchesFail: { after: 0, failure } }), { language: "en" });

  await assert.rejects(finder.find("Which zymurgist taught the engineer?"), { kind: "over-budget" });
});

test("A wiki of which no article can be read is a failure", async () => {
  const failures = { "Mason bee": new Failure("wiki-unavailable", "no answer") };
  const finder = createPassageFinder(plainWiki([BEE], { failures }), { language: "en" });

  await assert.rejects(finder.find("How many eggs does a mason bee lay?"), {
    name: "Failure",
    kind: "wiki-unavailable",
  });
});

test("Passages of a stale article say since when", async () => {
  const finder = createPassageFinder(plainWiki([BEE], { outcome: "stale" }), { language: "en" });

  const { value, outcome, loadedAt } = await finder.find("How many eggs does a mason bee lay?");

  assert.equal(outcome, "stale");
  assert.equal(loadedAt, "2026-11-01T12:00:00.000Z");
  assert.equal(value.passages[0]?.source.staleSince, "2026-11-01T12:00:00.000Z");
});

test("A search that stems is sent the words as they were written", async () => {
  const wiki = plainWiki([BEE]);
  const finder = createPassageFinder(wiki, { language: "en", searchStems: true });

  await finder.find("Where do mason bees build solitary nests?");

  assert.equal(wiki.requests[0], "search:mason bees solitary nests");
});
