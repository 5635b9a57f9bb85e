import { namesIn } from "./question-names.ts";
import { answerTypeOf, type AnswerType } from "./question-type.ts";
import { isCommonWord } from "./terms-common.ts";
import type { LanguageWords } from "./terms-language.ts";
import { termsOf, type Term } from "./terms.ts";

/** A word of a question that says what it is about. */
export interface QuestionTerm extends Term {
  /** Written like a name or number, and not because it begins the question. */
  readonly isName: boolean;
  readonly isCommon: boolean;
  /** A guess at how few articles hold the word, made without asking: the higher, the rarer. */
  readonly rarity: number;
}

export interface Question {
  /** In the order of the question, each stem once. */
  readonly terms: readonly QuestionTerm[];
  readonly type: AnswerType;
  /** The whole subject, as written, when the question asks for nothing else: "Who was Ada Lovelace?" */
  readonly subject: string | undefined;
  /** What the question names, as written, the longest first. */
  readonly names: readonly string[];
  /** It may be about what was talked of before: "And its population?" */
  readonly isFollowUp: boolean;
  /** It has a word that stands for what was named before. */
  readonly refersBack: boolean;
  /** It is that for certain, and without it there is nothing to look for: "Who rules there?" */
  readonly saysTooLittle: boolean;
  /** Title of the article that it is certainly about, though it need not name it. */
  readonly about?: string;
}

export function readQuestion(text: string, language: LanguageWords): Question {
  const words = termsOf(text, language);
  const terms = contentTerms(words, language);
  // German writes every noun like a name, so that a capital tells nothing.
  const hasName = language.code !== "de" && terms.some(({ isName }) => isName);
  const refersBack = words.some((word) => REFERENCES[language.code]?.has(word.text.toLowerCase()));
  return {
    terms,
    type: answerTypeOf(text, language.code),
    subject: onlySubject(text, words, terms, language),
    // German writes every noun like a name.
    names: namesIn(text, terms).filter((name) => language.code !== "de" || name.includes(" ")),
    refersBack: !hasName && refersBack,
    isFollowUp: !hasName && (refersBack || terms.length <= FEW_TERMS),
    saysTooLittle: !hasName && refersBack && terms.length <= FEW_TERMS,
  };
}

const FEW_TERMS = 2;

function contentTerms(words: readonly Term[], language: LanguageWords): QuestionTerm[] {
  const seen = new Set<string>();
  const content = words.filter((word, i) => {
    if (i === 0 && IMPERATIVES[language.code]?.has(word.text.toLowerCase())) return false;
    if (!tellsSomething(word, language, i === 0) || seen.has(word.stem)) return false;
    seen.add(word.stem);
    return true;
  });
  return content.map((word) => describe(word, word === words[0], language));
}

function tellsSomething({ text }: Term, language: LanguageWords, isFirst = false): boolean {
  // `IT` and `WHO` are names, though `it` and `who` are not; `s` is what an apostrophe leaves, and "I" is whoever asks.
  const isUpperCase = text === text.toUpperCase() && text !== text.toLowerCase();
  const isAcronym = isUpperCase && (text.length > 1 || (!isFirst && text !== "I"));
  if (QUANTIFIERS[language.code]?.has(text)) return false;
  return isAcronym || (!language.isStopWord(text.toLowerCase()) && !/^\p{Script=Latin}$/u.test(text));
}

function describe(word: Term, isFirst: boolean, language: LanguageWords): QuestionTerm {
  const isFamiliar = isCommonWord(word.stem, language);
  const isCapital = /^[\p{Lu}\p{N}]/u.test(word.text);
  // "United States" is a name though `state` is common; German writes every noun like a name.
  const isName = isCapital && !isFirst && !(isFamiliar && language.code === "de");
  const length = Math.min(word.text.length, 10) / 10;
  return {
    ...word,
    isName,
    isCommon: isFamiliar && !isName,
    rarity: (isName ? 3 : 0) + (isFamiliar ? 0 : 2) + length,
  };
}

/** What stands between the opening stop words and the end of the question, when it is a name or next to nothing. */
function onlySubject(
  text: string,
  words: readonly Term[],
  terms: readonly QuestionTerm[],
  language: LanguageWords,
): string | undefined {
  const first = terms[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined || !tellsSomething(last, language)) return undefined;
  const name = text.slice(first.start).replace(/[\s?!.？！。]+$/u, "");
  // "Mercury (planet)": what distinguishes a title need not be written like a name.
  const end = first.start + name.replace(/\s*\([^()]+\)$/u, "").length;
  const inside = words.filter(({ start }) => start >= first.start && start < end);
  const isName = inside.every(
    (word) => /^[\p{Lu}\p{N}]/u.test(word.text) || language.isStopWord(word.text.toLowerCase()),
  );
  // "What is dark matter?" and not "Who discovered oxygen?"
  const isPhrase = inside.length === 2 && words.length - inside.length >= 2;
  if (!isName && !isPhrase && inside.length > 1) return undefined;
  return name;
}

const wordSet = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Words that ask how great a number is, and say nothing of what. */
const QUANTIFIERS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: wordSet("many much"),
};

/** Words that begin a request: "Tell me about Kyoto." */
const IMPERATIVES: Readonly<Record<string, ReadonlySet<string>>> = {
  en: wordSet("tell explain describe define show give list"),
};

/** Words that stand for what was named before. */
const REFERENCES: Readonly<Record<string, ReadonlySet<string>>> = {
  en: wordSet("it its they them their he him his she her there that this these those"),
  de: wordSet(
    "er sie es ihn ihm ihr ihre ihrer ihren ihrem sein seine seiner seinen seinem dort das dies diese dieser",
  ),
  fr: wordSet("il elle ils elles son sa ses leur leurs lui y en ce cette ces"),
  es: wordSet("él ella ellos ellas su sus allí ese esa eso este esta esto"),
  it: wordSet("lui lei loro esso essa suo sua suoi sue lì questo questa quello quella"),
  pt: wordSet("ele ela eles elas seu sua seus suas lá isso isto esse essa este esta"),
  nl: wordSet("hij zij ze het hem haar hun zijn daar dat dit deze die"),
};
