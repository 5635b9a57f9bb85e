import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { introducingAgent } from "../../src/agent/introducing-agent.ts";
import type { AgentRequest } from "../../src/core/agent.ts";
import { renderAnswer } from "../../src/core/reply.ts";
import { eventsOf, MERCURY_ANSWER } from "../fakes/answers.ts";

const INTRODUCTION =
  "Ask me a question, and I look it up in the sample wiki. Every sentence of my answer points to the passage it rests on; where there is none, I say so. Follow-up questions can be short: I know what we were talking about.";

/** What is answered to it, and whether that was looked up. */
async function answerTo(question: string, over: Partial<AgentRequest> = {}) {
  let isLookedUp = false;
  const agent = introducingAgent(
    {
      async *answer() {
        isLookedUp = true;
        yield* eventsOf(MERCURY_ANSWER);
      },
    },
    "the sample wiki",
  );
  const signal = new AbortController().signal;
  const events = await Array.fromAsync(agent.answer({ question, history: [], signal, ...over }));
  const last = events.at(-1);
  const text = last?.type === "answer" ? renderAnswer(last.answer) : "";
  return { events, text, isLookedUp };
}

describe("what needs no wiki", () => {
  for (const [question, opening] of [
    ["Hi", "Hello! "],
    ["Good morning!", "Hello! "],
    ["hi, what can you do?", "Hello! "],
    ["thanks!", "You're welcome! "],
    ["help", ""],
    ["What can you do?", ""],
    ["How are you?", ""],
    ["Who are you, please?", ""],
    ["Are you a bot?", ""],
    ["good bye", ""],
    ["👍", ""],
  ] as const) {
    it(`is answered with what Footnote can do: ${question}`, async () => {
      const { text, isLookedUp } = await answerTo(question);

      assert.equal(text, opening + INTRODUCTION);
      assert.equal(isLookedUp, false);
    });
  }

  for (const question of ["What can you do?", "thanks!", "help"]) {
    it(`is answered so in a conversation too: ${question}`, async () => {
      const { isLookedUp } = await answerTo(question, { context: [{ author: "Ada", text: "This engine is loud." }] });

      assert.equal(isLookedUp, false);
    });
  }

  for (const question of ["How does this work?", "What's this?", "Was ist das?", "Comment ça marche ?"]) {
    it(`is not what points back to what was said: ${question}`, async () => {
      const { isLookedUp } = await answerTo(question, { context: [{ author: "Ada", text: "This engine is loud." }] });

      assert.equal(isLookedUp, true);
    });
  }

  for (const [question, start] of [
    ["Vielen Dank", "Gern geschehen! Stell mir eine Frage"],
    ["Was kannst du?", "Stell mir eine Frage"],
    ["¡Hola!", "¡Hola! Hazme una pregunta"],
    ["¿Qué puedes hacer?", "Hazme una pregunta"],
    ["Que peux-tu faire ?", "Pose-moi une question"],
    ["Merci !", "Avec plaisir ! Pose-moi une question"],
    ["何ができますか？", "質問していただければ"],
    ["ありがとう", "どういたしまして！"],
  ] as const) {
    it(`is answered in its own language: ${question}`, async () => {
      const { text, isLookedUp } = await answerTo(question);

      assert.equal(text.slice(0, start.length), start);
      assert.equal(isLookedUp, false);
    });
  }

  it("is only returned to somebody who has had an answer", async () => {
    const history = [{ question: "Who was Tesla?", answer: "An inventor.", subjects: ["Nikola Tesla"] }];

    const thanks = await answerTo("Danke!", { history });
    const help = await answerTo("hi, what can you do?", { history });

    assert.equal(thanks.text, "Gern geschehen!");
    assert.equal(help.text, `Hello! ${INTRODUCTION}`);
  });

  it("is told sentence by sentence, as any answer", async () => {
    const { events } = await answerTo("Hi");

    assert.deepEqual(
      events.map(({ type }) => type),
      ["sentence", "sentence", "sentence", "sentence", "answer"],
    );
  });
});

describe("what a wiki may know", () => {
  for (const question of [
    "How long is a day on Mercury?",
    "Help wanted: who was Ada Lovelace?",
    "What can octopuses do?",
    "What is a footnote?",
    "Who are the Beatles?",
    "thanks! And its population?",
  ]) {
    it(`is looked up: ${question}`, async () => {
      const { isLookedUp } = await answerTo(question);

      assert.equal(isLookedUp, true);
    });
  }

  it("is looked up when an article was chosen, whatever it is called", async () => {
    const { isLookedUp } = await answerTo("Hello", { subject: "Hello (song)" });

    assert.equal(isLookedUp, true);
  });
});
