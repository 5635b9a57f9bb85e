import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { told } from "./answered.ts";
import { type DiscordFootnoteOptions, startDiscordFootnote } from "./discord-footnote.ts";

const SAID = "A day on Mercury lasts longer than its year.";
const LOOK_UP = "Look it up";

async function start(t: TestContext, options: DiscordFootnoteOptions = {}) {
  const footnote = await startDiscordFootnote(t, options);
  const bob = footnote.discord.addPerson("bob");
  await footnote.discord.until(() => footnote.discord.commands().length > 0);
  return { ...footnote, footnote, bob };
}

describe("Look it up", () => {
  test("answers what somebody said, in a thread made from their message", async (t) => {
    const { discord, alice, bob, asked, seen, footnote } = await start(t);
    const said = bob.say(discord.general, SAID);

    const invoked = await alice.menu(said, LOOK_UP);
    await seen(said.id, 1);
    await discord.until(() => told(footnote, alice, invoked)?.includes("below that message") === true);

    assert.match(discord.channel(said.id).text(), /176 Earth days/);
    assert.equal(discord.nameOf(said.id), SAID);
    assert.equal(asked[0]?.question, SAID);
    assert.deepEqual(discord.faults, []);
  });

  test("is answered once, however often it is heard, and its thread goes on without mentions", async (t) => {
    const { discord, alice, bob, asked, core, seen } = await start(t);
    const said = bob.say(discord.general, SAID);

    const { event, id } = await alice.menu(said, LOOK_UP);
    discord.replay(event);
    await seen(said.id, 1);
    bob.say(said.id, "and on Venus?");
    await seen(said.id, 3);

    assert.deepEqual(
      asked.map(({ question }) => question),
      [SAID, "and on Venus?"],
    );
    assert.equal((await core.store.exchangeOf("discord", `interaction:${id}`))?.author.id, `discord:${alice.id}`);
  });

  test("answers in a thread, and in direct messages, as a reply to the message", async (t) => {
    const { discord, alice, bob, seen } = await start(t);
    const thread = bob.startThread("planets", { channel: discord.general });
    const said = bob.say(thread, SAID);
    const direct = alice.dm("thanks");
    await seen(alice.direct, 1);

    await alice.menu(said, LOOK_UP);
    await discord.until(() => discord.channel(thread).text().includes("176 Earth days"));
    await alice.menu(direct, LOOK_UP);
    await discord.until(() => discord.channel(alice.direct).text().includes("176 Earth days"));

    assert.equal(
      discord.messages(thread).findLast(({ author, onlyFor }) => author === discord.app.id && onlyFor === undefined)
        ?.reference?.message,
      said.id,
    );
    assert.deepEqual(discord.faults, []);
  });

  test("answers whoever asks alone where they may not write, or Footnote may not", async (t) => {
    const { discord, alice, bob, core, footnote } = await start(t);
    const said = bob.say(discord.general, SAID);
    discord.deny(discord.general, ["SEND_MESSAGES"], alice.id);
    const hall = discord.addChannel("hall");
    const other = bob.say(hall, SAID);
    discord.deny(hall, ["SEND_MESSAGES"]);

    const silenced = await alice.menu(said, LOOK_UP);
    const closed = await alice.menu(other, LOOK_UP);
    for (const invoked of [silenced, closed]) {
      await discord.until(() => told(footnote, alice, invoked)?.includes("176 Earth days") === true);
    }
    await core.idle();

    assert.doesNotMatch(discord.channel(discord.general).text() + discord.channel(hall).text(), /176 Earth days/);
    assert.deepEqual(discord.threads(discord.general), []);
    assert.deepEqual(discord.faults, []);
  });

  test("has nothing to look up in a picture or a row of emoji", async (t) => {
    const { discord, alice, bob, asked, footnote } = await start(t);
    const said = bob.say(discord.general, "🎉🎉🎉");

    const invoked = await alice.menu(said, LOOK_UP);

    assert.equal(told(footnote, alice, invoked), "There is no text in that message that I could look up.");
    assert.equal(asked.length, 0);
  });

  test("tells whoever asks that there is no answer, when there can be none", async (t) => {
    const { discord, alice, bob, footnote } = await start(t, {
      store: {
        async receive() {
          throw new Failure("over-budget", "too much");
        },
      },
    });
    const said = bob.say(discord.general, SAID);

    const invoked = await alice.menu(said, LOOK_UP);
    await discord.until(() => told(footnote, alice, invoked)?.includes("within a minute") === true);

    assert.deepEqual(discord.threads(discord.general), []);
  });
});
