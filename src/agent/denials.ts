/** Words that say that something is not so. */
const DENIALS = new Set(
  "not never neither nor cannot didn't doesn't isn't wasn't weren't couldn't wouldn't hasn't hadn't haven't don't nicht kein keine keinen nie".split(
    " ",
  ),
);

/** What an honest paraphrase may turn into `not`. */
const IMPLIED_DENIALS = new Set(
  "absence absent banned barred forbidden oppose opposed opposes prohibited refuse refuses few little hardly rarely seldom only except instead rather unlike failed fails fail refused rejected denied unable impossible prevented prevents avoid avoided unknown".split(
    " ",
  ),
);

/** Words that say that something is not there. */
const ABSENCE = new Set("no none nobody nothing without lack lacks lacked lacking".split(" "));

/** Whether a sentence of these words says that something is not so, or is not there. */
export function denies(words: readonly string[]): boolean {
  return words.some((word, i) => DENIALS.has(word) || (ABSENCE.has(word) && !WEAKENED.has(words[i + 1] ?? "")));
}

/** Whether it denies, or may be what an honest paraphrase makes of a denial. */
export function mayDeny(word: string): boolean {
  return isDirect(word) || IMPLIED_DENIALS.has(word);
}

function isDirect(word: string): boolean {
  return DENIALS.has(word) || ABSENCE.has(word) || word.endsWith("n't");
}

/** `not only`, `no longer`: no denial, or not of what follows. */
const WEAKENED = new Set(
  "only just merely simply always necessarily all every everyone until least doubt longer matter".split(" "),
);
/** Stand between a denial and what it denies: `was never a citizen`. */
const PASSED_OVER = new Set("a an the any been be being have has had ever yet to".split(" "));

/** Places of the words that a text denies directly: `married` in `never married`, `moons` in `no moons`. */
export function deniedAt(words: readonly string[]): number[] {
  return words.flatMap((word, i) => {
    if (!isDirect(word) || WEAKENED.has(words[i + 1] ?? "")) return [];
    let denied = i + 1;
    while (PASSED_OVER.has(words[denied] ?? "")) denied += 1;
    return denied < words.length ? [denied] : [];
  });
}
