import { fold } from "./plain-text.ts";
import { isRoman } from "./spelled-numbers.ts";

export interface Token {
  /** Without elided article or possessive: `Italie` of `l'Italie`, `Tesla` of `Tesla's`. */
  readonly raw: string;
  readonly folded: string;
}

/** A name's word, and the short forms of the names it may be part of: `un` of United Nations. */
export interface Name {
  readonly folded: string;
  readonly shortForms: readonly string[];
}

const segmenter = new Intl.Segmenter("und", { granularity: "word" });

/** The words of a plain text. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike) continue;
    const raw = segment.replace(/'s?$/, "").replace(/^(?:[cdjlmnst]|qu)'(?=\p{L}{2})/iu, "");
    tokens.push({ raw, folded: fold(raw).replaceAll(".", "") });
  }
  return tokens;
}

/** The words of a sentence that are written like names. */
export function namesIn(tokens: readonly Token[]): Name[] {
  const german = isGerman(tokens);
  const short = shortFormsOf(tokens);
  return tokens.flatMap(({ folded }, i) =>
    isName(tokens, i, german) ? [{ folded, shortForms: short.get(i) ?? [] }] : [],
  );
}

/** Short forms that stand for a run of capitalised words in the text: `nato`, `us`. */
export function shortFormsIn(tokens: readonly Token[]): string[] {
  return [...shortFormsOf(tokens).values()].flat();
}

function isName(tokens: readonly Token[], i: number, german: boolean): boolean {
  const { raw, folded } = tokens[i]!;
  if (PLACE_SUFFIXES.has(tokens[i + 1]?.raw ?? "") && /^\p{Script=Han}{2}$/u.test(raw)) return true;
  if (WITHOUT_CAPITALS.test(raw) || /\p{Ll}\p{Lu}/u.test(raw)) return true;
  // `evil.example` is written like an address, which a platform may show as a link.
  if (/\p{L}\.\p{L}{2}/u.test(raw)) return true;
  if (!/^\p{Lu}/u.test(raw) || raw.length < 2 || isRoman(raw) || COMMON.has(raw.toLowerCase())) return false;
  // `J.K.` is too short to be compared.
  if (/^(?:\p{L}\.)+\p{L}?$/u.test(raw)) return SHORT_FORMS.has(folded);
  if (german && isGermanNoun(raw, tokens[i - 1]?.raw)) return false;
  return i > 0 || !beginsLikeAnySentence(raw, tokens[1]?.raw ?? "");
}

/** Most words in katakana, and most of three or more Chinese characters, are names or loans. */
const WITHOUT_CAPITALS = /^(?:[\p{Script=Katakana}ー]{2,}|\p{Script=Han}{3,})$/u;

/** What makes a place of a Chinese or Japanese name: 大阪府, 田中氏. */
const PLACE_SUFFIXES = new Set("府県縣都市区區町村州省郡島岛山川河湖港駅站寺城氏".split(""));

/** The first word of a sentence is written like a name whatever it is. */
function beginsLikeAnySentence(raw: string, next: string): boolean {
  if (/^\p{Lu}/u.test(next) || /\p{Lu}.*\p{Lu}/u.test(raw)) return false;
  if (/^\p{Script=Latin}+$/u.test(raw)) {
    if (raw.length >= 7 && raw.endsWith("ly")) return true;
    return /(?:ed|ing)$/.test(raw) && AFTER_PARTICIPLES.has(next);
  }
  // Of other scripts no function words are known here.
  return raw.length <= 3;
}

const AFTER_PARTICIPLES = new Set(
  "a an as at between by for from her his in into its of on that the their to under with".split(" "),
);

/** Whether the passage has the name, in one of its forms. */
export function hasName(
  passage: { readonly words: ReadonlySet<string>; readonly shortForms: ReadonlySet<string>; readonly folded: string },
  { folded, shortForms }: Name,
): boolean {
  if (passage.words.has(folded) || passage.shortForms.has(folded)) return true;
  if (shortForms.some((form) => passage.words.has(form))) return true;
  // Scripts without spaces and capitals are cut into words differently each time.
  if (/[\p{Script=Katakana}\p{Script=Han}]/u.test(folded)) return passage.folded.includes(folded);
  return [...formsOf(folded)].some((form) => passage.words.has(form));
}

/** `Croatia`, `Croatian`, `Croatians`; `Spain`, `Spanish`; of Russian and Greek names all cases. */
function* formsOf(name: string): Generator<string> {
  const irregular = IRREGULAR.find((forms) => forms.includes(name));
  if (irregular !== undefined) yield* irregular;
  if (name.length < 4) return;
  if (/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name)) {
    for (const from of CASES)
      if (name.endsWith(from)) for (const to of CASES) yield name.slice(0, name.length - from.length) + to;
    return;
  }
  for (const [some, others] of [
    [OF_PEOPLE, OF_PLACES],
    [OF_PLACES, OF_PEOPLE],
    [OF_PEOPLE, OF_PEOPLE],
  ] as const) {
    for (const from of some) {
      const stem = name.slice(0, name.length - from.length);
      if (stem.length >= 4 && name.endsWith(from)) for (const to of others) yield stem + to;
    }
  }
}

const OF_PEOPLE = ["s", "n", "an", "ian", "ese", "ish", "i", "er", "ns", "ans", "ians", "ers"];
const OF_PLACES = ["", "a", "e", "y", "o", "ia", "en", "ain", "ey", "land"];
const CASES = [
  "",
  "а",
  "я",
  "у",
  "ю",
  "е",
  "и",
  "ы",
  "ом",
  "ем",
  "ой",
  "ей",
  "ов",
  "ам",
  "ах",
  "ο",
  "α",
  "η",
  "ος",
  "ου",
  "ον",
  "ης",
  "ας",
];
const IRREGULAR = [
  "france french",
  "spain spanish spaniard spaniards",
  "germany german germans",
  "india indian indians",
  "rome roman romans",
  "poland polish pole poles",
  "greece greek greeks",
  "wales welsh",
  "ireland irish",
  "norway norwegian norwegians",
  "denmark danish dane danes",
  "netherlands dutch",
  "switzerland swiss",
  "scotland scottish scots",
  "portugal portuguese",
  "china chinese",
].map((forms) => forms.split(" "));

/** Initials of runs of capitalised words, by the index of each word in them. Of two letters only those that everybody uses. */
function shortFormsOf(tokens: readonly Token[]): Map<number, string[]> {
  const forms = new Map<number, string[]>();
  for (let start = 0; start < tokens.length; start += 1) {
    if (!isCapitalised(tokens[start]!)) continue;
    const members = [start];
    let initials = tokens[start]!.folded[0] ?? "";
    for (let i = start + 1; i < tokens.length && members.length < 6; i += 1) {
      if (WITHIN_NAMES.has(tokens[i]!.raw)) continue;
      if (!isCapitalised(tokens[i]!)) break;
      members.push(i);
      initials += tokens[i]!.folded[0] ?? "";
      const full = SHORT_FORMS.get(initials);
      const isKnown =
        full === undefined ? initials.length > 2 : full === members.map((at) => tokens[at]!.folded).join(" ");
      if (isKnown) for (const at of members) forms.set(at, [...(forms.get(at) ?? []), initials]);
    }
  }
  return forms;
}

function isCapitalised({ raw }: Token): boolean {
  return /^\p{Lu}\p{Ll}/u.test(raw);
}

const WITHIN_NAMES = new Set(["of", "the", "and", "for", "on", "in"]);
const SHORT_FORMS = new Map([
  ["us", "united states"],
  ["uk", "united kingdom"],
  ["un", "united nations"],
  ["eu", "european union"],
]);

/** German writes every noun like a name. */
function isGerman(tokens: readonly Token[]): boolean {
  return new Set(tokens.map(({ raw }) => raw.toLowerCase()).filter((word) => GERMAN.has(word))).size >= 2;
}

const GERMAN = new Set(
  "der die das und ist war wurde wird nicht ein eine einen einem einer dem den des im von mit auf für sich sind".split(
    " ",
  ),
);

/** A noun follows an article or an adjective, or ends like one; so do a few names, which then go unchecked. */
function isGermanNoun(raw: string, previous: string | undefined): boolean {
  if (/(?:ung|heit|keit|schaft|tion|tät|nis|tum|chen|ismus|ungen|heiten|keiten|schaften|tionen)$/.test(raw))
    return true;
  if (previous === undefined) return false;
  return (
    GERMAN_DETERMINERS.test(previous) ||
    (/^\p{Ll}{3,}(?:e|en|er|es|em)$/u.test(previous) && !GERMAN_LINKS.has(previous))
  );
}

const GERMAN_DETERMINERS =
  /^(?:der|die|das|dem|den|des|(?:k?ein|sein|ihr|mein|unser|dies|jed)(?:e[nmrs]?)?|im|am|zum|zur|vom|beim|ins|als|\d+)$/i;
const GERMAN_LINKS = new Set(
  "wurde wurden hatte hatten starben leben lebte lebten heißen hieße unter über hinter neben gegen oder aber sowie wurden werden waren".split(
    " ",
  ),
);

/** Words that begin sentences, and words of headings, which are no names though written with a capital. */
export const COMMON: ReadonlySet<string> = new Set(
  (
    "a about above according across after again against all almost along already also although always am among an and another any are around as at away " +
    "be became because become been before began being below between both but by came can could despite did do does due during each early either else even ever every " +
    "few first for former from further given had half has have he hence her here hers herself him himself his how however i if in indeed instead into is it its itself " +
    "just last late later least less like made many may me might more moreover most much must my near nearly neither never next no none nor not nothing now of off often " +
    "on once one only or other others our out over own people per perhaps rather same second see several shall she should since so some something soon still " +
    "such take than that the their them themselves then there therefore these they third this those though three through throughout thus to today together too toward two " +
    "under unlike until up upon us used very was we well were what when where whereas whether which while who whole whose why will with within without would yes yet you your " +
    // Of other languages: articles, pronouns and prepositions, where a passage in that language may lack them.
    "das dem den der die ein eine er es im ist nach seit sie am il elle ils elles le la les un une au aux ce cette du des en sa ses son el los las una su sus se lo gli uno egli ella nel nella " +
    "os as um uma ele ela na het een hij zij ze de op bij после в на он она оно они это как по из с к и"
  ).split(" "),
);
