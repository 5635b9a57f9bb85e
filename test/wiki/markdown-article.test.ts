import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { splitSentences } from "../../src/core/sentences.ts";
import { readMarkdown } from "../../src/wiki/markdown-article.ts";

describe("the title of a Markdown file", () => {
  it("is that of the front matter, else the first heading, else the name of the file", () => {
    assert.equal(titleOf("---\ntitle: 'Alpha: one'\n---\n# Ignored\ntext"), "Alpha: one");
    assert.equal(titleOf("# Beta `two`\n\ntext"), "Beta two");
    assert.equal(titleOf("text"), "file name");
  });

  for (const before of [
    "[![build](https://ci.example/badge.svg)](https://ci.example)",
    "![logo](logo.png)",
    "<!-- written by hand -->",
    '<p align="center"><img src="logo.png"></p>',
    "A line about the page.",
  ]) {
    it(`is the first heading also after ${before}`, () => {
      const { title, sections } = readMarkdown(`${before}\n\n# Velm\n\ntext\n\n## History\n\nmore`, "file name");

      assert.equal(title, "Velm");
      assert.deepEqual(
        sections.map((section) => section.title),
        ["", "History"],
      );
      assert.equal(sections[0]?.passages.at(-1)?.text, "text");
    });
  }

  it("may be a heading in HTML, as in many a README", () => {
    const { title, sections } = readMarkdown(
      '<h1 align="center">\n  <img src="x.png"> Velm\n</h1>\n\ntext',
      "file name",
    );

    assert.equal(title, "Velm");
    assert.deepEqual(textsOf(sections), ["text"]);
  });

  it("is no heading of a section", () => {
    assert.equal(titleOf("## Monday\n\ntext\n\n# Tuesday"), "file name");
  });
});

describe("the sections of a Markdown file", () => {
  it("have anchors as on GitHub", () => {
    const { sections } = readMarkdown(
      "# A\n\n## What's *new*, in C++?\n\none\n\n## 東京 & Ö\n\ntwo\n\n## Same\n\n1\n\n## Same\n\n2",
      "a",
    );

    assert.deepEqual(
      sections.map(({ anchor }) => anchor),
      ["", "whats-new-in-c", "東京--ö", "same", "same-1"],
    );
  });
});

describe("the text of a Markdown file", () => {
  it("is read from quotations, code and nested lists, without pictures and scripts", () => {
    const { sections } = readMarkdown(
      [
        "# A\n\nOne\\\ntwo ![picture](x.png)<b>three</b>.\n\n> ## Note\n> quoted\n\n```js\ncall();\n```\n\n<script>x</script>\n\n",
        "- moons\n  - Phobos\n  - Deimos\n- rings\n",
      ].join(""),
      "a",
    );

    assert.deepEqual(sections[0]?.passages, [
      { kind: "paragraph", text: "One two three." },
      { kind: "paragraph", text: "Note" },
      { kind: "paragraph", text: "quoted" },
      { kind: "code", text: "call();" },
      {
        kind: "list",
        text: "moons: Phobos, Deimos; rings",
        parts: [
          { name: "", text: "moons: Phobos, Deimos" },
          { name: "", text: "rings" },
        ],
      },
    ]);
  });

  it("keeps the lines of code, each a sentence of its own", () => {
    const { sections } = readMarkdown("Build:\n\n```sh\ngit clone x\ncd sim\n\nif  a\n    rm -rf build\n```\n", "a");

    const [, code] = sections[0]?.passages ?? [];
    assert.deepEqual(code, { kind: "code", text: "git clone x\ncd sim\nif a\n    rm -rf build" });
    assert.deepEqual(splitSentences(code.text), ["git clone x", "cd sim", "if a", "rm -rf build"]);
  });

  it("keeps the lines of code in an item, apart from what stands beside it", () => {
    const list = "- quay\n- Build:\n  ```\n  cd sim\n  npm ci\n  ```\n  and wait\n- mole\n  - top\n";

    assert.deepEqual(passagesOf(list), ["quay\nBuild:\ncd sim\nnpm ci\nand wait\nmole: top"]);
    assert.deepEqual(passagesOf("- Build\n  - ```\n    cd sim\n    npm ci\n    ```\n  - quay\n"), [
      "Build:\ncd sim\nnpm ci\nquay",
    ]);
  });

  it("keeps the cells of a row beside its text, empty ones too", () => {
    const { sections } = readMarkdown("| Crater | Diameter |\n|---|---|\n| Caloris | |\n", "a");

    assert.deepEqual(sections[0]?.passages, [
      {
        kind: "table",
        text: "Crater: Caloris",
        parts: [
          { name: "Crater", text: "Caloris" },
          { name: "Diameter", text: "" },
        ],
      },
    ]);
  });

  it("keeps words apart that a line break parts", () => {
    assert.deepEqual(
      passagesOf("| Munster tower<br>height | Age |\n|---|---|\n| 12 m<br/>or so | 7 |\n\nNorth<br>quay\n"),
      ["Munster tower height: 12 m or so; Age: 7", "North quay"],
    );
  });

  it("is read from blocks of HTML, with the Markdown between them", () => {
    const html = [
      "<p align='center'>A <b>bold</b> claim &amp; more</p>\n",
      "<details>\n<summary>Opening hours</summary>\n\nFrom *nine* to five.\n\n</details>\n",
      "<div>\n<ul><li>quay</li><li>mole</li></ul>\n<table><tr><th>Height</th><td>12 m</td></tr></table>\n</div>\n",
      "<style>p { color: red }</style>\n",
    ].join("\n");

    assert.deepEqual(passagesOf(html), [
      "A bold claim & more",
      "Opening hours",
      "From nine to five.",
      "quay; mole",
      "Height: 12 m",
    ]);
  });

  it("has headings in HTML as sections", () => {
    const { sections } = readMarkdown("# A\n\n<h2>The port</h2>\n\ntext\n", "a");

    assert.deepEqual(
      sections.map(({ title, anchor, level }) => [title, anchor, level]),
      [
        ["", "", 1],
        ["The port", "the-port", 2],
      ],
    );
  });

  it("takes HTML in code for what it says", () => {
    assert.deepEqual(passagesOf("Use `<br>` or `[^1]` &amp; <i>no</i> 10<sup>6</sup> others"), [
      "Use <br> or [^1] & no 10⁶ others",
    ]);
  });

  it("has no marks of tasks and footnotes, and what the footnotes say", () => {
    const text =
      "The port opened in 1921[^1], they say [^a].\n\n- [x] dredge\n- [ ] paint\n\n[^1]: After the *flood*.\n\n[^a]: So they do.\n";

    assert.deepEqual(passagesOf(text), [
      "The port opened in 1921, they say.",
      "dredge; paint",
      "After the flood.",
      "So they do.",
    ]);
  });
});

function titleOf(content: string): string {
  return readMarkdown(content, "file name").title;
}

function passagesOf(content: string): string[] {
  return textsOf(readMarkdown(content, "a").sections);
}

function textsOf(sections: ReturnType<typeof readMarkdown>["sections"]): string[] {
  return sections.flatMap(({ passages }) => passages.map(({ text }) => text));
}
