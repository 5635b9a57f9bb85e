import type { Question } from "./question-terms.ts";
import { isToldApart, shareAsked, titleProper } from "./question-title.ts";
import type { ReadArticle } from "./rank-match.ts";
import type { LanguageWords } from "./terms-language.ts";
import { termsOf } from "./terms.ts";

/** What a question means where several articles bear the same name. */
export interface Meant {
  /** What a disambiguation page offers, when the question says nothing beyond its title. */
  readonly choices: readonly string[];
  /** "Mercury (planet)" of what the page on "Mercury" offers, when the question is for the temperature of the planet. */
  readonly title: string | undefined;
  /** Those of the articles that it may be about: not the metal, when that planet's was read. */
  readonly articles: readonly ReadArticle[];
}

export function whatIsMeant(question: Question, language: LanguageWords, read: readonly ReadArticle[]): Meant {
  const asked = new Set(question.terms.map(({ stem }) => stem));
  const isMeant = (title: string) => isToldApart(title, asked, language);
  const page = read.find(({ article: { kind, title } }) => {
    if (kind !== "disambiguation" || shareAsked(title, asked, language) < 1) return false;
    return question.subject !== undefined;
  });
  const articles = read.filter(({ article }) => article.kind === "article");
  const names = new Set(
    articles
      .map(({ article: { title } }) => title)
      .filter(isMeant)
      .map(titleProper),
  );
  return {
    choices: page?.article.choices ?? [],
    title: read.flatMap(({ article }) => article.choices).find(isMeant),
    articles: articles.filter(({ article: { title } }) => isMeant(title) || !names.has(titleProper(title))),
  };
}

/** What to read together with the titles that a search has found, since it may be what the question is about. */
export function titleBeside(
  { terms, names }: Question,
  language: LanguageWords,
  found: readonly string[],
): string | undefined {
  const asked = new Set(terms.map(({ stem }) => stem));
  const [first] = found;
  // Where all words together find nothing, each is looked for alone, and no request is to spare.
  if (first === undefined) return undefined;
  const meant = found.find((title) => isToldApart(title, asked, language));
  if (meant !== undefined) return meant;
  // The page on all that bear the name tells whether another is meant.
  if (titleProper(first) !== first && shareAsked(first, asked, language) === 1) return titleProper(first);
  // A name that no title says may be one that redirects.
  const [name] = names;
  const named = new Set(termsOf(name ?? "", language).map(({ stem }) => stem));
  return found.some((title) => shareAsked(title, named, language) === 1) ? undefined : name;
}
