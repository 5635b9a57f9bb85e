import type { Source } from "../core/article.ts";

/** The passages an exchange has retrieved, numbered from 1 in the order the model saw them. */
export class SourceList implements Iterable<Source> {
  readonly #sources: Source[] = [];
  readonly #numbers = new Map<string, number>();

  /** The source's number: the earlier one if it was retrieved before. */
  add(source: Source): number {
    const known = this.#numbers.get(source.id);
    if (known !== undefined) return known;
    this.#sources.push(source);
    this.#numbers.set(source.id, this.#sources.length);
    return this.#sources.length;
  }

  at(number: number): Source | undefined {
    return this.#sources[number - 1];
  }

  [Symbol.iterator](): Iterator<Source> {
    return this.#sources.values();
  }
}
