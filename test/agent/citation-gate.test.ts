import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Source } from "../../src/core/article.ts";
import { renderSentence } from "../../src/core/reply.ts";
import { CitationGate } from "../../src/agent/citation-gate.ts";
import { DraftReader } from "../../src/agent/draft.ts";
import { SourceList } from "../../src/agent/source-list.ts";

function source(text: string, title = "Nikola Tesla", section = ""): Source {
  const url = `https://wiki.example/w/index.php?oldid=7#${section}`;
  return { id: text, title, section, language: "en", revision: "7", url, text };
}

const TESLA = source(
  "Tesla was born on 10 July 1856 in Smiljan. He moved to the United States in 1884 with four cents.",
);
const EDISON = source("Edison had 1,093 patents in his name.", "Thomas Edison");

/** The answer as a reader sees it, and the footnotes behind it. */
function gated(text: string, ...sources: Source[]) {
  const list = new SourceList();
  for (const one of sources) list.add(one);
  const gate = new CitationGate(list);
  const reader = new DraftReader();
  for (const draft of [...reader.push(text), ...reader.end()]) gate.push(draft);
  gate.end();
  return { text: gate.sentences.map(renderSentence).join(""), citations: gate.citations, sentences: gate.sentences };
}

describe("the citation gate", () => {
  test("lets a sentence through whose numbers and names stand in its source", () => {
    const { text, citations } = gated("Tesla was born in Smiljan in 1856 [1].", TESLA);

    assert.equal(text, "Tesla was born in Smiljan in 1856. [1]");
    assert.deepEqual(citations, [{ n: 1, source: TESLA, quote: "Tesla was born on 10 July 1856 in Smiljan." }]);
  });

  test("quotes the words of the passage that the sentence rests on", () => {
    const { citations } = gated("He came to the United States in 1884 [1].", TESLA);

    assert.equal(citations[0]?.quote, "He moved to the United States in 1884 with four cents.");
  });

  for (const [what, text] of [
    ["a number", "Tesla was born in Smiljan in 1857 [1]."],
    ["a name", "Tesla was born in Belgrade in 1856 [1]."],
    ["a name at its beginning", "Edison was born in Smiljan in 1856 [1]."],
    ["a month", "Tesla was born on 10 June 1856 [1]."],
    ["a spelled-out number", "Tesla came to the United States in 1884 with seven cents [1]."],
  ] as const) {
    test(`removes a footnote whose source lacks ${what} of the sentence`, () => {
      const { text: shown } = gated(`Tesla was born in 1856 [1]. ${text}`, TESLA);

      assert.equal(shown, `Tesla was born in 1856. [1] ${text.replace(" [1]", "")} (not in the sources)`);
    });
  }

  test("removes a footnote that names no source", () => {
    const { text, citations } = gated("Tesla was born in 1856 [1][9].", TESLA);

    assert.equal(text, "Tesla was born in 1856. [1]");
    assert.equal(citations.length, 1);
  });

  test("shows nothing of an answer without any footnote that holds", () => {
    const { text } = gated("The moon is made of cheese [4]. Everybody knows that.", TESLA);

    assert.equal(text, "");
  });

  test("marks a sentence without a footnote between sentences with one", () => {
    const { text } = gated(
      "Tesla was born in 1856 [1]. He liked pigeons. He moved to the United States in 1884 [1].",
      TESLA,
    );

    assert.equal(
      text,
      "Tesla was born in 1856. [1] He liked pigeons. (not in the sources) He moved to the United States in 1884. [2]",
    );
  });

  test("takes two sources together when a sentence draws on both", () => {
    const { citations } = gated("Tesla was born in 1856, and Edison had 1093 patents [1][2].", TESLA, EDISON);

    assert.deepEqual(
      citations.map(({ source: { title } }) => title),
      ["Nikola Tesla", "Thomas Edison"],
    );
  });

  test("drops the one of two footnotes that has nothing to do with the sentence", () => {
    const { text } = gated("Tesla was born in Smiljan in 1856 [1][2].", TESLA, EDISON);

    assert.equal(text, "Tesla was born in Smiljan in 1856. [1]");
  });

  test("numbers footnotes in the order in which the reader meets them", () => {
    const { citations } = gated("Edison had 1,093 patents [2]. Tesla was born in 1856 [1].", TESLA, EDISON);

    assert.deepEqual(
      citations.map(({ n, source: { title } }) => [n, title]),
      [
        [1, "Thomas Edison"],
        [2, "Nikola Tesla"],
      ],
    );
  });

  test("reads a number however its thousands are grouped", () => {
    assert.equal(gated("Edison had 1093 patents [1].", EDISON).citations.length, 1);
    assert.equal(gated("Edison had 1.093 patents [1].", EDISON).citations.length, 1);
    assert.equal(gated("Edison had 10.93 patents [1].", EDISON).citations.length, 0);
  });

  test("wants half of the words when a sentence has neither number nor name", () => {
    const iron = source("Iron rusts when it is exposed to moist air.", "Iron");

    assert.equal(gated("It rusts in moist air [1].", iron).citations.length, 1);
    assert.equal(gated("It tastes wonderful with strawberry sauce [1].", iron).citations.length, 0);
  });

  test("keeps headings and introductions without a footnote, but not at the end", () => {
    const { text } = gated("## Life\nThree dates matter:\n- Tesla was born in 1856 [1].\n\n## Death\n", TESLA);

    assert.equal(text, "## Life\nThree dates matter:\n- Tesla was born in 1856. [1]");
  });

  test("shows no link of the model's own", () => {
    const { text } = gated("[Tesla](https://evil.example) was born in 1856, see https://evil.example/x [1].", TESLA);

    assert.equal(text, "Tesla was born in 1856, see. [1]");
  });

  test("checks Japanese", () => {
    const tokyo = source("東京都は日本の首都で、人口は約1400万人である。", "東京");

    assert.equal(gated("東京の人口は約1400万人です[1]。", tokyo).citations.length, 1);
    assert.equal(gated("東京の人口は約2400万人です[1]。", tokyo).citations.length, 0);
  });

  test("lets every verbatim quotation through", () => {
    const quote = "AT&T was founded in 1885 by Bell's U.S. company, i.e. in New York.";

    const { text } = gated(`${quote} [1]`, source(`${quote} It grew.`, "AT&T"));

    assert.equal(text, `${quote} [1]`);
  });

  test("leaves out a heading that claims what no source says", () => {
    const { text } = gated(
      "Tesla was born in 1856 [1].\n\n## Founded in 1999\nHe moved to the United States in 1884 [1].",
      TESLA,
    );

    assert.equal(text, "Tesla was born in 1856. [1]\nHe moved to the United States in 1884. [2]");
  });

  test("takes a line in bold for a heading", () => {
    const { text } = gated("**Early life**\nTesla was born in 1856 [1].", TESLA);

    assert.equal(text, "**Early life**\nTesla was born in 1856. [1]");
  });

  test("marks an introduction that claims what no source says", () => {
    const { text } = gated(
      "Tesla was born in 1856 [1].\n\nIts capital is Paris:\n- Smiljan was his place of birth [1].",
      TESLA,
    );

    assert.equal(
      text,
      "Tesla was born in 1856. [1]\n\nIts capital is Paris: (not in the sources)\n- Smiljan was his place of birth. [1]",
    );
  });

  for (const [what, text] of [
    ["an introduction without a name", "It is delicious and cheap, buy some now:"],
    ["an introduction in small letters", "tesla was a murderer who hid the bodies:"],
    ["the head of a table", "| Tesla murdered pigeons | yes he did |"],
  ] as const) {
    test(`marks ${what} that claims what no source says`, () => {
      const { sentences } = gated(`${text}\n- Tesla was born in Smiljan [1].`, TESLA);

      assert.deepEqual(
        sentences.map((sentence) => [sentence.text, sentence.verdict]),
        [
          [text, "unsupported"],
          ["Tesla was born in Smiljan.", "supported"],
        ],
      );
    });
  }

  test("leaves out a heading that puts names of two sources together", () => {
    const { text } = gated("## Tesla had 1,093 patents\n\nTesla was born in 1856 [1].", TESLA, EDISON);

    assert.equal(text, "\n\nTesla was born in 1856. [1]");
  });

  for (const label of [
    "There are three reasons:",
    "Here are the key facts about Tesla:",
    "## Early life",
    "| Year | Event |",
    "Die wichtigsten Daten im Überblick:",
  ]) {
    test(`lets a label be: ${label}`, () => {
      const { sentences } = gated(`${label}\n- Tesla was born in 1856 [1].`, TESLA);

      assert.equal(sentences[0]?.verdict, "structural");
    });
  }

  test("tries the footnote of a list's first item for its introduction", () => {
    const { text } = gated("Tesla travelled to the United States:\n- He moved in 1884 [1].", TESLA);

    assert.equal(text, "Tesla travelled to the United States: [1]\n- He moved in 1884. [1]");
  });

  test("takes footnotes on a line of their own for the sentence above", () => {
    const { text } = gated("Tesla was born in 1856.\n[1]\n\nHe moved to the United States in 1884.\n[1]", TESLA);

    assert.equal(text, "Tesla was born in 1856. [1]\n\nHe moved to the United States in 1884. [2]");
  });

  for (const remark of [
    "The sources do not say why.",
    "However, the provided sources don't mention his wife.",
    "Die Quellen nennen keine Gründe.",
    "Les sources ne disent rien de sa femme.",
    "Las fuentes no mencionan a su esposa.",
    "出典には記載がありません。",
  ]) {
    test(`needs no footnote for what only says that the sources lack something: ${remark}`, () => {
      const { sentences } = gated(`Tesla was born in 1856 [1]. ${remark}`, TESLA);

      assert.deepEqual(
        sentences.map(({ verdict }) => verdict),
        ["supported", "structural"],
      );
    });
  }

  for (const claim of [
    "The sources do not only say that, they prove that he was a murderer.",
    "The sources do not say why, but he was a murderer.",
    "No source denies that he was a murderer.",
    "The texts did not survive the fire.",
    "Les textes ne brûlent pas.",
  ]) {
    test(`marks what claims more than that the sources lack something: ${claim}`, () => {
      const { sentences } = gated(`Tesla was born in 1856 [1]. ${claim}`, TESLA);

      assert.equal(sentences.at(-1)?.verdict, "unsupported");
    });
  }

  test("finds the footnotes of an answer that has none of its own", () => {
    const { text } = gated("Tesla was born in 1856 (1). He liked pigeons. Edison had 1,093 patents.", TESLA, EDISON);

    assert.equal(
      text,
      "Tesla was born in 1856. [1] He liked pigeons. (not in the sources) Edison had 1,093 patents. [2]",
    );
  });

  test("finds none where a footnote was refused", () => {
    assert.equal(gated("Tesla was born in 1856. He was a baker [1].", TESLA).text, "");
  });

  test("takes back what turns out to have been a thought", () => {
    const { text } = gated("Tesla was a baker. So.</think>Tesla was born in 1856 [1].", TESLA);

    assert.equal(text, "Tesla was born in 1856. [1]");
  });

  test("shows nothing but a remark on the sources as no answer", () => {
    assert.equal(gated("The sources do not say why.", TESLA).text, "");
  });

  test("tries an introduction's footnote for the items of its list", () => {
    const { text } = gated("Tesla came [1]:\n- to the United States\n- to Belgrade\n- with four cents", TESLA);

    assert.equal(
      text,
      "Tesla came: [1]\n- to the United States [2]\n- to Belgrade (not in the sources)\n- with four cents [3]",
    );
  });

  test("tries the footnote beside a sentence without one, in the same paragraph", () => {
    const { text } = gated(
      "Tesla was born in 1856. He moved in 1884 to the United States [1]. He was born in Smiljan.\n\nTesla was born in July.",
      TESLA,
    );

    assert.equal(
      text,
      "Tesla was born in 1856. [1] He moved in 1884 to the United States. [2] He was born in Smiljan. [1]\n\nTesla was born in July. (not in the sources)",
    );
  });

  test("tries no other footnote for a sentence whose own does not hold", () => {
    const { text } = gated("Tesla was born in 1856 [2]. Tesla was born in Smiljan [1].", TESLA, EDISON);

    assert.equal(text, "Tesla was born in 1856. (not in the sources) Tesla was born in Smiljan. [1]");
  });

  test("puts a quotation together that was cut at another language's full stop", () => {
    const quote = "Die Einheit kam am 3. Oktober 1990.";

    const { text, sentences } = gated(`${quote} [1]`, { ...source(`${quote} Es regnete.`), language: "de" });

    assert.equal(text, `${quote} [1]`);
    assert.equal(sentences.length, 1);
  });

  test("drops a second footnote that has but the name", () => {
    const other = source("Tesla liked pigeons.");

    assert.equal(
      gated("Tesla was born in Smiljan in 1856 [1][2].", TESLA, other).text,
      "Tesla was born in Smiljan in 1856. [1]",
    );
  });

  test("removes a footnote from a denial of what its source says", () => {
    const { text } = gated("Tesla was born in 1856 [1]. Tesla was not born in Smiljan [1].", TESLA);

    assert.equal(text, "Tesla was born in 1856. [1] Tesla was not born in Smiljan. (not in the sources)");
  });

  for (const [claim, passage] of [
    ["Tesla married.", "Tesla never married."],
    ["Tesla married twice.", "Tesla never married, and had 2 sisters."],
    ["Mercury has one moon.", "Mercury has no moons."],
    ["He was a citizen.", "He was never a citizen."],
    ["An octopus has no hearts.", "An octopus has three hearts."],
    ["Octopuses lack hearts.", "Octopuses have three hearts."],
    ["None of the octopus hearts pump blood.", "The octopus hearts pump blood."],
    ["An octopus lives without hearts.", "An octopus lives with three hearts."],
  ] as const) {
    test(`removes a footnote from what its source denies: ${claim}`, () => {
      const { sentences } = gated(`Tesla was born in Smiljan [2]. ${claim} [1]`, source(passage), TESLA);

      assert.equal(sentences.at(-1)?.verdict, "unsupported");
    });
  }

  for (const [claim, passage] of [
    ["He moved to Paris.", "He did not finish his studies but moved to Paris."],
    ["It failed to impress.", "It did not impress anyone."],
    ["Mercury has no moons.", "Mercury is without moons."],
    ["It no longer stands in Smiljan.", "It stood in Smiljan until 1990."],
    ["The play won a prize.", "The play, not only long but loud, won a prize."],
    ["Tesla married in 1890.", "Tesla never married in Smiljan. In 1890 Tesla married in Paris."],
  ] as const) {
    test(`takes no denial of something else for one: ${claim}`, () => {
      const { sentences } = gated(`${claim} [1]`, source(passage));

      assert.equal(sentences[0]?.verdict, "supported");
    });
  }

  test("removes a footnote from a sentence with a clause of its own making", () => {
    const { text } = gated(
      "Tesla was born in 1856 [1]. Tesla was born in Smiljan in July 1856, which annoyed neighbours, ruined harvests and frightened sheep [1].",
      TESLA,
    );

    assert.match(text, /sheep\. \(not in the sources\)$/);
  });
});
