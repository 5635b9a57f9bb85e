import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { splitMarkdown, steadyStart } from "../../src/platforms/splitter.ts";

const LIMITS = { soft: 40, hard: 60 };

describe("a text in parts", () => {
  test("is one part when it fits", () => {
    assert.deepEqual(splitMarkdown("One sentence.\n\nAnd another.", LIMITS), ["One sentence.\n\nAnd another."]);
  });

  test("is no part when it is empty", () => {
    assert.deepEqual(splitMarkdown(" \n ", LIMITS), []);
  });

  test("is cut after the first block that reaches the soft limit", () => {
    const text = "A paragraph that is over forty characters long.\n\nThe next.\n\nThe last.";

    assert.deepEqual(splitMarkdown(text, LIMITS), [
      "A paragraph that is over forty characters long.",
      "The next.\n\nThe last.",
    ]);
  });

  test("is cut between the lines of a block that is too long", () => {
    const text = "- the first item of the list\n- the second item of it\n- the third item of it all";

    assert.deepEqual(splitMarkdown(text, LIMITS), [
      "- the first item of the list\n- the second item of it",
      "- the third item of it all",
    ]);
  });

  test("is cut between sentences, footnotes included, where there is no line", () => {
    const text = "A first sentence which is fairly long. [1](u) A second one that follows it.";

    assert.deepEqual(splitMarkdown(text, LIMITS), [
      "A first sentence which is fairly long. [1](u)",
      "A second one that follows it.",
    ]);
  });

  test("is cut between words where there is no sentence, and never in a link", () => {
    const text = "word word word word word word word word [a link of several words](https://example.org/a) word";

    assert.deepEqual(splitMarkdown(text, LIMITS), [
      "word word word word word word word word",
      "[a link of several words](https://example.org/a) word",
    ]);
  });

  test("is cut between characters only where there is nothing else", () => {
    const parts = splitMarkdown("🦉".repeat(50), { soft: 10, hard: 61 });

    assert.equal(parts.join(""), "🦉".repeat(50));
    assert.ok(parts.every((part) => part.isWellFormed() && part.length <= 61));
  });

  test("keeps a code block whole where a part can hold it", () => {
    const text = "A paragraph of thirty characters.\n\n```js\nconst a = 1;\n\nconst b = 2;\n```\n\nThe end.";

    assert.deepEqual(splitMarkdown(text, LIMITS), [
      "A paragraph of thirty characters.",
      "```js\nconst a = 1;\n\nconst b = 2;\n```\n\nThe end.",
    ]);
  });

  test("closes a code block that no part can hold, and opens it again", () => {
    const lines = Array.from({ length: 6 }, (_, i) => `const variable${i} = ${i};`).join("\n");

    assert.deepEqual(splitMarkdown(`\`\`\`js\n${lines}\n\`\`\``, LIMITS), [
      "```js\nconst variable0 = 0;\nconst variable1 = 1;\n```",
      "```js\nconst variable2 = 2;\nconst variable3 = 3;\n```",
      "```js\nconst variable4 = 4;\nconst variable5 = 5;\n```",
    ]);
  });

  test("keeps its first parts as it grows", () => {
    const text =
      "A paragraph that is over forty characters long.\n\nAnother paragraph, longer than forty characters.\n\nLast.";

    const early = splitMarkdown(text.slice(0, 100), LIMITS);

    assert.equal(early[0], splitMarkdown(text, LIMITS)[0]);
  });
});

describe("a part that still grows", () => {
  test("is shown up to a code block that is open", () => {
    assert.equal(steadyStart("Text\n\n```js\nconst a", LIMITS), "Text");
    assert.equal(steadyStart("Text\n\n```js\nconst a\n```\n", LIMITS), "Text\n\n```js\nconst a\n```");
    assert.equal(steadyStart("Text with ``` in it", LIMITS), "Text with ``` in it");
  });

  test("is not shown when it may yet be cut", () => {
    assert.equal(steadyStart("A paragraph that is over forty characters long.", LIMITS), "");
  });
});
