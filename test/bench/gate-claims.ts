import { splitSentences } from "../../src/core/sentences.ts";

export interface Paragraph {
  readonly title: string;
  readonly text: string;
  readonly questions: readonly { readonly question: string; readonly answer: string }[];
}

export interface Claim {
  readonly kind: string;
  /** Whether the paragraph says so. */
  readonly honest: boolean;
  readonly text: string;
}

type Rule = (sentence: string, paragraph: Paragraph, all: readonly Paragraph[]) => string | undefined;

/** Claims about one paragraph, made by rule from its sentences and questions. A rule that finds nothing to change makes none. */
export function claimsOf(paragraph: Paragraph, all: readonly Paragraph[]): Claim[] {
  const sentences = splitSentences(paragraph.text).filter((sentence) => sentence.length > 30);
  const made = (rules: Readonly<Record<string, Rule>>, honest: boolean): Claim[] =>
    Object.entries(rules).flatMap(([kind, rule]) =>
      sentences.flatMap((sentence) => {
        const text = rule(sentence, paragraph, all);
        return text === undefined || text === sentence ? [] : [{ kind, honest, text }];
      }),
    );
  return [
    ...sentences.map((text) => ({ kind: "verbatim", honest: true, text })),
    ...made(HONEST, true),
    ...paragraph.questions.map(({ question, answer }) =>
      claimOfQuestion("question with its answer", true, question, answer),
    ),
    ...paragraph.questions.flatMap(({ question, answer }) => {
      const other = otherAnswer(answer, paragraph, all);
      return other === undefined
        ? []
        : [claimOfQuestion("question with a name or number from elsewhere", false, question, other)];
    }),
    ...made(FALSE, false),
  ];
}

const MONTH = /\b(January|February|March|April|June|July|August|September|October|November|December)\b/;
const MONTHS = "January February March April May June July August September October November December".split(" ");
const DATE = new RegExp(String.raw`${MONTH.source} (\d{1,2}), (\d{4})|\b(\d{1,2}) ${MONTH.source} (\d{4})`);

const HONEST: Record<string, Rule> = {
  "clauses reordered": (sentence) => {
    const match = /^((?:In|On|At|During|After|By) [^,]{3,60}), (?!and|\d)(.+)\.$/.exec(sentence);
    return match === null
      ? undefined
      : `${match[2]!.replace(/^The /, "the ")} ${match[1]!.replace(/^\w/, (w) => w.toLowerCase())}.`;
  },
  "last clause left out": (sentence) =>
    /^(.{40,}), (?:and|but|which|while|although|where) [^,]+\.$/.exec(sentence)?.[1]?.concat("."),
  "verbs and small words changed": (sentence) => {
    let text = sentence;
    for (const [from, to] of SYNONYMS) text = text.replace(new RegExp(String.raw`\b${from}\b`, "g"), to);
    return text;
  },
  "numbers in words, words in digits": (sentence) =>
    sentence
      .replace(/(?<![\d.,$£€–-])\b([2-9]|1[0-2])\b(?![\d.,%:–-]|st|nd|rd|th)/g, (digit) => WORDS[Number(digit)]!)
      .replace(/\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?!-)/g, (word) =>
        String(WORDS.indexOf(word)),
      ),
  "numbers grouped otherwise": (sentence) =>
    sentence.replace(/(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,.]\d)/g, (number) => number.replaceAll(",", "")),
  "scales in digits": (sentence) =>
    sentence.replace(
      /(?<![\d.,])(\d+) (million|thousand)\b/g,
      (_, n: string, scale: string) => `${n}${scale === "million" ? ",000,000" : ",000"}`,
    ),
  "percent in words": (sentence) => sentence.replace(/(\d)%/g, "$1 percent"),
  "dates in another format": (sentence) =>
    sentence.replace(DATE, (_, m1?: string, d1?: string, y1?: string, d2?: string, m2?: string, y2?: string) =>
      m1 === undefined
        ? `${m2} ${d2}, ${y2}`
        : `${y1}-${String(MONTHS.indexOf(m1) + 1).padStart(2, "0")}-${d1?.padStart(2, "0")}`,
    ),
  "pronoun turned into the article's title": (sentence, { title }) =>
    sentence.replace(/^(?:It|He|She|They) /, `${title} `),
  "with an adverb in front": (sentence) =>
    sentence.replace(/^(The|In|It|He|They|This) /, (word) => `Additionally, ${word.toLowerCase()}`),
  "names in bold": (sentence) => sentence.replace(/(?<=[a-z] )(\p{Lu}\p{Ll}{3,})/gu, "**$1**"),
};

const SYNONYMS = [
  ["was founded", "was established"],
  ["began", "started"],
  ["received", "got"],
  ["located", "situated"],
  ["large", "big"],
  ["many", "numerous"],
  ["used", "employed"],
  ["because", "since"],
  ["such as", "like"],
  ["however", "though"],
  ["often", "frequently"],
  ["won", "gained"],
  ["became", "turned into"],
  ["approximately", "about"],
  ["including", "among them"],
  ["called", "known as"],
  ["show", "demonstrate"],
  ["created", "made"],
  ["died", "passed away"],
] as const;

const WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split(" ");

const FALSE: Record<string, Rule> = {
  "a number changed": (sentence, { text }) =>
    replaceFirst(sentence, /(?<![\p{L}\d.,–-])\d+(?:[.,]\d+)*(?![\p{L}–])/u, (number) =>
      absentFrom(text, (i) => number.replace(/\d$/, (d) => String((Number(d) + 2 + i) % 10))),
    ),
  "a year off by one": (sentence, { text }) =>
    replaceFirst(sentence, /(?<!–)\b(?:1[0-9]|20)\d\d\b(?!–)/, (year) =>
      absentFrom(text, (i) => String(Number(year) + 1 + i)),
    ),
  "a scale changed": (sentence) =>
    replaceFirst(sentence, /(?<=\d )(?:million|billion)/, (one) => (one === "million" ? "billion" : "million")),
  "a number in words changed": (sentence, { text }) =>
    replaceFirst(sentence, /\b(?:two|three|four|five|six|seven|eight|nine|ten)\b/, (word) =>
      absentFrom(
        `${text} ${[...text.matchAll(/\d+/g)].map(([n]) => WORDS[Number(n)] ?? "").join(" ")}`,
        (i) => WORDS[3 + ((WORDS.indexOf(word) + i) % 9)]!,
      ),
    ),
  "a month changed": (sentence, { text }) =>
    replaceFirst(sentence, MONTH, (month) => absentFrom(text, (i) => MONTHS[(MONTHS.indexOf(month) + 1 + i) % 12]!)),
  "a day changed": (sentence) =>
    replaceFirst(
      sentence,
      /(?<=(?:January|February|March|April|June|July|August|September|October|November|December) )\d{1,2}\b(?!\d)/,
      (day) => String((Number(day) % 28) + 1),
    ),
  "a name inside swapped, the other not in the passage": (sentence, paragraph, all) =>
    replaceFirst(sentence, /(?<=[a-z,] )\p{Lu}\p{Ll}{3,}/u, (name) => nameElsewhere(name, paragraph, all, true)),
  "a name inside swapped, the other in the passage": (sentence, { text }) =>
    replaceFirst(
      sentence,
      /(?<=[a-z,] )\p{Lu}\p{Ll}{3,}/u,
      (name) => namesOf(text).find((other) => other !== name && !sentence.includes(other)) ?? name,
    ),
  "the name at the beginning swapped": (sentence, paragraph, all) =>
    replaceFirst(sentence, /^\p{Lu}\p{Ll}{3,}(?= (?:was|is|has|had|won|became|did|[a-z]+ed)\b)/u, (name) =>
      nameElsewhere(name, paragraph, all, false),
    ),
  "a sentence of another passage of the article": (sentence, paragraph, all) =>
    all.find((one) => one.title === paragraph.title && one !== paragraph)?.text.split(/(?<=[a-z]\.) (?=[A-Z])/)[
      sentence.length % 3
    ],
  "a sentence of another article": (sentence, paragraph, all) => {
    const others = all.filter((one) => one.title !== paragraph.title);
    return others[(sentence.length * 7919) % others.length]?.text.split(/(?<=[a-z]\.) (?=[A-Z])/)[sentence.length % 3];
  },
  "an invented clause appended": (sentence) =>
    sentence.replace(/\.$/, ", which made its neighbours jealous and ruined the harvest."),
  negated: (sentence) => replaceFirst(sentence, /\b(?:was|were|is|are|has|had|can|will)\b/, (verb) => `${verb} not`),
  "a denial left out": (sentence) => replaceFirst(sentence, / (?:not|never)(?! (?:only|just|until))\b/, () => ""),
  "subject and object swapped": (sentence) =>
    /^(\p{Lu}\p{Ll}{3,}) (.+?[a-z]) (\p{Lu}\p{Ll}{3,})\b(.*)$/u
      .exec(sentence)
      ?.slice(1)
      .reduce<string>((text, part, i, parts) => (i === 3 ? `${parts[2]} ${parts[1]} ${parts[0]}${part}` : text), ""),
};

function replaceFirst(sentence: string, pattern: RegExp, change: (found: string) => string): string {
  return sentence.replace(new RegExp(pattern.source, pattern.flags.replace("g", "")), (found) => change(found));
}

/** The first of the candidates that the text does not hold. */
function absentFrom(text: string, candidate: (i: number) => string): string {
  let i = 0;
  while (
    i < 8 &&
    new RegExp(String.raw`\b(?:${candidate(i)}|${WORDS[Number(candidate(i))] ?? candidate(i)})`, "i").test(text)
  )
    i += 1;
  return candidate(i);
}

function namesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/(?<=[a-z,] )\p{Lu}\p{Ll}{3,}/gu)].map(([name]) => name))];
}

/** Another name of the article, or of another one, that this passage lacks. */
function nameElsewhere(
  name: string,
  { title, text }: Paragraph,
  all: readonly Paragraph[],
  sameArticle: boolean,
): string {
  const names = all.filter((one) => (one.title === title) === sameArticle).flatMap((one) => namesOf(one.text));
  const absent = names.filter((other) => !`${title} ${text}`.toLowerCase().includes(other.toLowerCase().slice(0, 5)));
  return absent[(name.length * 31 + text.length) % Math.max(1, absent.length)] ?? name;
}

/**
 * As people ask: their words differ from the passage's as much as an honest paraphrase's do. Some ask with misspelled
 * names, or with what stands outside the passage, and those the gate is right to refuse.
 */
function claimOfQuestion(kind: string, honest: boolean, question: string, answer: string): Claim {
  const said = question
    .replace(/\?$/, "")
    .replace(/\b(?:what|which|who|whom|whose|when|where|why|how (?:many|much|long|old)|how|did|does|do)\b ?/gi, "")
    .trim();
  return { kind, honest, text: `The ${said} ${answer.replace(/\.$/, "")}.` };
}

function otherAnswer(answer: string, { text }: Paragraph, all: readonly Paragraph[]): string | undefined {
  const isNumber = /^\d/.test(answer);
  if (!isNumber && !/^\p{Lu}/u.test(answer)) return undefined;
  const others = all
    .flatMap(({ questions }) => questions.map((one) => one.answer))
    .filter((other) => (isNumber ? /^\d/ : /^\p{Lu}\p{Ll}{3}/u).test(other))
    .filter((other) =>
      other
        .split(/\P{L}+/u)
        .every((word) => word.length < 4 || !text.toLowerCase().includes(word.toLowerCase().slice(0, 5))),
    )
    .filter((other) => (other.match(/\d+/g) ?? []).every((number) => !text.includes(number)));
  return others[(answer.length * 17 + text.length) % Math.max(1, others.length)];
}
