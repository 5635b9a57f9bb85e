import assert from "node:assert/strict";
import { test } from "node:test";
import { readQuestion } from "../../src/wiki/question-terms.ts";
import { rankPassages } from "../../src/wiki/rank-passages.ts";
import { loadLanguageWords } from "../../src/wiki/terms-language.ts";
import { page } from "../fakes/plain-wiki.ts";

const english = await loadLanguageWords("en");

test("A sentence with a number is preferred when a quantity is asked for", async () => {
  const article = page("Ell", ["", "Barges carry grain on the Ell all year. Barges on the Ell carry 300 sacks each."]);

  const { passages } = await rankPassages(readQuestion("How many sacks do barges carry?", english), [{ article }], {
    language: english,
  });

  assert.equal(passages[0]?.sentences[0]?.text, "Barges on the Ell carry 300 sacks each.");
});

test("A year is preferred when a time is asked for", async () => {
  const article = page("Ell Mill", ["", "The mill burned because of sparks. In 1823 the mill burned down."]);

  const { passages } = await rankPassages(readQuestion("When did the mill burn?", english), [{ article }], {
    language: english,
  });

  assert.equal(passages[0]?.sentences[0]?.text, "In 1823 the mill burned down.");
});

test("The heading counts for a passage that does not repeat it", async () => {
  const article = page(
    "Port Ellery",
    ["", "It has a school and a chapel. A fee is asked for."],
    ["Ferry", "A fee of two pence is asked for."],
  );

  const { passages } = await rankPassages(readQuestion("What fee does the ferry ask?", english), [{ article }], {
    language: english,
  });

  assert.equal(passages[0]?.source.section, "Ferry");
});

test("A list too long to be quoted whole is quoted by its items", async () => {
  const items = Array.from({ length: 40 }, (_, i) => `a ship named Gull ${i}`);
  const article = page("Fleet", ["", [...items, "a barge named Heron"].join("; ")]);

  const { passages } = await rankPassages(readQuestion("Which barge is in the fleet?", english), [{ article }], {
    language: english,
  });

  assert.equal(passages[0]?.sentences[0]?.text, "a barge named Heron");
});

test("Coverage is the share of the question that the best passage holds", async () => {
  const article = page("Ell Mill", ["", "The mill grinds oats."]);

  const all = await rankPassages(readQuestion("Which mill grinds oats?", english), [{ article }], {
    language: english,
  });
  const none = await rankPassages(readQuestion("Which opera has trumpets?", english), [{ article }], {
    language: english,
  });

  assert.equal(all.coverage, 1);
  assert.equal(none.coverage, 0);
});

test("A passage that holds one plain word of two is no answer", async () => {
  const article = page(
    "Fleet",
    ["", "Barges carry grain.", "The crew mend the sails."],
    ["Crew", "They sleep ashore."],
  );

  const half = await rankPassages(readQuestion("Which barges won?", english), [{ article }], { language: english });
  const whole = await rankPassages(readQuestion("Which barges carry?", english), [{ article }], { language: english });

  assert.equal(half.relevant, false);
  assert.equal(whole.relevant, true);
});

test("A sentence that answers in another word comes before one that does not", async () => {
  const article = page("Ell Loom", [
    "",
    "The Ell Loom was shown by Anna Reed in Paris. The Ell Loom was devised by Tom Hale in Leeds.",
  ]);

  const { passages } = await rankPassages(readQuestion("Who invented the Ell Loom?", english), [{ article }], {
    language: english,
  });

  assert.equal(passages[0]?.sentences[0]?.text, "The Ell Loom was devised by Tom Hale in Leeds.");
});

test("The word that was asked for comes before a synonym of it", async () => {
  const article = page("Ell Loom", [
    "",
    "The Ell Loom was devised by Tom Hale in Leeds. The Ell Loom was invented by Anna Reed in Paris.",
  ]);

  const { passages } = await rankPassages(readQuestion("Who invented the Ell Loom?", english), [{ article }], {
    language: english,
  });

  assert.equal(passages[0]?.sentences[0]?.text, "The Ell Loom was invented by Anna Reed in Paris.");
});

test("A synonym is no part of the coverage", async () => {
  const article = page("Fleet", ["", "A tailor was assassinated."]);

  const { coverage } = await rankPassages(readQuestion("Who murdered?", english), [{ article }], { language: english });

  assert.equal(coverage, 0);
});

test("An irregular form is the word that was asked for", async () => {
  const article = page("Ell Opera", ["", "Anna Reed wrote it."]);

  const { coverage } = await rankPassages(readQuestion("Who did write?", english), [{ article }], {
    language: english,
  });

  assert.equal(coverage, 1);
});

test("A title with its parenthesis asks for the opening of that article", async () => {
  const ferry = page("Ell (ferry)", [
    "",
    "Ell carries grain across the bay. The ferry Ell is named after Ell, a goddess.",
  ]);
  const goddess = page("Ell (goddess)", [
    "",
    "Ell rules the tides. Both the ferry Ell and a mill are named after her.",
  ]);

  const { passages } = await rankPassages(
    readQuestion("ell (ferry)", english),
    [{ article: goddess }, { article: ferry }],
    { language: english },
  );

  assert.equal(passages[0]?.sentences[0]?.text, "Ell carries grain across the bay.");
});

test("In the subject's article a sentence that does not name it may answer better than one that does", async () => {
  const article = page(
    "Lighthouse of Ell",
    ["", "The Lighthouse of Ell is a tower."],
    ["Visitors", "Anna Reed saw the Lighthouse of Ell from Velm."],
    ["Construction", "Its architect was Tom Hale."],
  );

  const { passages } = await rankPassages(readQuestion("Who built the Lighthouse of Ell?", english), [{ article }], {
    language: english,
  });

  assert.equal(passages[0]?.sentences[0]?.text, "Its architect was Tom Hale.");
});

for (const [question, answer] of [
  ["What is the temperature of Ell?", "By day it is hot there."],
  ["When is Anna Reed's birthday?", "She was born in May."],
  ["Who destroyed Ell?", "Tom Hale demolished it."],
] as const) {
  test(`"${question}" is answered by "${answer}"`, async () => {
    const article = page("Ell and Anna Reed", [
      "",
      `Anna Reed saw Ell. Nobody lives there. They left long ago. ${answer}`,
    ]);

    const { passages } = await rankPassages(readQuestion(question, english), [{ article }], { language: english });

    assert.equal(passages[0]?.sentences[0]?.text, answer);
  });
}
