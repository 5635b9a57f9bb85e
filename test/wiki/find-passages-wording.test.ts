import assert from "node:assert/strict";
import { test } from "node:test";
import { createPassageFinder } from "../../src/wiki/find-passages.ts";
import { page, plainWiki } from "../fakes/plain-wiki.ts";

const BEE = page("Mason bee", ["", "Mason bees are solitary bees that build nests of mud in a wall."]);

test("Short words are found in their other forms too", async () => {
  const kiln = page(
    "Ellery kiln",
    ["", "The Ellery kiln fires tiles."],
    ["Trade", "Uses of its lime: mortar and paint."],
  );
  const finder = createPassageFinder(plainWiki([kiln, BEE]), { language: "en" });

  const { value } = await finder.find("What is lime used for?");

  assert.equal(value.passages[0]?.sentences[0]?.text, "Uses of its lime: mortar and paint.");
});

test("Where something is now is told by what has been so since", async () => {
  const lamp = page("Ellery lamp", [
    "",
    "The Ellery lamp was bought from Gannet Glass. The lamp was shown in Velm for a year. The lamp has stood in the Lund Museum since 1902.",
  ]);
  const finder = createPassageFinder(plainWiki([lamp, BEE]), { language: "en" });

  const { value } = await finder.find("Where is the Ellery lamp now?");

  assert.equal(value.passages[0]?.sentences[0]?.text, "The lamp has stood in the Lund Museum since 1902.");
});

test("A list answers what the sentence does that introduces it", async () => {
  const kiln = page("Ellery kiln", [
    "",
    "The Ellery kiln fires tiles.",
    "Uses of its lime include:",
    "mortar; paint",
    "Lime was costly. Carts brought the stone.",
  ]);
  const finder = createPassageFinder(plainWiki([kiln, BEE]), { language: "en" });

  const { value } = await finder.find("What is lime used for?");

  assert.deepEqual(
    value.passages.slice(0, 2).map(({ source }) => source.text),
    ["Uses of its lime include:", "mortar; paint"],
  );
});

test("A list does not tell who somebody was, though its introduction names them", async () => {
  const lovelace = page("Ada Lovelace", [
    "",
    "Ada Lovelace was a mathematician and writer.",
    "Lovelace was born in London in 1815.",
    "Several things carry her name:",
    "the programming language Ada, adopted in 1980; Ada Lovelace Day, first held in 2009; the Lovelace Medal",
  ]);
  const finder = createPassageFinder(plainWiki([lovelace, BEE]), { language: "en" });

  const { value } = await finder.find("Who was Ada Lovelace?");

  const sentences = value.passages.flatMap((passage) => passage.sentences);
  const [first, second] = sentences.toSorted((a, b) => b.score - a.score);
  assert.equal(first?.text, "Ada Lovelace was a mathematician and writer.");
  assert.doesNotMatch(second?.text ?? "", /programming language/);
});

test("How many is no word that is looked for", async () => {
  const wiki = plainWiki([BEE]);
  const finder = createPassageFinder(wiki, { language: "en" });

  await finder.find("How many nests of mud are built?");

  assert.equal(wiki.requests[0], "search:nest* mud buil*");
});
