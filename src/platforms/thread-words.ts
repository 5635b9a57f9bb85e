/** What somebody tells Footnote to do in a thread, rather than asks. */
export type ThreadWord = "stop" | "stop listening" | "start listening";

/** `undefined` for everything else: only a message that says nothing more is one. */
export function threadWordIn(text: string): ThreadWord | undefined {
  const said = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/^[\s!¡/]+|[\s.!?,;:…。、]+$/gu, "")
    .replaceAll(/\s+/g, " ")
    .replace(COURTESY, "");
  return WORDS.get(said);
}

/** In front of the word, or behind it. */
const COURTESY =
  /^(?:please|bitte|por favor|s'il (?:te|vous) pla[iî]t),? | ?,? (?:please|bitte|por favor|s'il (?:te|vous) pla[iî]t|now)$/u;

const WORDS: ReadonlyMap<string, ThreadWord> = new Map([
  ...formsOf("stop", [
    "stop, stop it, stop that, halt, cancel, cancel it, cancel that, abort",
    "stopp, anhalten, aufhören, hör auf, abbrechen, abbruch, brich ab",
    "para, parar, detente, alto, basta, cancela, cancelar",
    "arrête, arrête-toi, arrêter, arrêtez, annule, annuler, annulez",
    "ストップ, 停止, 中止, 止めて, 止まれ, やめて, キャンセル",
  ]),
  ...formsOf("stop listening", ["stop listening, hör nicht mehr zu, deja de escuchar, arrête d'écouter"]),
  ...formsOf("start listening", ["start listening, listen again, hör wieder zu, vuelve a escuchar, écoute"]),
]);

/** One line per language. */
function formsOf(word: ThreadWord, lines: readonly string[]): (readonly [string, ThreadWord])[] {
  return lines.flatMap((line) =>
    line
      .normalize("NFKC")
      .split(", ")
      .map((form) => [form, word] as const),
  );
}
