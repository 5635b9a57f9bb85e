import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Citation } from "../../../src/core/article.ts";
import { quoted, sentenceMarkdown, statusMarkdown } from "../../../src/platforms/discord/answer-text.ts";
import { nonceOf } from "../../../src/platforms/discord/message-body.ts";
import { neutralise } from "../../../src/platforms/discord/neutralise.ts";
import { sourcesEmbed, sourcesText } from "../../../src/platforms/discord/sources-embed.ts";
import { MERCURY_CITATION, MERCURY_SOURCE, SUPPORTED, UNSUPPORTED } from "../../fakes/answers.ts";

function citing(n: number, source: Partial<Citation["source"]>): Citation {
  return { ...MERCURY_CITATION, n, source: { ...MERCURY_SOURCE, ...source } };
}

describe("a sentence in Discord", () => {
  test("has its footnotes as links without previews", () => {
    const text = sentenceMarkdown(SUPPORTED, () => "https://wiki.example/Mercury");

    assert.equal(text, "A day on Mercury lasts 176 Earth days. [1](<https://wiki.example/Mercury>)");
  });

  test("has a footnote without a link where the wiki has no address", () => {
    assert.equal(
      sentenceMarkdown(SUPPORTED, () => "/articles/Mercury"),
      "A day on Mercury lasts 176 Earth days. [1]",
    );
  });

  test("says when no source supports it", () => {
    assert.equal(
      sentenceMarkdown(UNSUPPORTED, () => undefined),
      " Nobody has stayed for one. (not in the sources)",
    );
  });
});

describe("text of others in Discord", () => {
  const harmless: readonly (readonly [text: string, shown: string])[] = [
    ["@everyone and @here", "@\u2060everyone and @\u2060here"],
    ["<@1> <@!1> <@&1> <#1>", "<\u2060@1> <\u2060@!1> <\u2060@&1> <\u2060#1>"],
    ["</ask:1> <id:guide>", "<\u2060/ask:1> <\u2060id:guide>"],
    ["||spoiler||", "|\u2060|spoiler|\u2060|"],
    ["| a || b |", "| a || b |"],
    ["1 < 2, me@example.org", "1 < 2, me@example.org"],
  ];
  for (const [text, shown] of harmless) {
    test(`pings nobody and hides nothing: ${text}`, () => {
      assert.equal(neutralise(text), shown);
    });
  }

  test("is one line in a status and in a quotation", () => {
    assert.equal(statusMarkdown("Reading\n# Mercury"), "-# Reading # Mercury");
    assert.equal(quoted("who is @everyone?"), "> who is @\u2060everyone?\n");
  });
});

describe("sources in Discord", () => {
  test("share a line when they lead to the same place, with section, date and licence", () => {
    const { description } = sourcesEmbed([
      citing(1, {}),
      citing(2, {}),
      citing(3, { section: "", url: "https://w.example/3" }),
    ]);

    assert.equal(
      description,
      "[1][2] [Mercury (planet) § Rotation](<https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation>), as of 2026-10-01\n" +
        "[3] [Mercury (planet)](<https://w.example/3>), as of 2026-10-01\n" +
        "Text: [CC BY-SA 4.0](<https://creativecommons.org/licenses/by-sa/4.0/>)",
    );
  });

  test("have names that cannot break out of their link", () => {
    const { description } = sourcesEmbed([citing(1, { title: "A]B *c* @everyone", section: "" })]);

    assert.match(description ?? "", /\[A\\\]B \\\*c\\\* @\u2060everyone\]\(</);
  });

  test("fit an embed, and tell how many are left out", () => {
    const many = Array.from({ length: 99 }, (_, i) =>
      citing(i + 1, { url: `https://w.example/${i}`, title: "T".repeat(200) }),
    );

    const { description = "" } = sourcesEmbed(many);

    assert.ok(description.length <= 4_096);
    assert.match(description, /and \d+ more, linked in the text\nText: /);
  });

  test("show the article's picture where there is one that can be loaded", () => {
    const shown = sourcesEmbed([MERCURY_CITATION], { url: "https://w.example/m.png", width: 9, height: 9 });
    const hidden = sourcesEmbed([MERCURY_CITATION], { url: "//w.example/m.png", width: 9, height: 9 });

    assert.deepEqual(shown.thumbnail, { url: "https://w.example/m.png" });
    assert.equal(hidden.thumbnail, undefined);
  });

  test("are small text where embeds are not allowed", () => {
    assert.match(sourcesText([MERCURY_CITATION]), /^-# \[1\] \[Mercury.*\n-# Text: /);
  });
});

describe("a nonce", () => {
  test("is as long as Discord allows, the same for the same message and another for the next", () => {
    assert.equal(nonceOf("exchange", 0).length, 25);
    assert.equal(nonceOf("exchange", 0), nonceOf("exchange", 0));
    assert.notEqual(nonceOf("exchange", 0), nonceOf("exchange", 1));
  });
});
