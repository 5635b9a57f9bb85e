import { readQuestion, type Question } from "./question-terms.ts";
import { titleProper } from "./question-title.ts";
import type { LanguageWords } from "./terms-language.ts";
import { termsOf } from "./terms.ts";

/**
 * "When?" asks for the time of what was asked before; "When was it?" does not, but for that of the thread's subject.
 * @param earlier the latest first
 */
export function completeQuestion(question: Question, earlier: readonly string[], language: LanguageWords): Question {
  if (question.terms.length > 0 || question.saysTooLittle) return question;
  const before = earlier.map((text) => readQuestion(text, language)).find(({ terms }) => terms.length > 0);
  return before === undefined ? question : { ...before, type: typeOf(question, before) };
}

/** The question put to the article that the thread may be about. */
export function askAbout(title: string, question: Question, language: LanguageWords): Question {
  if (question.terms.length === 0) return askFor(title, question, language);
  // "And its population?" asks for that, and not for what a population is.
  return question.saysTooLittle ? { ...question, subject: undefined, about: title } : question;
}

/** The question put to the article that it is certainly about: that it names the article is no sign of an answer. */
export function askWithin(title: string, question: Question, language: LanguageWords): Question {
  const named = new Set(termsOf(titleProper(title), language).map(({ stem }) => stem));
  const terms = question.terms.filter(({ stem }) => !named.has(stem));
  if (terms.length === 0) return askFor(title, question, language);
  return { ...question, terms, subject: undefined, about: title };
}

/** "Mercury" and "What is it?": what the article's subject is. */
export function askFor(title: string, question: Question, language: LanguageWords): Question {
  return { ...readQuestion(title, language), subject: title, type: question.type, about: title };
}

function typeOf(question: Question, before: Question): Question["type"] {
  return question.type === "other" ? before.type : question.type;
}
