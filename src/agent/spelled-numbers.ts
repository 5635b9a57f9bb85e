const ONES = "one two three four five six seven eight nine".split(" ");
const TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const ORDINALS = (
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth " +
  "sixteenth seventeenth eighteenth nineteenth"
).split(" ");

const SMALL = `(?:${TENS.join("|")})(?:[- ](?:${ONES.join("|")})(?!\\p{L}))?|${TEENS.join("|")}|${ONES.join("|")}`;
const SPELLED = new RegExp(
  `(?<!\\p{L})(?:(${SMALL}|an?)[- ]hundred(?:(?:[- ]and)?[- ](${SMALL}))?|(${SMALL}))(?!\\p{L})`,
  "giu",
);
const SPELLED_ORDINAL = new RegExp(
  `(?<!\\p{L}|per |each |every )(?:(${TENS.join("|")})[- ])?(${ORDINALS.join("|")}|twentieth)(?!\\p{L})`,
  "giu",
);

/** Without `one` and `first`, which seldom count anything. */
export function withoutOne(text: string): string {
  return text.replace(ONE, " ");
}

const ONE = new RegExp(
  `(?<!\\p{L}|(?:${TENS.join("|")})[- ])(?:one(?![- ](?:hundred|thousand|[mbtr]+illion))|first)(?!\\p{L})`,
  "giu",
);

/** A plain text with English number words and Roman numerals as digits: `twenty-one`, `two hundred and five`, `a million`, `Henry VIII`. */
export function withDigits(text: string): string {
  return text
    .replace(/per cent(?!\p{L})/giu, "percent")
    .replace(SPELLED_ORDINAL, (_, tens: string | undefined, one: string) => {
      const ordinal = one.toLowerCase() === "twentieth" ? 20 : ORDINALS.indexOf(one.toLowerCase()) + 1;
      return `${(tens === undefined ? 0 : smallNumber(tens)) + ordinal}th`;
    })
    .replace(SPELLED, (_, hundreds?: string, rest?: string, small?: string) =>
      String((hundreds === undefined ? 0 : 100 * smallNumber(hundreds)) + smallNumber(rest ?? small ?? "")),
    )
    .replace(/(?<!\p{L})an? (?=(?:thousand|million|billion|trillion|dozen)(?!\p{L}))/giu, "1 ")
    .replace(/(?<!\p{L})1 dozen(?!\p{L})/giu, "12")
    .replace(/(?<![\p{L}.])[IVXLC]{2,}(?!\p{L})|(?<=\p{Lu}\p{Ll}{2,} )[IVX](?![\p{L}.'])/gu, romanInDigits);
}

function smallNumber(words: string): number {
  if (/^an?$/i.test(words)) return 1;
  const parts = words.toLowerCase().split(/[- ]/);
  return parts.reduce((sum, word) => {
    if (TENS.includes(word)) return sum + 10 * (TENS.indexOf(word) + 2);
    if (TEENS.includes(word)) return sum + 10 + TEENS.indexOf(word);
    return sum + ONES.indexOf(word) + 1;
  }, 0);
}

export function isRoman(word: string): boolean {
  return word.length > 1 && /^C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/.test(word);
}

function romanInDigits(roman: string): string {
  if (roman.length > 1 && !isRoman(roman)) return roman;
  const values = roman.split("").map((letter) => ({ I: 1, V: 5, X: 10, L: 50, C: 100 })[letter] ?? 0);
  return String(values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0));
}
