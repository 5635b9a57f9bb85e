import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MERCURY_CITATION, MERCURY_SOURCE, SUPPORTED, UNSUPPORTED } from "../../fakes/answers.ts";
import { answerMarkdown, fallbackText } from "../../../src/platforms/slack/answer-text.ts";
import { escapeMrkdwn, neutralise } from "../../../src/platforms/slack/neutralise.ts";
import { toPlainText } from "../../../src/platforms/slack/plain-text.ts";
import { sourcesBlocks } from "../../../src/platforms/slack/sources-block.ts";
import { textsFor } from "../../../src/platforms/texts.ts";

const ENGLISH = textsFor("en");

describe("what a person wrote", () => {
  test("is read as they see it", () => {
    assert.equal(toPlainText("AT&amp;T &lt; 5 &amp;lt; 6"), "AT&T < 5 &lt; 6");
    assert.equal(
      toPlainText("see <https://example.org/a|the page> and <https://example.org>"),
      "see the page and https://example.org",
    );
    assert.equal(toPlainText("<@U2> and <@U3|bob> in <#C1|general>"), "@U2 and @bob in #general");
    assert.equal(toPlainText("<!here> <!subteam^S1|@ops> <mailto:a@example.org>"), "@here @ops a@example.org");
  });
});

describe("text of a model or an article", () => {
  test("pings nobody", () => {
    const hostile = "<!channel> <!here|here> <@U123> <!subteam^S1|@ops> @everyone @channel @Here";

    assert.doesNotMatch(neutralise(hostile), /<[!@#]|@(?:everyone|channel|here)/i);
    assert.doesNotMatch(escapeMrkdwn(hostile), /[<>]|@(?:everyone|channel|here)/i);
  });

  test("stays as it is otherwise", () => {
    assert.equal(neutralise("a < b & c > d, me@example.org, @herein"), "a < b & c > d, me@example.org, @herein");
    assert.equal(escapeMrkdwn("a < b & c"), "a &lt; b &amp; c");
  });
});

describe("an answer", () => {
  test("is Markdown whose footnotes are links", () => {
    assert.equal(
      answerMarkdown([SUPPORTED, UNSUPPORTED], [MERCURY_CITATION], ENGLISH),
      "A day on Mercury lasts 176 Earth days. [1](https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation) Nobody has stayed for one. (not in the sources)",
    );
  });

  test("has the footnotes of a table's row in its last cell", () => {
    const head = { ...SUPPORTED, text: "| Planet | Day |", footnotes: [], verdict: "structural" } as const;
    const row = { ...SUPPORTED, before: "\n|---|---|\n", text: "| Mercury | 176 days |" };
    const other = { ...UNSUPPORTED, before: "\n", text: "| Venus | longer|" };

    assert.equal(
      answerMarkdown([head, row, other], [], ENGLISH),
      "| Planet | Day |\n|---|---|\n| Mercury | 176 days [1] |\n| Venus | longer (not in the sources) |",
    );
  });

  test("is shown in notifications without links", () => {
    assert.equal(
      fallbackText("AT&T was [1](https://a.example) it. [2](https://b.example)"),
      "AT&amp;T was [1] it. [2]",
    );
  });
});

describe("the sources", () => {
  test("show number, article, section, date and licence", () => {
    assert.deepEqual(sourcesBlocks([MERCURY_CITATION], ENGLISH), [
      {
        type: "context",
        elements: [
          {
            type: "mrkdwn",
            text: "[1] <https://wiki.example/index.php?title=Mercury_%28planet%29&amp;oldid=7#Rotation|Mercury (planet) § Rotation>, as of 2026-10-01",
          },
          { type: "mrkdwn", text: "Text: <https://creativecommons.org/licenses/by-sa/4.0/|CC BY-SA 4.0>" },
        ],
      },
    ]);
  });

  test("share a line where footnotes lead to one place", () => {
    const [block] = sourcesBlocks([MERCURY_CITATION, { ...MERCURY_CITATION, n: 2 }], ENGLISH);

    assert.match(JSON.stringify(block), /\[1\]\[2\] </);
  });

  test("begin with the article's picture where there is one", () => {
    const [block] = sourcesBlocks([MERCURY_CITATION], ENGLISH, {
      url: "https://wiki.example/m.png",
      width: 1,
      height: 1,
    });

    assert.deepEqual(block?.elements[0], {
      type: "image",
      image_url: "https://wiki.example/m.png",
      alt_text: "Mercury (planet)",
    });
  });

  test("cannot be broken by a title", () => {
    const source = { ...MERCURY_SOURCE, title: "a|b> <!channel>", section: "" };

    const [block] = sourcesBlocks([{ ...MERCURY_CITATION, source }], ENGLISH);

    assert.match(JSON.stringify(block), /\|a¦b&gt; &lt;\u2060!channel&gt;>/);
  });

  test("fit a message however many there are", () => {
    const many = Array.from({ length: 60 }, (_, i) => ({
      ...MERCURY_CITATION,
      n: i + 1,
      source: { ...MERCURY_SOURCE, url: `https://wiki.example/${i}/${"x".repeat(300)}` },
    }));

    const blocks = sourcesBlocks(many, ENGLISH);

    assert.ok(JSON.stringify(blocks).length < 5_000);
    assert.ok(blocks.every(({ elements }) => elements.length <= 10));
    assert.match(JSON.stringify(blocks), /and \d+ more, linked in the text/);
  });

  test("are none without footnotes", () => {
    assert.deepEqual(sourcesBlocks([], ENGLISH), []);
  });
});
