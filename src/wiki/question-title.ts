import type { LanguageWords } from "./terms-language.ts";
import { termsOf } from "./terms.ts";

/** How much of a title the question names, 0 to 1; what distinguishes `Mercury (planet)` need not be named. */
export function shareAsked(title: string, asked: ReadonlySet<string>, language: LanguageWords): number {
  const terms = termsOf(titleProper(title), language);
  const telling = terms.filter(({ text }) => !language.isStopWord(text.toLowerCase()));
  const counted = telling.length > 0 ? telling : terms;
  return counted.length === 0 ? 0 : counted.filter(({ stem }) => asked.has(stem)).length / counted.length;
}

/** Whether the question names a title together with what tells it from others of the same name: "mercury planet temperature". */
export function isToldApart(title: string, asked: ReadonlySet<string>, language: LanguageWords): boolean {
  const proper = titleProper(title);
  return (
    proper !== title &&
    shareAsked(proper, asked, language) === 1 &&
    shareAsked(title.slice(proper.length).replace(/[()]/g, " "), asked, language) === 1
  );
}

/** `Mercury` of `Mercury (planet)`. */
export function titleProper(title: string): string {
  return title.replace(/\s*\([^)]*\)$/u, "");
}
