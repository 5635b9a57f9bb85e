import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MERCURY_ANSWER, MERCURY_CITATION, MERCURY_SOURCE } from "../../fakes/answers.ts";
import { answering } from "../../fakes/offers.ts";
import { answered } from "./answered.ts";
import { startSlackFootnote } from "./slack-footnote.ts";

const LINK = "https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation";

describe("Why?", () => {
  test("shows anybody the passages word for word, with section, revision and date", async (t) => {
    const { footnote, reply } = await answered(t);
    const { slack } = footnote;
    const bob = slack.addPerson("bob");

    const click = await bob.click(reply, "answer_why");

    assert.equal(click.isAcked, true);
    assert.deepEqual(bob.views(), [
      `The passages this answer rests on, word for word. What is quoted is bold.
*[1]* [Mercury (planet) § Rotation](${LINK})
revision 7, as of 2026-10-01
${MERCURY_SOURCE.text}`,
    ]);
    assert.deepEqual(slack.faults, []);
  });

  test("shows what is quoted in bold", async (t) => {
    const { footnote, reply } = await answered(t);
    const { slack, alice } = footnote;

    await alice.click(reply, "answer_why");

    const { view = "" } = slack.calls.findLast(({ method }) => method === "views.open")?.args ?? {};
    assert.deepEqual(JSON.parse(String(view)).blocks.at(-1).elements[0].elements, [
      { type: "text", text: "Mercury turns three times on its axis for every two revolutions around the Sun. " },
      { type: "text", text: "A solar day lasts 176 Earth days.", style: { bold: true } },
    ]);
  });

  test("works after a restart", async (t) => {
    const { footnote, reply } = await answered(t);
    await footnote.platform.stop();
    await startSlackFootnote(t, { beside: footnote });

    await footnote.alice.click(reply, "answer_why");

    assert.equal(footnote.alice.views().length, 1);
  });

  test("shows a footnote's passage once, though several quote it", async (t) => {
    const second = { ...MERCURY_CITATION, n: 2, quote: "Mercury turns three times on its axis" };
    const citations = [MERCURY_CITATION, second];
    const { footnote, reply } = await answered(t, { answer: answering(() => ({ ...MERCURY_ANSWER, citations })) });

    await footnote.alice.click(reply, "answer_why");

    const [shown = ""] = footnote.alice.views();
    assert.match(shown, /\*\[1\]\[2\]\*/);
    assert.equal(shown.split(MERCURY_SOURCE.text).length, 2);
  });

  test("says how many passages more there are than Slack has room for", async (t) => {
    const citations = Array.from({ length: 60 }, (_, i) => ({
      ...MERCURY_CITATION,
      n: i + 1,
      source: { ...MERCURY_SOURCE, id: `passage ${i}`, text: `${"x".repeat(5_000)} ${MERCURY_CITATION.quote}` },
    }));
    const { footnote, reply } = await answered(t, { answer: answering(() => ({ ...MERCURY_ANSWER, citations })) });

    await footnote.alice.click(reply, "answer_why");

    const [shown = ""] = footnote.alice.views();
    assert.match(shown, /and \d+ more, linked in the answer$/);
    assert.ok(shown.includes(MERCURY_CITATION.quote));
    assert.deepEqual(footnote.slack.faults, []);
  });

  test("is a message to whoever asked why where Slack opens no modal", async (t) => {
    const { footnote, reply, replies, untilTold } = await answered(t);
    const { slack, alice } = footnote;
    slack.fail("views.open", { error: "expired_trigger_id" });

    await alice.click(reply, "answer_why");
    await untilTold(alice, "word for word");

    assert.equal(replies().length, 1);
    assert.ok(replies(alice).at(-1)?.includes(MERCURY_SOURCE.text));
  });

  test("says that an erased answer is no longer stored", async (t) => {
    const { footnote, reply, thread, untilTold } = await answered(t);
    const { slack, alice, store } = footnote;
    await store.erase(`slack:${slack.team}:${slack.general}:${thread}`);

    await alice.click(reply, "answer_why");
    await untilTold(alice, "no longer stored");

    assert.deepEqual(alice.views(), []);
  });
});
