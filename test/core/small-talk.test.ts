import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { z } from "zod";
import { isSmallTalk, looksLikeQuestion } from "../../src/core/small-talk.ts";

const collection = z.object({
  data: z.array(
    z.object({
      title: z.string(),
      paragraphs: z.array(z.object({ qas: z.array(z.object({ question: z.string() })) })),
    }),
  ),
});
const { data } = collection.parse(
  JSON.parse(await readFile(new URL("../bench/sample-questions.json", import.meta.url), "utf8")),
);
const questions = data.flatMap(({ paragraphs }) =>
  paragraphs.flatMap(({ qas }) => qas.map(({ question }) => question)),
);
const titles = data.map(({ title }) => title);

describe("small talk", () => {
  for (const [language, messages] of Object.entries({
    English: [
      "thanks",
      "Thank you so much!",
      "ok",
      "Okay, cool",
      "hahaha",
      "Hello everyone!",
      "that's great, thanks",
      "soooo cool",
      "good bot",
    ],
    German: ["danke", "Vielen Dank!", "Danke dir :)", "alles klar", "Guten Morgen"],
    Spanish: ["¡Muchas gracias!", "vale, perfecto", "jajaja", "Buenos días a todos"],
    French: ["merci beaucoup !", "D’accord", "Très bien, merci", "Bonjour tout le monde"],
    Japanese: ["ありがとう", "ありがとうございます！", "なるほど", "こんにちは", "了解です。"],
  })) {
    it(`is thanks, applause and greetings in ${language}`, () => {
      assert.deepEqual(
        messages.filter((message) => !isSmallTalk(message)),
        [],
      );
    });
  }

  it("is emoji alone, by picture or by name", () => {
    const emoji = ["🎉", "👍🏽 👍🏽", "🇯🇵", ":tada:", ":+1::skin-tone-3:", "<:party_blob:123456>", "+1", "<3", "thx 🙏"];

    assert.deepEqual(
      emoji.filter((message) => !isSmallTalk(message)),
      [],
    );
  });

  it("may mention somebody", () => {
    assert.equal(isSmallTalk("<@U0123> thanks"), true);
    assert.equal(isSmallTalk("@ann thx!"), true);
  });

  it("is no question, with or without its mark", () => {
    const bare = questions.map((question) => question.replace(/[?？]/g, ""));

    assert.deepEqual([...questions, ...bare].filter(isSmallTalk), []);
    assert.ok(questions.length > 50);
  });

  it("is no title", () => {
    const others = [
      "Nice",
      "Super",
      "Stark",
      "Hello Kitty",
      "Thank You (song)",
      "The Who",
      "The Great",
      "C++",
      "π",
      "∞",
      "42",
      "WWW",
      "京都",
      "草",
    ];

    assert.deepEqual([...titles, ...others].filter(isSmallTalk), []);
  });

  it("is not what goes on after the thanks", () => {
    const more = [
      "Thanks! And who built it?",
      "thanks who built it",
      "ok?",
      "really?",
      "danke und wann",
      "merci pourquoi",
      "ありがとう、いつ",
    ];

    assert.deepEqual(more.filter(isSmallTalk), []);
  });

  it("is not nothing", () => {
    assert.equal(isSmallTalk(""), false);
    assert.equal(isSmallTalk("help"), false);
    assert.equal(isSmallTalk("the"), false);
  });
});

describe("what looks like a question", () => {
  it("has a question mark of any script", () => {
    const marked = ["Kyoto?", "京都？", "باريس؟", "Τι είναι;", "¿Kyoto", "thanks, and the height?"];

    assert.deepEqual(
      marked.filter((message) => !looksLikeQuestion(message)),
      [],
    );
  });

  for (const [language, messages] of Object.entries({
    English: [
      "who built it",
      "Thanks! And who built it",
      "by whom",
      "in which year was it built",
      "is Kyoto a city",
      "Can octopuses see color",
    ],
    German: ["wann wurde es gebaut", "ok und seit wann", "Ist Kyoto eine Stadt"],
    Spanish: ["quién lo construyó", "de qué está hecho", "cuándo fue"],
    French: ["pourquoi le ciel est bleu", "Peux-tu expliquer", "Y a-t-il des poulpes", "est-ce que Paris est grand"],
    Japanese: ["京都の人口は何人ですか", "いつ建てられました", "タコとは", "それは大きいですか。"],
  })) {
    it(`begins like one in ${language}`, () => {
      assert.deepEqual(
        messages.filter((message) => !looksLikeQuestion(message)),
        [],
      );
    });
  }

  it("asks for an explanation, a list or a comparison", () => {
    const requests = [
      "Tell me about Kyoto.",
      "explain tides",
      "compare C and C++",
      "list the planets",
      "Erkläre Photosynthese",
      "dime quién",
      "explique-moi les marées",
      "京都について教えて",
    ];

    assert.deepEqual(
      requests.filter((message) => !looksLikeQuestion(message)),
      [],
    );
  });

  it("is no statement, exclamation or address", () => {
    const statements = [
      "It was built in 1903.",
      "We deploy at noon",
      "What a day!",
      "How nice!",
      "Have a nice day",
      "Will do",
      "can do",
      "See https://wiki.example/?a=1",
      "Das ist gut.",
      "Creo que sí",
      "Je pense que oui",
      "それは京都です。",
      "いつもありがとう",
      "Thanks!",
    ];

    assert.deepEqual(statements.filter(looksLikeQuestion), []);
  });
});
