/** The text as it reads, letters in their case: without Markdown's emphasis and invisible characters, one kind of digit, dash, quote and space. */
export function plain(text: string): string {
  if (PLAIN_ALREADY.test(text)) return text;
  return (
    text
      .replace(/(\d)([⁰¹²³⁴-⁹]+)/g, "$1^$2")
      // `6½` is 6.5, where Unicode alone makes it 61⁄2.
      .replace(/(\d*)([¼-¾⅐-⅞])/g, (_, whole: string, part: string) => String(Number(whole) + fractionOf(part)))
      .normalize("NFKC")
      .replace(/(?![\d])\p{Nd}/gu, asciiDigit)
      .replace(/\p{Cf}|[*_~`\\]/gu, "")
      .replace(/[‐‑‒–—−]/g, "-")
      .replace(/[‘’ʼ]/g, "'")
      .replace(/[“”„«»]/g, '"')
      .replace(/[^\S\n]+/g, " ")
      .replace(/ ?\n\s*/g, "\n")
      .trim()
  );
}

/** As `plain`, in lower case and without diacritics; vowel signs of scripts that need them stay. */
export function fold(text: string): string {
  const lower = plain(text).toLowerCase();
  // Most words are English, and there are many.
  if (ASCII.test(lower)) return lower;
  return lower
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g, "")
    .replace(/[ßøłđæœðþı]/g, (letter) => UNDECOMPOSED[letter] ?? letter);
}

const ASCII = /^[\0-\x7f]*$/;
const PLAIN_ALREADY = /^[A-Za-z\d.,'-]*$/;

const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  æ: "ae",
  œ: "oe",
  ð: "d",
  þ: "th",
  ı: "i",
};

function fractionOf(character: string): number {
  const [above, below] = character.normalize("NFKC").split("⁄").map(Number);
  return Math.round((1000 * (above ?? 0)) / (below ?? 1)) / 1000;
}

/** Unicode keeps the ten digits of a script together, zero first. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
