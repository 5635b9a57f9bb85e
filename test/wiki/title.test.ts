import assert from "node:assert/strict";
import { it } from "node:test";
import { isPossibleTitle, normalizeTitle, titleInPath, titleInQuery } from "../../src/wiki/title.ts";

it("a title keeps the case of its first letter, which some wikis tell apart", () => {
  const titles = ["mercury__(planet) ", "éclair", "ßoo", "iPod", "a\u0301b", "東京", "1_2", ""].map(normalizeTitle);

  assert.deepEqual(titles, ["mercury (planet)", "éclair", "ßoo", "iPod", "áb", "東京", "1 2", ""]);
});

it("a title in an address is safe in Markdown and still reads well", () => {
  const titles = ["Mercury (planet)", "AT&T", "C++", "What?", "100%", "AC/DC: Live", "Rock 'n' Roll*!", "Ångström"].map(
    titleInPath,
  );

  assert.deepEqual(titles, [
    "Mercury_%28planet%29",
    "AT%26T",
    "C%2B%2B",
    "What%3F",
    "100%25",
    "AC/DC:_Live",
    "Rock_%27n%27_Roll%2A%21",
    "%C3%85ngstr%C3%B6m",
  ]);
});

it("a title in a query hides nothing that would end it", () => {
  assert.equal(titleInQuery("A/B & C=D #1"), "A%2FB_%26_C%3DD_%231");
});

it("a title may be 255 bytes long, which are fewer characters", () => {
  assert.deepEqual([isPossibleTitle("é".repeat(127)), isPossibleTitle("é".repeat(128))], [true, false]);
});
