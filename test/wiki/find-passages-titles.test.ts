import assert from "node:assert/strict";
import { test } from "node:test";
import { createPassageFinder } from "../../src/wiki/find-passages.ts";
import { disambiguation, page, plainWiki } from "../fakes/plain-wiki.ts";

const COMPANY = page("AT&T", ["", "AT&T is a telephone company. It has its seat in Dallas."]);
const LANGUAGE = page("Ell++", [
  "",
  "Ell++ is a programming language.",
  "Anna Reed began it at Bell Labs, then a part of AT&T, as AT&T told the press.",
]);
const STONE = page("Ell Stone", ["", "The Ell Stone is a slab with a decree in three scripts."]);
const LIGHTHOUSE = page("Lighthouse of Velm", [
  "",
  "The Lighthouse of Velm was a tower that storms destroyed.",
  "Another monument of the kings is the Ell Stone.",
]);
const PLANET = page("Mercury (planet)", ["", "Mercury is close to the Sun. By day it is 430 °C hot there."]);
const METAL = page("Mercury (element)", [
  "",
  "Mercury is liquid at the usual temperature. Alchemists named mercury after the planet Mercury.",
]);
const MERCURY = disambiguation("Mercury", "Mercury (planet)", "Mercury (element)");

test("A title of single letters is found as a whole", async () => {
  const finder = createPassageFinder(plainWiki([LANGUAGE, COMPANY]), { language: "en" });

  const { value } = await finder.find("What is AT&T?");

  assert.equal(value.passages[0]?.sentences[0]?.text, "AT&T is a telephone company.");
});

test("A title of words that tell nothing is looked up as it was typed", async () => {
  const wiki = plainWiki([LANGUAGE, COMPANY]);
  const finder = createPassageFinder(wiki, { language: "en" });

  const { value } = await finder.find("at&t");

  assert.equal(value.passages[0]?.sentences[0]?.text, "AT&T is a telephone company.");
  assert.deepEqual(wiki.requests, ["article:at&t"]);
});

test("A name that is the title of nothing found is looked up", async () => {
  const wiki = plainWiki([LIGHTHOUSE, STONE]);
  const finder = createPassageFinder(wiki, { language: "en" });

  const { value } = await finder.find("Who destroyed the Ell Stone?");

  assert.ok(wiki.requests.includes("article:Ell Stone"));
  assert.equal(value.passages[0]?.source.title, "Ell Stone");
});

test("A name that redirects is the title of the article it leads to", async () => {
  const redirects = { "Pharos of Ellery": "Lighthouse of Velm" };
  const harbour = page("Ellery harbour", ["", "Ships pass the pharos of Ellery, which storms battered."]);
  const finder = createPassageFinder(plainWiki([harbour, LIGHTHOUSE], { redirects }), { language: "en" });

  const { value } = await finder.find("Which storms destroyed or battered the Pharos of Ellery?");

  assert.ok(value.passages.some(({ source }) => source.title === "Lighthouse of Velm"));
});

test("A name is not looked up where a title found says it", async () => {
  const wiki = plainWiki([STONE, LIGHTHOUSE]);
  const finder = createPassageFinder(wiki, { language: "en" });

  await finder.find("Which scripts are on the Ell Stone?");

  assert.deepEqual(wiki.requests, ["search:stone* Ell script*", "article:Ell Stone"]);
});

test("The meaning that the question tells apart is read, though the search offered another", async () => {
  const finder = createPassageFinder(plainWiki([METAL, MERCURY, PLANET]), { language: "en" });

  const { value } = await finder.find("mercury planet alchemists");

  assert.deepEqual(
    value.passages.map(({ source }) => source.title),
    ["Mercury (planet)"],
  );
});

test("Titles that the question names are the first to be offered", async () => {
  const finder = createPassageFinder(plainWiki([LIGHTHOUSE, STONE]), { language: "en" });

  const { value } = await finder.find("Which zymurgist destroyed a monument of kings near the stone of Ell?");

  assert.equal(value.titles[0], "Ell Stone");
});
