import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MERCURY_ANSWER } from "../../fakes/answers.ts";
import { AMBIGUOUS, answering, NO_SOURCE } from "../../fakes/offers.ts";
import { answered, told } from "./answered.ts";
import { startDiscordFootnote } from "./discord-footnote.ts";

const answer = answering(({ subject }) => (subject === undefined ? AMBIGUOUS : MERCURY_ANSWER));

describe("an ambiguous question", () => {
  test("is answered by a menu, and no list", async (t) => {
    const { footnote, shown } = await answered(t, { answer });

    assert.equal(
      shown(),
      "Footnote: That can mean several things. Which one do you mean?\n" +
        "[Which one do you mean? ▾ Mercury (planet) / Mercury (element)]",
    );
    assert.deepEqual(footnote.discord.faults, []);
  });

  test("is answered in the same message when its meaning is chosen, and the menu is gone", async (t) => {
    const { footnote, reply, shown, untilShown } = await answered(t, { answer });
    const { discord, alice, asked } = footnote;

    const choice = await alice.select(reply, ["Mercury (planet)"]);
    await untilShown("176 Earth days");

    assert.equal(told(footnote, alice, choice), undefined);
    assert.deepEqual(
      asked.map(({ subject }) => subject),
      [undefined, "Mercury (planet)"],
    );
    assert.doesNotMatch(shown(), /▾|element/);
    assert.equal(discord.messages(reply.channel).filter(({ author }) => author === discord.app.id).length, 1);
    assert.deepEqual(discord.faults, []);
  });

  test("is answered once, however often a meaning is chosen, by whichever replica it is heard", async (t) => {
    const { footnote, reply, untilShown } = await answered(t, { answer });
    const { discord, alice, asked, core } = footnote;
    const replica = await startDiscordFootnote(t, { fake: discord, store: core.memory, answer });

    const choices = await Promise.all([1, 2, 3].map(() => alice.select(reply, ["Mercury (element)"])));
    discord.replay(choices[0]!.event);
    await untilShown("176 Earth days");
    await Promise.all([core.idle(), replica.core.idle()]);

    assert.equal(asked.length + replica.asked.length, 2);
    assert.deepEqual(
      choices.map((choice) => told(footnote, alice, choice)),
      [undefined, undefined, undefined],
    );
  });

  test("is answered after a restart", async (t) => {
    const { footnote, reply, untilShown } = await answered(t, { answer });
    await footnote.platform.stop();
    await startDiscordFootnote(t, { fake: footnote.discord, store: footnote.core.memory, answer });

    await footnote.alice.select(reply, ["Mercury (planet)"]);
    await untilShown("176 Earth days");
  });

  test("is for its asker to answer in a server, and others are told", async (t) => {
    const { footnote, reply } = await answered(t, { answer });
    const bob = footnote.discord.addPerson("bob");

    const choice = await bob.select(reply, ["Mercury (planet)"]);

    assert.match(told(footnote, bob, choice) ?? "", /^Only the asker can choose here/);
    assert.equal(footnote.asked.length, 1);
  });

  test("is answered in direct messages", async (t) => {
    const { footnote, reply, untilShown } = await answered(t, { answer, isDirect: true });

    await footnote.alice.select(reply, ["Mercury (planet)"]);
    await untilShown("176 Earth days");
  });

  test("that was put differently since leaves the old choice without effect", async (t) => {
    const { footnote, reply, exchangeId } = await answered(t, { answer });
    const { alice, core, asked } = footnote;
    await core.store.revise(exchangeId, { question: "and on Venus?" });

    const choice = await alice.select(reply, ["Mercury (planet)"]);

    assert.match(told(footnote, alice, choice) ?? "", /^That choice is no longer open/);
    assert.equal(asked.length, 1);
  });

  test("takes as many meanings as Discord has room for, however long", async (t) => {
    const suggestions = Array.from({ length: 40 }, (_, i) => `Mercury ${i} ${"🪐".repeat(60)}`);
    const { footnote, shown } = await answered(t, { answer: answering(() => ({ ...AMBIGUOUS, suggestions })) });

    assert.equal(shown().match(/Mercury \d+/g)?.length, 25);
    assert.deepEqual(footnote.discord.faults, []);
  });
});

describe("a question without a source", () => {
  test("is asked again about the article that is chosen among the nearest", async (t) => {
    const { footnote, reply, shown, untilShown } = await answered(t, {
      answer: answering(({ subject }) => (subject === undefined ? NO_SOURCE : MERCURY_ANSWER)),
    });
    const offered = shown();

    await footnote.alice.select(reply, ["Venus"]);
    await untilShown("176 Earth days");

    assert.match(offered, /The nearest articles:\n\[Which one do you mean\? ▾ Venus\]$/);
    assert.equal(footnote.asked[1]?.subject, "Venus");
  });
});
