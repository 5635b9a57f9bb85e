import assert from "node:assert/strict";
import { test } from "node:test";
import type { Article, Passage } from "../../src/core/article.ts";
import { readQuestion } from "../../src/wiki/question-terms.ts";
import { rankPassages, type Ranking } from "../../src/wiki/rank-passages.ts";
import { loadLanguageWords } from "../../src/wiki/terms-language.ts";
import { page } from "../fakes/plain-wiki.ts";

const english = await loadLanguageWords("en");

const LEAD = "Port Ellery is a harbour town. It had a population of 8,400 at the census of 1920.";
const ELLERY = withTable(page("Port Ellery", ["", LEAD], ["Population", "Most people fish."]), [
  "Census: 1910; Population: 7,900",
  "Census: 1920; Population: 8,400",
]);
const FLEET = withTable(page("Fleet", ["", "The fleet of Ellery has barges."]), [
  "Ship: Heron; Known for: towing barges in fog",
  "Ship: Gull; Known for: racing",
]);

test("A row is the answer when it alone holds the number asked about", async () => {
  const { passages, relevant } = await rank("What was the population of Port Ellery in 1910?", ELLERY);

  assert.equal(relevant, true);
  assert.equal(passages[0]?.source.text, "Census: 1910; Population: 7,900");
});

test("A row is worth little beside a sentence that answers", async () => {
  const { passages } = await rank("What is the population of Port Ellery?", ELLERY);

  const [best] = passages;
  const rows = passages.filter(({ source }) => source.text.startsWith("Census"));
  assert.match(best?.sentences[0]?.text ?? "", /population of 8,400/);
  assert.equal(rows.length, 2);
  assert.ok(rows.every(({ score }) => score < 0.4 * best!.score));
});

test("A row that shares a word with the question is worth less than a sentence that shares as much", async () => {
  const { passages } = await rank("Which barges carry sacks of grain?", FLEET);

  assert.deepEqual(
    passages.map(({ source }) => source.text),
    ["The fleet of Ellery has barges.", "Ship: Heron; Known for: towing barges in fog"],
  );
});

test("A row does not tell what a subject is", async () => {
  const { passages, relevant } = await rank("1910", ELLERY);

  assert.equal(passages[0]?.source.text, "Census: 1910; Population: 7,900");
  assert.equal(relevant, false);
});

test("A list is worth little beside a sentence that answers, unless its introduction says that it does too", async () => {
  const lead = "Ada Reed of Ell grew, milled and sold grain. Several things carry her name:";
  const reed = page("Ada Reed", ["", lead], ["Farming", "What Ada Reed grew, milled and sold besides:"]);
  const named = "Ada Reed Street; the Ada Reed Cup of Ada Reed Day";
  const listed = withPassages(withPassages(reed, 0, "list", [named]), 1, "list", ["oats; rye"]);

  const { passages } = await rank("What did Ada Reed grow, mill and sell?", listed);

  const worth = new Map(passages.map(({ source, score }) => [source.text, score / passages[0]!.score]));
  assert.ok(worth.get(named)! < 0.4);
  assert.ok(worth.get("oats; rye")! > 0.4);
});

function rank(question: string, article: Article): Promise<Ranking> {
  return rankPassages(readQuestion(question, english), [{ article }], { language: english });
}

function withTable(article: Article, rows: readonly string[]): Article {
  return withPassages(article, article.sections.length - 1, "table", rows);
}

function withPassages(article: Article, place: number, kind: Passage["kind"], texts: readonly string[]): Article {
  const section = article.sections[place]!;
  const passages = [...section.passages, ...texts.map((text) => ({ kind, text }))];
  return { ...article, sections: article.sections.with(place, { ...section, passages }) };
}
