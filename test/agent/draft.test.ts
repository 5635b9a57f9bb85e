import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DraftReader, type DraftSentence, NOTHING_YET } from "../../src/agent/draft.ts";

function readWhole(text: string): DraftSentence[] {
  const reader = new DraftReader();
  return [...reader.push(text), ...reader.end()];
}

function readByLetter(text: string): DraftSentence[] {
  const reader = new DraftReader();
  return [...text.split("").flatMap((letter) => reader.push(letter)), ...reader.end()];
}

describe("a draft", () => {
  test("gives a sentence as soon as the next one begins", () => {
    const reader = new DraftReader();

    assert.deepEqual(reader.push("It is 5 km long [1]."), []);
    assert.deepEqual(reader.push(" "), []);
    assert.deepEqual(reader.push("It"), []);
    assert.deepEqual(reader.push(" is"), [{ before: "", text: "It is 5 km long.", marks: [1], isHeading: false }]);
  });

  test("counts a footnote behind the full stop to the sentence before it", () => {
    assert.deepEqual(
      readWhole("It is long.[1] [2] It is wide. [3, 4]").map(({ text, marks }) => ({ text, marks })),
      [
        { text: "It is long.", marks: [1, 2] },
        { text: "It is wide.", marks: [3, 4] },
      ],
    );
  });

  test("keeps line breaks and list marks in front of the sentences", () => {
    assert.deepEqual(
      readWhole("Two things:\n\n- One [1].\n2. Two [2].\n").map(({ before, text }) => before + text),
      ["Two things:", "\n\n- One.", "\n2. Two."],
    );
  });

  for (const text of [
    "Dr. Smith came in 1856. [1] He left in 1860 [2].\n\nThe U.S. Army said so.[3] End",
    "# Title\n\nFirst [1]. Second [2, 3]!\n- a [1]\n- b [2]\n",
    "東京は首都である[1]。人口は1400万人。[2]次",
    "See [Dr. Who. And more](https://evil.example/a) there [1]. It ends at https://evil.example/x. He left [1]–[2]. So",
    '<a href="https://evil.example. B">Tesla</a> came [1]. Or <b>not</b> (in the U.S.). [2] It is 【1†a】. End',
    "**Tesla** came. **Edison** left (by 1980, in the U.S.). [1] [^2] x < 5 and y > 3. End",
    "<think>Who? Tesla.</think>Tesla came **[1]**.\n\\[2\\]\nEdison left [[3]] a < b.\n\nSources:\n[1] Tesla",
  ]) {
    test(`is the same letter by letter: ${JSON.stringify(text.slice(0, 24))}`, () => {
      assert.deepEqual(readByLetter(text), readWhole(text));
    });
  }

  for (const [written, marks] of [
    ["It is long [1-3].", [1, 2, 3]],
    ["It is long [1–3].", [1, 2, 3]],
    ["It is long [1]-[3].", [1, 2, 3]],
    ["It is long [1; 2].", [1, 2]],
    ["It is long [^1].", [1]],
    ["It is long [Source 1].", [1]],
    ["It is long 【1†source】.", [1]],
    ["It is long ［1］.", [1]],
    ["It is long \\[1\\].", [1]],
    ["It is long ［１］.", [1]],
    ["It is long [^1^].", [1]],
    ["It is long [#1].", [1]],
    ["It is long.<sup>1</sup>", [1]],
    ["It is long [Source: 1].", [1]],
    ["It is long [src 1, 2].", [1, 2]],
    ["It is long [[1]].", [1]],
    ["It is long **[1]**.", [1]],
    ["**Tesla** [1] **came**.", [1]],
    ["It is long.\n[1][2]\n", [1, 2]],
    ["It is long [1](https://evil.example).", [1]],
    ["It is long [[1]](https://evil.example).", [1]],
    ["[1] It is long.", [1]],
    ["It is [1] long.", [1]],
    ["It is long (in the U.S.). [1]", [1]],
    ["It is long [1-999].", Array.from({ length: 20 }, (_, i) => i + 1)],
    ["It is long [0].", [0]],
    ["It is long [-1].", []],
    ["It is long [1999].", []],
    ["It is long (1).", []],
    ["It is long¹.", []],
  ] as const) {
    test(`has the footnotes ${marks.join(", ") || "none"} in ${JSON.stringify(written)}`, () => {
      assert.deepEqual(
        readWhole(written).flatMap((draft) => draft.marks),
        marks,
      );
    });
  }

  for (const [written, shown] of [
    ["See [Tesla](https://evil.example/a_(b)) there.", "See Tesla there."],
    ["See [Tesla]( javascript:alert(1) 'x' ) there.", "See Tesla there."],
    ["See [![Tesla](https://evil.example/i.png)](https://evil.example) there.", "See Tesla there."],
    ["See [Tesla][ref] there.", "See Tesla there."],
    ["See <https://evil.example> there.", "See there."],
    ["See <HTTPS://evil.example|Tesla> there.", "See there."],
    ['See <a href="https://evil.example">Tesla</a> there.', "See Tesla there."],
    ["See <script>Tesla</script> there.", "See Tesla there."],
    ["See <!channel> and <@U123> there.", "See and there."],
    ["See evil.example/path?x=1 there.", "See there."],
    ["See ftp://evil.example/x, www.evil.example, mailto:a@evil.example.", "See,,."],
    ["See javascript:alert(1) there.", "See there."],
    ["See (https://evil.example/x) there.", "See () there."],
    ["See Te\u200bsla \u202ehere\u202c.", "See Tesla here."],
    ["See std::vector<int> and x < 5 there.", "See std::vector<int> and x < 5 there."],
    ["It is long **[1]**.", "It is long."],
    ["**Tesla** [1] **came**.", "**Tesla** **came**."],
    ["It is long [[1]].", "It is long."],
    ["<think>Tesla? No.</think>It is long [1].", "It is long."],
    ["It <THINK>is\n\nwide.</think>is long.", "It is long."],
    ["It is long. <think>And", "It is long."],
    ["x < thin and y </ t", "x < thin and y </ t"],
    ["**Answer:** It is long [1].", "It is long."],
    ["Antwort: It is long [1].", "It is long."],
    ["Quoi ? C'est U.S./UK : and/or TCP/IP.", "Quoi ? C'est U.S./UK : and/or TCP/IP."],
  ] as const) {
    test(`is shown without links: ${JSON.stringify(written)}`, () => {
      const text = readWhole(written)
        .map((draft) => draft.before + draft.text)
        .join("");

      assert.equal(text.replace(/ +/g, " "), shown);
    });
  }

  test("has no list of the model's own sources", () => {
    assert.deepEqual(readWhole('[1]: https://evil.example/x "Tesla"\n[ref]: <https://evil.example>\n'), []);
  });

  for (const list of [
    "Sources:\n[1] Tesla\n[2] Edison",
    "**References**\n\n- [1] Tesla",
    "## Quellen\n1. Tesla [1]",
    "Sources: [1], [2].",
    "[^1]: Tesla, Early life",
  ]) {
    test(`ends where the model lists its sources: ${JSON.stringify(list)}`, () => {
      const texts = readWhole(`It is long [1].\n\n${list}`).map(({ text }) => text);

      assert.deepEqual(texts, ["It is long."]);
    });
  }

  for (const read of [readWhole, readByLetter]) {
    test(`begins anew where a thought ends that nothing began, by ${read.name}`, () => {
      const drafts = read("Okay, they ask how long. Let me see.</think>\n\nIt is long [1].");

      assert.deepEqual(
        drafts.slice(drafts.lastIndexOf(NOTHING_YET) + 1).map(({ text }) => text),
        ["It is long."],
      );
    });
  }

  test("speaks of sources like of anything else", () => {
    const texts = readWhole("Sources of the Nile:\n- Lake Victoria [1]").map(({ text }) => text);

    assert.deepEqual(texts, ["Sources of the Nile:", "Lake Victoria"]);
  });

  test("keeps the rule below a table's head, and no code fence, which might stay open", () => {
    assert.deepEqual(
      readWhole("| Year |\n|---|\n| 1856 [1] |\n```\nCode").map(({ before, text }) => before + text),
      ["| Year |", "\n|---|\n| 1856 |", "\n\nCode"],
    );
  });

  test("has no code fence either that names a language, or has code on its line", () => {
    assert.deepEqual(
      readWhole("```js\nrun();\n```\n~~~ shell\nls\n~~~\n```sh ls -l\nBorn [1].").map(
        ({ before, text }) => before + text,
      ),
      ["\nrun();", "\n\n\nls", "\n\nsh ls -l", "\nBorn."],
    );
  });

  test("keeps code that begins and ends on one line", () => {
    assert.deepEqual(
      readWhole("```ls -l``` lists files [1].").map(({ text }) => text),
      ["```ls -l``` lists files."],
    );
  });

  // A reader that begins anew at every letter takes minutes.
  for (const stutter of [".", "-", " ", "ha ", "[", "*", ".!?-", "a.b"]) {
    test(`survives a model that says nothing but ${JSON.stringify(stutter)}`, { timeout: 30_000 }, () => {
      const reader = new DraftReader();
      const pieces = `It is long [1]. And ${stutter.repeat(20_000)}`.match(/.{1,4}/gsu) ?? [];

      const drafts = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];

      assert.equal(drafts[0]?.text, "It is long.");
    });
  }

  test("is a heading in bold as well", () => {
    assert.deepEqual(
      readWhole("**Early life**\n**Tesla** came.\n__Death:__\n**He left.**").map(({ isHeading }) => isHeading),
      [true, false, true, false],
    );
  });
});
