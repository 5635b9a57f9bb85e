/**
 * Cuts a text into sentences. Each is verbatim and trimmed; together with the white space between them they are the text.
 * A line break always ends a sentence.
 * @param language BCP 47, default English; a wrong one costs little
 */
export function splitSentences(text: string, language = "en"): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const end of boundaries(text, language)) {
    const candidate = text.slice(start, end);
    if (candidate.trim() === "") continue;
    if (!endsSentence(candidate, text.slice(end), language)) continue;
    sentences.push(candidate.trim());
    start = end;
  }
  return sentences;
}

/** Where Unicode's rules (UAX 29) allow a sentence to end: too often, since they know no abbreviations. */
function* boundaries(text: string, language: string): Generator<number> {
  for (const { index, segment } of segmenterFor(language).segment(text)) {
    // Without a space between them, Unicode counts the opening bracket of the next sentence (`。「`) to this one.
    yield index + segment.replace(/(?<=[。！？])[「『（《【〈“]+$/u, "").length;
  }
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string): Intl.Segmenter {
  let segmenter = segmenters.get(language);
  if (segmenter === undefined) {
    segmenter = new Intl.Segmenter(isLocale(language) ? language : "en", { granularity: "sentence" });
    segmenters.set(language, segmenter);
  }
  return segmenter;
}

function isLocale(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1;
  } catch {
    return false;
  }
}

function endsSentence(candidate: string, rest: string, language: string): boolean {
  const next = rest.trimStart();
  if (next === "" || /[\n\r\u2028\u2029]\s*$/u.test(candidate)) return true;
  // `"Why?" she asked`: what goes on in lower case, or without any letter or digit, has not ended.
  if (/^[\p{P}\p{S}\s]*\p{Ll}/u.test(next) || !/[\p{L}\p{N}]/u.test(next)) return false;
  return !endsInAbbreviation(candidate.trimEnd(), next, language) && !closesSoon(candidate, rest);
}

function endsInAbbreviation(candidate: string, next: string, language: string): boolean {
  const word = /(?:^|[\s([{"'“‘«„/–—-])([\p{L}\p{N}][\p{L}\p{N}.\-’']*)\.$/u.exec(candidate)?.[1];
  if (word === undefined) return false;
  if (TITLES.has(word.toLowerCase())) return true;
  if (ORDINAL_DOT.has(language.split("-")[0]!) && /^\d{1,2}$/.test(word)) return true;
  // Initials, `U.S`, `p.m`, `J.-C`, and the short forms below may end a sentence as well: the word that follows tells.
  const isShort = /^(?:\p{L}\.?-?)*(?<![\p{L}])\p{L}$/u.test(word) || ABBREVIATIONS.has(word.toLowerCase());
  return isShort && !STARTERS.has(/^\P{L}*(\p{L}+)/u.exec(next)?.[1] ?? "");
}

/** Whether a quotation or parenthesis is open here and is closed before long: then the sentence around it goes on. */
function closesSoon(candidate: string, rest: string): boolean {
  return PAIRS.some(([open, close]) => {
    if (count(candidate, open) <= count(candidate, close)) return false;
    const inside = rest.slice(0, Math.max(0, LONGEST_ASIDE - candidate.length));
    const end = inside.indexOf(close);
    return end >= 0 && !inside.slice(0, end).includes(open) && !inside.slice(0, end).includes("\n");
  });
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Characters a sentence may grow to by keeping a quotation whole. */
const LONGEST_ASIDE = 300;

const PAIRS: readonly (readonly [string, string])[] = [
  ["(", ")"],
  ["“", "”"],
  ["«", "»"],
  ["„", "“"],
  ["「", "」"],
  ["（", "）"],
];

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Languages that write ordinals with a full stop: `am 3. Oktober`. */
const ORDINAL_DOT = words("de da nb nn no fi et cs sk sl hr sr hu lv is pl tr");

/** Never the end of a sentence: a name or number follows. */
const TITLES = words(
  "mr mrs ms messrs mme mlle dr dra prof st ste mt ft gen lt col sgt capt maj cmdr adm rev fr sr sra srta hr sen rep gov pres hon no nos nr fig figs vol vols pp vs cf eg ie viz approx ca bzw usw z.b d.h e.g i.e art",
);

const ABBREVIATIONS = words(
  "jr bros co corp inc ltd dept univ est ed eds repr trans dist jan feb mar apr jun jul aug sep sept oct nov dec ave blvd rd al op cit incl etc geb gest jh mio mrd bd abs vgl ggf evtl av apr ee uu aprox núm pág tel min max",
);

/** Words that begin an English sentence far more often than they go on after an abbreviation. */
const STARTERS = words(
  "The A An In On At It Its He She They We You I This That These Those There However But And Although While When After Before During By For From As If His Her Their Some Many Most One Since To With Other Another Both Each All No Not Under Following According Because Today Later Also",
);
