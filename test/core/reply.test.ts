import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type CitedSentence, renderSentence } from "../../src/core/reply.ts";

function sentence(text: string, over: Partial<CitedSentence> = {}): CitedSentence {
  return { before: "", text, footnotes: [1, 2], verdict: "supported", ...over };
}

describe("a sentence as text", () => {
  it("has its footnotes behind it", () => {
    assert.equal(renderSentence(sentence("A day is long.", { before: "\n- " })), "\n- A day is long. [1][2]");
  });

  it("tells that nothing supports it", () => {
    const rendered = renderSentence(sentence("A day is long.", { footnotes: [], verdict: "unsupported" }));

    assert.equal(rendered, "A day is long. (not in the sources)");
  });

  it("has them in the last cell where it is a table's row", () => {
    const unsupported = { footnotes: [], verdict: "unsupported" } as const;

    assert.equal(
      renderSentence(sentence("| Moons | 0 |", { before: "\n|---|---|\n" })),
      "\n|---|---|\n| Moons | 0 [1][2] |",
    );
    assert.equal(renderSentence(sentence("|Moons|0|")), "|Moons|0 [1][2] |");
    assert.equal(renderSentence(sentence("Nobody knows. |", unsupported)), "Nobody knows. (not in the sources) |");
    assert.equal(renderSentence(sentence("Moons | 0")), "Moons | 0 [1][2]");
  });

  it("keeps a pipe that ends no cell", () => {
    assert.equal(renderSentence(sentence(String.raw`| a | b \|`)), String.raw`| a | b \| [1][2]`);
    assert.equal(renderSentence(sentence("The norm is |x|")), "The norm is |x| [1][2]");
  });

  it("keeps a table's head as it is", () => {
    const head = sentence("| Property | Value |", { footnotes: [], verdict: "structural" });

    assert.equal(renderSentence(head), "| Property | Value |");
  });
});
