import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MERCURY_ANSWER, MERCURY_CITATION, MERCURY_SOURCE } from "../../fakes/answers.ts";
import type { Answer } from "../../../src/core/reply.ts";
import { answering } from "../../fakes/offers.ts";
import { answered, told } from "./answered.ts";

describe("Why?", () => {
  test("shows whoever asks the passages word for word, what is quoted in bold, with their revision", async (t) => {
    const { footnote, reply } = await answered(t);
    const { discord } = footnote;
    const bob = discord.addPerson("bob");

    const click = await bob.click(reply, "Why?");

    assert.equal(
      told(footnote, bob, click),
      [
        "The passages this answer rests on, word for word. What is quoted is bold.",
        `| [[1] Mercury (planet) § Rotation](${MERCURY_SOURCE.url})`,
        "| Mercury turns three times on its axis for every two revolutions around the Sun. **A solar day lasts 176 Earth days.**",
        "| revision 7, as of 2026-10-01",
      ].join("\n"),
    );
    assert.deepEqual(discord.faults, []);
  });

  test("shows a passage once that is quoted twice", async (t) => {
    const twice = { ...MERCURY_CITATION, n: 2, quote: "every two revolutions around the Sun." };
    const { footnote, reply } = await answered(t, { answer: answering(() => citing([MERCURY_CITATION, twice])) });

    const click = await footnote.alice.click(reply, "Why?");

    const shown = told(footnote, footnote.alice, click) ?? "";
    assert.match(shown, /\[1\]\[2\]/);
    assert.match(shown, /\*\*every two revolutions around the Sun\.\*\* \*\*A solar day lasts 176 Earth days\.\*\*/);
  });

  test("goes on in further messages, and says how many passages are not shown", async (t) => {
    const citations = Array.from({ length: 30 }, (_, i) =>
      passage(i + 1, `${`Fact ${i} of_many. `.repeat(150)}The end.`),
    );
    const { footnote, reply } = await answered(t, { answer: answering(() => citing(citations)) });
    const { discord, alice } = footnote;

    await alice.click(reply, "Why?");
    const own = (): string[] =>
      discord
        .channel(reply.channel)
        .entries({ as: alice.id })
        .filter((entry) => entry.includes("only for"));
    await discord.until(() => own().length === 5);

    const shown =
      own()
        .join("\n")
        .match(/\| \[\[\d+\]/g)?.length ?? 0;
    assert.match(own()[4] ?? "", new RegExp(`and ${30 - shown} more, linked in the answer`));
    assert.deepEqual(discord.faults, []);
  });

  test("is safe with passages full of marks and mentions", async (t) => {
    const nasty = passage(1, "@everyone <@1> **bold** `code` ||hidden|| The end.");
    const { footnote, reply } = await answered(t, { answer: answering(() => citing([nasty])) });

    const click = await footnote.alice.click(reply, "Why?");

    const shown = told(footnote, footnote.alice, click) ?? "";
    assert.match(shown, /\\\*\\\*bold\\\*\\\*.*\*\*The end\.\*\*/);
    assert.doesNotMatch(shown, /@everyone|<@1>/);
    assert.deepEqual(footnote.discord.faults, []);
  });

  test("has nothing to show where nothing is cited", async (t) => {
    const { footnote, reply } = await answered(t, { answer: answering(() => citing([])) });

    const click = await footnote.alice.click(reply, "Why?");

    assert.equal(told(footnote, footnote.alice, click), "Nothing in the wiki stands behind this answer.");
  });

  test("explains nothing while the answer is written anew", async (t) => {
    const { footnote, reply, exchangeId } = await answered(t);
    await footnote.core.store.revise(exchangeId, {});

    const click = await footnote.alice.click(reply, "Why?");

    assert.equal(told(footnote, footnote.alice, click), "There is no answer to explain just now.");
  });
});

function citing(citations: Answer["citations"]): Answer {
  return { ...MERCURY_ANSWER, citations };
}

function passage(n: number, text: string): Answer["citations"][number] {
  const source = { ...MERCURY_SOURCE, id: `${MERCURY_SOURCE.id}:${n}`, url: `${MERCURY_SOURCE.url}${n}`, text };
  return { n, source, quote: "The end." };
}
