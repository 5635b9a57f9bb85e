/** Languages that are told apart by words that hardly any sentence of theirs lacks. */
export type KnownLanguage = "en" | "de" | "fr" | "es" | "it" | "pt" | "nl";

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

const COMMON_WORDS: Readonly<Record<KnownLanguage, ReadonlySet<string>>> = {
  en: words(
    "the of and in to was is a for on that with as by at from his her it he she are were who which after what when where why how did does do",
  ),
  de: words(
    "der die das den dem und ist war wurde nicht ein eine einen mit von im auf für sich sind hat hatte am zum zur aus als wie es er sie in was wer wann wo warum welche welcher welches wieso woher ich du mir dir kann kannst",
  ),
  fr: words(
    "le la les des est une un dans qui que quoi quand où comment pourquoi quel quelle combien pour avec sur par il elle au aux du et à été ans son sa de a je tu peux puis faire",
  ),
  es: words(
    "el la los las es una un en que por con del fue su se y al años tiene murió nació a de lo qué quién cuándo dónde cómo cuál cuánto cuántos está puedes puedo hacer eres",
  ),
  it: words(
    "il lo la gli le è una un nel di che per con della del fu si e dei anni ha alla a era chi cosa quando dove come perché quale quanto quanti",
  ),
  pt: words(
    "o a os as é uma um em que por com do da foi se e ao anos tem dos no na de morreu nasceu quem quando onde como porquê qual quanto quantos",
  ),
  nl: words(
    "de het een en van is was niet met op voor zijn te aan jaar werd die dat in hij zij wie wat wanneer waar waarom hoe welke hoeveel",
  ),
};

/**
 * The language of which most common words stand in the text.
 * @returns `undefined` when fewer than `atLeast` of them do, or as many of another language
 */
export function languageOf(text: string, atLeast: number): KnownLanguage | undefined {
  const present = new Set(text.toLowerCase().match(/\p{L}+/gu));
  const counts = Object.entries(COMMON_WORDS)
    .map(([language, common]) => ({ language, count: present.intersection(common).size }))
    .toSorted((a, b) => b.count - a.count);
  const [best, second] = counts;
  const isClear = best !== undefined && best.count >= atLeast && best.count > (second?.count ?? 0);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key of the table
  return isClear ? (best.language as KnownLanguage) : undefined;
}
