import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startDiscordFootnote } from "./discord-footnote.ts";

const QUESTION = "how long does a day last on Mercury?";
const SHOWN = `Footnote: A day on Mercury lasts 176 Earth days. [1](<https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation>) Nobody has stayed for one. (not in the sources)
| [1] [Mercury (planet) § Rotation](<https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation>), as of 2026-10-01
| Text: [CC BY-SA 4.0](<https://creativecommons.org/licenses/by-sa/4.0/>)`;

describe("Discord", () => {
  test("answers a mention in a thread made from its message", async (t) => {
    const { discord, alice, asked, seen } = await startDiscordFootnote(t);

    const question = alice.mention(discord.general, QUESTION);
    const shown = await seen(question.id, 1);

    assert.equal(shown, SHOWN);
    assert.equal(asked.length, 1);
    assert.deepEqual(discord.faults, []);
  });

  test("answers /wiki ask", async (t) => {
    const { discord, alice, seen } = await startDiscordFootnote(t);
    await discord.until(() => discord.commands().length > 0);

    const invoked = await alice.slash(discord.general, "wiki ask", { question: QUESTION });
    await discord.until(() => discord.channel(discord.general).text().includes("176"));
    const shown = await seen(discord.general, 1);

    assert.equal(invoked.isAnswered, true);
    assert.equal(shown, SHOWN.replace("Footnote: ", `Footnote: > ${QUESTION}\n`));
    assert.deepEqual(discord.faults, []);
  });
});
