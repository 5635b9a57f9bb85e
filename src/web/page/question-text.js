/** As the API counts them, and refuses more. */
const MAX_CHARACTERS = 8_000;

/** At least one character that can be seen. */
const VISIBLE = /[^\p{White_Space}\p{Cc}\p{Cf}]/u;

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** @param {string} text */
export function isBlank(text) {
  return !VISIBLE.test(text);
}

/** @param {string} text */
export function isTooLong(text) {
  if (text.length <= MAX_CHARACTERS) return false;
  let count = 0;
  for (const _ of graphemes.segment(text)) {
    count += 1;
    if (count > MAX_CHARACTERS) return true;
  }
  return false;
}
