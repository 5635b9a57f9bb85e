import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checksOf, evidenceOf, factsOf, hasVerbatim } from "../../src/agent/facts.ts";

/** Whether the passage has all dates, numbers and names of the sentence. */
function agrees(sentence: string, passage: string): boolean {
  const evidence = evidenceOf(passage);
  return checksOf(factsOf(sentence)).every((holds) => holds(evidence));
}

describe("a date", () => {
  for (const written of [
    "10 July 1856",
    "July 10, 1856",
    "July 10th, 1856",
    "the 10th of July 1856",
    "1856-07-10",
    "10.7.1856",
    "10/07/1856",
    "10 Jul 1856",
    "10. Juli 1856",
    "el 10 de julio de 1856",
    "10 juillet 1856",
    "10 июля 1856",
    "1856年7月10日",
    "10 July",
    "July 1856",
    "July",
  ]) {
    test(`is the tenth of July 1856 as ${written}`, () => {
      assert.equal(agrees(`she came: ${written}`, "She came on July 10, 1856."), true);
    });
  }

  for (const written of ["11 July 1856", "10 June 1856", "10 July 1857", "1856-10-07", "July 9", "10 August"]) {
    test(`is not the tenth of July 1856 as ${written}`, () => {
      assert.equal(
        agrees(`she came: ${written}`, "She came on July 10, 1856. It was 9 August 1857, then June 11."),
        false,
      );
    });
  }

  test("with slashes is read both ways", () => {
    assert.equal(agrees("on 3 May 1856", "Born 3/5/1856"), true);
    assert.equal(agrees("on 5 March 1856", "Born 3/5/1856"), true);
    assert.equal(agrees("on 5 March 1856", "Born 3.5.1856"), false);
  });

  test("of a range has its month and year", () => {
    assert.equal(agrees("on 3 May 1856", "From 3–5 May 1856 it rained."), true);
    assert.equal(agrees("on 4 May 1856", "From 3–5 May 1856 it rained."), false);
  });

  test("may have its year elsewhere in the passage", () => {
    assert.equal(agrees("on 10 July 1856", "In 1856 she left; on 10 July she came back."), true);
  });

  test("is no number of things", () => {
    assert.equal(agrees("she had 10 cats", "She came on 10 July 1856."), false);
  });
});

describe("a number", () => {
  for (const [sentence, passage] of [
    ["5 million people", "5,000,000 people"],
    ["5.2 million people", "5,200,000 people"],
    ["5 000 000 people", "5'000'000 people"],
    ["1 234 567,8 people", "1.234.567,8 people"],
    ["1,00,000 rupees", "100000 rupees"],
    ["between 5 million and 6 million", "between 5 and 6 million"],
    ["5 percent", "5%"],
    ["5 per cent to 6 per cent", "5–6 %"],
    ["$5 million", "5 million dollars"],
    ["£5m", "5 million pounds"],
    ["twenty-one dogs", "21 dogs"],
    ["205 dogs", "two hundred and five dogs"],
    ["a hundred thousand dogs", "100,000 dogs"],
    ["6.5 sacks", "6½ sacks"],
    ["the 19th century", "the nineteenth century"],
    ["in the 1850s", "the 1850s"],
    ["the year 1918", "the war of 1914–18"],
    ["the eighth Henry", "Henry VIII"],
    ["the second world war", "World War II"],
    ["2.5 cents", "2.50 cents"],
    ["٣٥٠ people", "350 people"],
    ["-5 °C", "−5 °C"],
    ["1400万人", "14,000,000 people"],
    ["its 1 goal", "one goal"],
    ["the crew of Apollo 1", "Apollo 1's crew"],
    ["one of them was first", "All of them were there."],
    ["a los veinte años de la guerra", "20 years after the war"],
    ["il avait quatre-vingts ans et des poussières", "he was 80"],
    ["il avait vingt et un ans et des poussières", "he was 21"],
    ["nel vent'anni della guerra", "20 years"],
    ["Er war einundzwanzig und nicht alt", "he was 21"],
    ["doscientas mujeres en la ciudad", "200 women"],
    ["人口は二百万人である", "人口は200万人"],
    ["七百年の歴史", "700 years"],
    ["七九四年に", "794年に平安京"],
    ["一部は四国にある", "四国の一部"],
    ["hundreds of dogs", "350 dogs"],
    ["half of the dogs", "50% of the dogs"],
    ["twice as many", "double the number"],
    ["the fourth quarter", "the 4th period"],
  ] as const) {
    test(`in "${sentence}" agrees with "${passage}"`, () => assert.equal(agrees(sentence, passage), true));
  }

  for (const [sentence, passage] of [
    ["5 million people", "5 billion people"],
    ["5 people", "5 million people"],
    ["5 million people", "5 people"],
    ["5%", "5 people"],
    ["5%", "5‰"],
    ["$5 million", "€5 million"],
    ["5 km long", "5 miles long"],
    ["5 °C", "−5 °C"],
    ["1850 cats", "in the 1850s"],
    ["in the 1850s", "in 1850"],
    ["44 BC", "44 men"],
    ["61 sacks", "6½ sacks"],
    ["106 cells", "10⁶ cells"],
    ["Henry VII", "Henry VIII"],
    ["the third city", "the second city"],
    ["thirty-two dogs", "thirty-one dogs"],
    ["1.5 million", "15 million"],
    ["185**7** cats", "1856 cats, 185 dogs, 7 mice"],
    ["18\u200b57 cats", "18 cats, 57 dogs"],
    ["murió a los veinte años en la ciudad", "murió a los 86 años en la ciudad"],
    ["il avait quatre-vingts ans et des poussières", "il avait 86 ans et des poussières"],
    ["Er war einundzwanzig und nicht alt", "Er war 22 und nicht alt"],
    ["人口は二百万人である", "人口は146万人である"],
    ["百五十万人", "146万人"],
    ["七百年に", "794年に"],
    ["dozens of moons", "It has no moons"],
    ["a quarter of the people", "More than half of the people"],
    ["millions of dogs", "350 dogs"],
  ] as const) {
    test(`in "${sentence}" differs from "${passage}"`, () => assert.equal(agrees(sentence, passage), false));
  }
});

// A reader that copies the passage at every number takes minutes.
test("A passage of two megabytes is read", { timeout: 60_000 }, () => {
  const passage = Array.from({ length: 80_000 }, (_, i) => `The longworm is word ${i}.`).join(" ");

  assert.equal(agrees("word 79,999", passage), true);
});

describe("a name", () => {
  for (const [sentence, passage] of [
    ["in Croatia", "a Croatian town"],
    ["the Italian king", "the king of Italy"],
    ["the French king", "the king of France"],
    ["TESLA came", "Tesla came"],
    ["the house of Müller", "MÜLLER's house"],
    ["in Łódź", "in Lodz"],
    ["she read J. K. Rowling", "J.K. Rowling wrote"],
    ["in the US", "in the United States"],
    ["in the United States", "in the U.S."],
    ["by the World Health Organization", "by the WHO"],
    ["he liked **Te**sla", "he liked Tesla"],
    ["roi d'Italie", "l'Italie"],
    ["в Москве", "Москва"],
    ["特斯拉出生在斯米连", "特斯拉出生于斯米连"],
    ["Additionally, it rains", "It rains"],
    ["Founded in spring", "It began in spring"],
    ["Die Gründung der Stadt ist nicht bekannt", "Wann die Stadt gegründet wurde, ist nicht bekannt."],
  ] as const) {
    test(`in "${sentence}" agrees with "${passage}"`, () => assert.equal(agrees(sentence, passage), true));
  }

  for (const [sentence, passage] of [
    ["Paris is the capital", "London is the capital"],
    ["Italy is large", "Spain is large"],
    ["Beijing is large", "Tokyo is large"],
    ["King was there", "Newton was there"],
    ["in the UK", "in the United States"],
    ["Henry Ford", "Henry Miller"],
    ["he bought an iPhone", "he bought a telephone"],
    ["see evil.example", "see there"],
    ["Теslа came", "Tesla came"],
    ["Die Stadt liegt in Bayern und ist alt", "Die Stadt liegt in Hessen und ist alt."],
    ["テスラは人", "エジソンは人"],
    ["特斯拉出生在贝尔格莱德", "特斯拉出生于斯米连"],
    ["京都市は大阪府に位置する", "京都市は京都府に位置する"],
  ] as const) {
    test(`in "${sentence}" differs from "${passage}"`, () => assert.equal(agrees(sentence, passage), false));
  }
});

describe("a quotation", () => {
  test("is the same with other dashes, quotes, spaces and emphasis", () => {
    assert.equal(hasVerbatim(evidenceOf("It’s the “1914–1918” war."), `It's  the "1914-1918" **war**.`), true);
  });

  test("ends where the passage's words end", () => {
    const evidence = evidenceOf("It sold 5 million copies of 1.5 kg in 1856.");

    assert.equal(hasVerbatim(evidence, "It sold 5"), false);
    assert.equal(hasVerbatim(evidence, "It sold 5 million copies of 1"), false);
    assert.equal(hasVerbatim(evidence, "It sold 5 million copies of 1.5 kg in 18"), false);
    assert.equal(hasVerbatim(evidence, "5 million copies of 1.5 kg in 1856"), true);
  });
});
