import type { Source } from "../core/article.ts";
import { splitSentences } from "../core/sentences.ts";
import {
  type Evidence,
  type Facts,
  affirmsWhatIsDenied,
  checksOf,
  evidenceOf,
  factsOf,
  factsOfLabel,
  hasDenial,
  hasVerbatim,
  hasWord,
} from "./facts.ts";

/**
 * Share of a sentence's weighty words that its passages must hold. People who ask about a passage they have just read
 * keep more than half of its words 98 times in 100.
 */
const SHARE = 1 / 2;

/** Weighty words that a sentence whose numbers, dates or names agree may have on top: `passed away in 1943` for `died in 1943`. */
const OWN_WORDS = 2;

/** So many weighty words in a row that no passage holds are a claim of their own: 1 in 100 such questions has them. */
const FOREIGN_RUN = 4;

/** Tells which sources bear a sentence. Remembers what it has read of each. */
export class Support {
  readonly #sources: Iterable<Source>;
  readonly #evidence = new Map<string, Evidence>();
  readonly #sentences = new Map<string, readonly (readonly [sentence: string, evidence: Evidence])[]>();

  /** @param sources all that the exchange has retrieved, now or later */
  constructor(sources: Iterable<Source>) {
    this.#sources = sources;
  }

  /** Those of the named sources that bear the sentence, alone or, if none does, together; none when all of them together do not. */
  bearing(text: string, named: readonly Source[]): Source[] {
    const verbatim = named.filter((source) => this.isVerbatim(text, source));
    if (verbatim.length > 0 || named.length === 0) return verbatim;
    const facts = factsOf(text);
    const fitting = named.filter((source) => !affirmsWhatIsDenied(facts, this.#evidenceOf(source)));
    const alone = fitting.filter((source) => isBorneBy(facts, [this.#evidenceOf(source)]));
    const all = fitting.map((source) => this.#evidenceOf(source));
    const together =
      alone.length === 0 && isBorneBy(facts, all)
        ? fitting.filter((source) => contributes(facts, this.#evidenceOf(source)))
        : alone;
    return facts.denies && !together.some((source) => hasDenial(this.#closest(facts, source)[1])) ? [] : together;
  }

  isVerbatim(text: string, source: Source): boolean {
    return hasVerbatim(this.#evidenceOf(source), text);
  }

  /**
   * Whether a heading or an introduction only names what some source of the exchange speaks of: all its words of weight stand there, but
   * for those that labels are made of. (A name from here and one from there would be a claim: `Tesla in Berlin`.)
   */
  isLabel(text: string): boolean {
    const facts = factsOfLabel(text);
    const checks = checksOf(facts);
    if (checks.length === 0 && facts.words.length === 0) return true;
    return [...this.#sources]
      .map((source) => this.#evidenceOf(source))
      .some(
        (evidence) => checks.every((holds) => holds(evidence)) && facts.words.every((word) => hasWord(evidence, word)),
      );
  }

  /** The words to quote: the passage's sentence that has most in common with the answer's. */
  quote(text: string, source: Source): string {
    return source.text.includes(text) ? text : this.#closest(factsOf(text), source)[0];
  }

  #closest(facts: Facts, source: Source): readonly [sentence: string, evidence: Evidence] {
    const checks = checksOf(facts);
    let best: readonly [string, Evidence] = [source.text, this.#evidenceOf(source)];
    let bestScore = -1;
    for (const one of this.#sentencesOf(source)) {
      const score =
        2 * checks.filter((holds) => holds(one[1])).length + facts.words.filter((word) => hasWord(one[1], word)).length;
      if (score > bestScore) [best, bestScore] = [one, score];
    }
    return best;
  }

  #evidenceOf(source: Source): Evidence {
    let evidence = this.#evidence.get(source.id);
    if (evidence === undefined) {
      evidence = evidenceOf(`${source.title}\n${source.section}\n${source.text}`);
      this.#evidence.set(source.id, evidence);
    }
    return evidence;
  }

  #sentencesOf(source: Source): readonly (readonly [string, Evidence])[] {
    let sentences = this.#sentences.get(source.id);
    if (sentences === undefined) {
      sentences = splitSentences(source.text, source.language).map((one) => [one, evidenceOf(one)] as const);
      this.#sentences.set(source.id, sentences);
    }
    return sentences;
  }
}

function isBorneBy(facts: Facts, evidence: readonly Evidence[]): boolean {
  const checks = checksOf(facts);
  if (!checks.every((holds) => evidence.some(holds))) return false;
  if (facts.words.length === 0) return checks.length > 0;
  const isKnown = facts.words.map((word) => evidence.some((one) => hasWord(one, word)));
  const hasForeignRun = isKnown.some(
    (_, i) => i + FOREIGN_RUN <= isKnown.length && !isKnown.slice(i, i + FOREIGN_RUN).includes(true),
  );
  if (hasForeignRun) return false;
  const own = isKnown.filter((known) => !known).length;
  return own <= Math.max(checks.length > 0 ? OWN_WORDS : 0, (1 - SHARE) * facts.words.length);
}

function contributes(facts: Facts, evidence: Evidence): boolean {
  return (
    checksOf(facts).some((holds) => holds(evidence)) ||
    facts.words.filter((word) => hasWord(evidence, word)).length * 2 >= facts.words.length
  );
}
