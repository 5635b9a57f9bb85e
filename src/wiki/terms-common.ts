import type { LanguageWords } from "./terms-language.ts";
import { termsOf } from "./terms.ts";

/**
 * Words that are in most articles whatever they are about, and so find none. Stop words are not among them. Without the list a search
 * for the rarest words of a question looks for "originally" or "considered": the right article comes first for 0.971 of the questions
 * instead of 0.979, at 3.9 requests each instead of 3.7. Measured for English, and so there for English alone.
 */
export function isCommonWord(stem: string, language: LanguageWords): boolean {
  return commonStems(language).has(stem);
}

const stems = new WeakMap<LanguageWords, ReadonlySet<string>>();

function commonStems(language: LanguageWords): ReadonlySet<string> {
  let known = stems.get(language);
  if (known === undefined) {
    known = new Set(termsOf(COMMON_WORDS[language.code] ?? "", language).map(({ stem }) => stem));
    stems.set(language, known);
  }
  return known;
}

const COMMON_WORDS: Readonly<Record<string, string>> = {
  en: `
  able according account act action actual add age agree allow almost along already also although always amount
  another answer appear approach area argue around ask associate attempt average avoid back base basic become
  begin behind belief believe belong best better big bigger bring build business call cause center central century
  certain change characteristic choose city claim class close collection come common company compare complete
  concept concern condition consider consist contain continue contribute control cost could country cover create
  current date day deal decade decide define degree demand depend derive describe design determine develop
  development die differ difference different discover do early earn effect effort either element end enough
  ensure entire equal especially establish estimate event eventually ever every example except exist expect
  experience explain express extent face fact factor fail fall famous far feature feel few field figure final
  finally find first five follow form former found four free frequent full function future gain general generally
  get give given go goal good great group grow guide half happen hard head held help high highest history hold
  home hope hour house however human idea identify image impact important include increase indicate individual
  influence inform information instead intend interest introduce involve issue item join keep kind know known lack
  land large larger largest last late lead leader learn least leave left length less let level life like likely limit
  line list little live local locate location long look lose lot low lower made main mainly maintain major make
  man manage many mark mass material matter may mean meaning measure member mention method middle might million
  mind modern month move much must name nation national natural nature near need new next night normal normally
  note notable now number obtain occur offer office official officially often old one open operate opinion opposite
  option order organization origin original originally others outside own part particular pass past pay people
  percent percentage perform period person perspective phrase piece place plan play point popular population
  position positive possible power prefer present prevent previous primary prior private problem process produce
  product program project promote proper propose prove provide public publish purpose put quality question quickly
  range rate rather reach react read real reason receive recent refer reference region relate relation
  relationship remain remove replace report represent require research respond responsible rest result return
  right rise role round rule run same say scale second section see seem select send sense separate series serve
  set several shape share short show side significant similar simple since single site situation six size slow
  small smallest social someone something sometimes soon source space speak special specific spend stage stand
  standard start state statement stay step still stop story strong structure study subject substance succeed
  successful suggest support suppose system take task team tell ten tend term test thing think third thought
  thousand three throughout time title today together tool top topic total toward towards town try turn two type
  typical typically under understand unit unlike upon use used user using usual usually value various version view
  vote want way week well whole wide without woman word work world worth would write writer written wrong year yes
  yet young
  `,
};
