import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tablesAsText } from "../../src/platforms/table.ts";

function lines(...all: readonly string[]): string {
  return all.join("\n");
}

describe("a table as text", () => {
  it("has its columns aligned in a code block", () => {
    const table = lines("| Planet | Moons |", "|---|---|", "| Mercury | 0 |", "| Mars | 2 |");

    assert.equal(
      tablesAsText(table),
      lines("```", "Planet   Moons", "-------  -----", "Mercury  0", "Mars     2", "```"),
    );
  });

  it("keeps the text around it as it is", () => {
    const text = lines("Two *planets*:", "", "a | b", "-|-", "1 | 2", "", "# End", "Text. [1](https://w.example)", "");

    assert.equal(
      tablesAsText(text),
      lines(
        "Two *planets*:",
        "",
        "```",
        "a  b",
        "-  -",
        "1  2",
        "```",
        "",
        "# End",
        "Text. [1](https://w.example)",
        "",
      ),
    );
  });

  it("ends with the text where no line break does", () => {
    assert.equal(tablesAsText("| a |\n|---|\n| 1 |"), "```\na\n-\n1\n```");
  });

  it("ends with the line break where there is one", () => {
    assert.equal(tablesAsText("| a |\n|---|\n| 1 |\n"), "```\na\n-\n1\n```\n");
  });

  it("aligns its columns as they say", () => {
    const table = lines(
      "| Left | Right | Middle |",
      "|:--|--:|:-:|",
      "| a | 1 | x |",
      "| bbbbbb | 22,222,222 | yyyyyyyy |",
    );

    assert.equal(
      tablesAsText(table),
      lines(
        "```",
        "Left         Right   Middle",
        "------  ----------  --------",
        "a                1     x",
        "bbbbbb  22,222,222  yyyyyyyy",
        "```",
      ),
    );
  });

  it("counts a wide character and an emoji as two", () => {
    const table = lines("| City | n |", "|---|---|", "| 京都市 | 1 |", "| 👩‍👩‍👧 | 2 |", "| é\u2060 | 3 |");

    assert.equal(
      tablesAsText(table),
      lines("```", "City    n", "------  -", "京都市  1", "👩‍👩‍👧      2", "é\u2060       3", "```"),
    );
  });

  it("has no markup in its cells", () => {
    const table = lines(
      "| **Bold** | `code` |",
      "|---|---|",
      "| [Mars](https://w.example/Mars) *is* | H<sub>2</sub>O |",
      "| ![a picture](https://w.example/p.png) | one<br>two |",
      "| &lt;b&gt; | List<T> |",
    );

    assert.equal(
      tablesAsText(table),
      lines(
        "```",
        "Bold       code",
        "---------  -------",
        "Mars is    H2O",
        "a picture  one two",
        "<b>        List<T>",
        "```",
      ),
    );
  });

  it("keeps footnotes as numbers, linked or not", () => {
    const table = lines(
      "| a | b | c |",
      "|---|---|---|",
      "| x [1](https://w.example) | y [[2]](https://w.example) | z [3] |",
    );

    assert.equal(
      tablesAsText(table),
      lines("```", "a      b      c", "-----  -----  -----", "x [1]  y [2]  z [3]", "```"),
    );
  });

  it("keeps the footnotes behind a row", () => {
    const table = lines(
      "| a | b |",
      "|---|---|",
      "| 1 | 2 | [1](https://w.example)",
      "| 3 | 4 | [2](https://w.example)",
    );

    assert.equal(tablesAsText(table), lines("```", "a  b", "-  -  ---", "1  2  [1]", "3  4  [2]", "```"));
  });

  it("takes an escaped bar for text", () => {
    const table = lines("| a | b |", "|---|---|", "| x \\| y | `p\\|q` |");

    assert.equal(tablesAsText(table), lines("```", "a      b", "-----  ---", "x | y  p|q", "```"));
  });

  it("fills up a row that is too short", () => {
    const table = lines("| a | b | c |", "|---|---|---|", "| 1 |", "| 1 | | 3 |");

    assert.equal(tablesAsText(table), lines("```", "a  b  c", "-  -  -", "1", "1     3", "```"));
  });

  it("has no heading when its columns have no names", () => {
    assert.equal(tablesAsText(lines("| | |", "|---|---|", "| Area | 9 |")), lines("```", "Area  9", "```"));
  });

  it("may have no rows", () => {
    assert.equal(tablesAsText(lines("| a | b |", "|---|---|")), lines("```", "a  b", "-  -", "```"));
  });

  it("cannot end its code block from within", () => {
    const [first, ...rest] = tablesAsText(lines("| a |", "|---|", "| ```` ``` ```` |")).split("\n");

    assert.deepEqual([first, ...rest], ["```", "a", "---", "'''", "```"]);
  });

  it("stays in its list item", () => {
    const text = lines("1. Planets", "", "   | a | b |", "   |---|---|", "   | 1 | 2 |", "2. Stars");

    assert.equal(
      tablesAsText(text),
      lines("1. Planets", "", "   ```", "   a  b", "   -  -", "   1  2", "   ```", "2. Stars"),
    );
  });

  it("stays in its quotation, also at the start of a list item", () => {
    const text = lines("- > | a |", "  > |---|", "  > | 1 |");

    assert.equal(tablesAsText(text), lines("- > ```", "  > a", "  > -", "  > 1", "  > ```"));
  });

  it("comes with every other of the text", () => {
    const table = lines("| a |", "|---|", "| 1 |");
    const block = lines("```", "a", "-", "1", "```");

    assert.equal(tablesAsText(`${table}\n\nand\n\n${table}`), `${block}\n\nand\n\n${block}`);
  });
});

describe("a table too wide for a line", () => {
  const wide = "a text of so many words that two of it do not fit a line";

  it("is a list of its rows, markup and links kept", () => {
    const table = lines(
      "| Name | What it *is* | |",
      "|---|---|---|",
      `| **Mars** | ${wide} [1](https://w.example) | x \\| y |`,
      "| Venus | | |",
    );

    assert.equal(
      tablesAsText(table),
      lines("- Name: **Mars**", `  - What it *is*: ${wide} [1](https://w.example)`, "  - x | y", "- Name: Venus"),
    );
  });

  it("has a row's footnotes behind its last value", () => {
    const table = lines(
      "| Name | About |",
      "|---|---|",
      `| Mars | ${wide} | [1](https://w.example) [2](https://w.example)`,
    );

    assert.equal(
      tablesAsText(table),
      lines("- Name: Mars", `  - About: ${wide} [1](https://w.example) [2](https://w.example)`),
    );
  });

  it("leaves out a row without values", () => {
    const table = lines("| Name | About |", "|---|---|", "| | |", `| Mars | ${wide} |`);

    assert.equal(tablesAsText(table), lines("- Name: Mars", `  - About: ${wide}`));
  });

  it("is told by what is shown: a long address counts for nothing", () => {
    const table = lines("| a |", "|---|", `| [Mars](https://w.example/${"x".repeat(80)}) |`);

    assert.equal(tablesAsText(table), lines("```", "a", "----", "Mars", "```"));
  });

  it("begins beyond sixty characters, gaps included", () => {
    const sixty = lines("| a | b |", "|---|---|", `| ${"x".repeat(57)} | y |`);
    const sixtyOne = lines("| a | b |", "|---|---|", `| ${"x".repeat(58)} | y |`);

    assert.match(tablesAsText(sixty), /^```/);
    assert.match(tablesAsText(sixtyOne), /^- a: x/);
  });

  it("stays in its list item", () => {
    const text = lines("- | a | b |", "  |---|---|", `  | 1 | ${wide} ${wide} |`);

    assert.equal(tablesAsText(text), lines("- - a: 1", `    - b: ${wide} ${wide}`));
  });
});

describe("what is no table", () => {
  for (const [what, text] of [
    ["nothing", ""],
    ["a line of bars", "a | b | c"],
    ["a list item with bars", "- a | b\n- c | d"],
    ["a table in a code block", "```md\n| a |\n|---|\n| 1 |\n```"],
    ["a table in a code block that is not finished", "~~~\n| a |\n|---|\n| 1 |"],
    ["a heading whose row of dashes has too many columns", "| a |\n|---|---|\n| 1 |"],
    ["a rule below a paragraph", "a\n---\nb"],
  ] as const) {
    it(`${what} stays as it is`, () => {
      assert.equal(tablesAsText(text), text);
    });
  }
});
